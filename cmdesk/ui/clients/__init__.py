"""Creating, changing, archiving and repairing clients: what the rail asks for."""

from cmdesk.ui.clients.care import Clients

__all__ = ["Clients"]
