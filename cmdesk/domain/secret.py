"""A value that cannot be printed, compared letter by letter, or carried out of the process by accident."""

from __future__ import annotations

from typing import NoReturn, final


@final
class Secret:
    """Holds a token or a password for the length of a call; ``reveal`` is the only way to the text."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The clear text; hand it straight to the call that needs it and keep no copy."""
        return self.__value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        """Takes the same time whatever the first difference; a Secret never equals a plain string."""
        if not isinstance(other, Secret):
            return NotImplemented
        from hmac import compare_digest  # start-up speed: it brings OpenSSL, and the first window compares none

        return compare_digest(_bytes(self.__value), _bytes(other.__value))

    # A hash of a short secret tells it to whoever can try all of them.
    __hash__ = None  # type: ignore[assignment]  # this is how Python spells "unhashable"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is neither pickled nor copied")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
