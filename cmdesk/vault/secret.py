"""The vault's name for the one kind of value it keeps; the class is in the domain, because networks need it too."""

from cmdesk.domain.secret import Secret

__all__ = ["Secret"]
