"""The card of a person: what they wrote to this client's accounts, what was noted, promised and done. Never across clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.account import Network
from cmdesk.domain.answering import Note, Reminder
from cmdesk.domain.message import Author
from cmdesk.domain.moderation import Sanction
from cmdesk.domain.people import person_key
from cmdesk.domain.views import InboxRow
from cmdesk.store import accounts as account_store
from cmdesk.store import handling, inbox, people, policing

if TYPE_CHECKING:
    from cmdesk.domain.ids import MessageId
    from cmdesk.services.workspace import Workspace


class PersonCard(Struct, frozen=True):
    """What this client knows of somebody. ``open_promises`` are those not kept yet; ``latest`` their newest messages."""

    person: str
    author: Author
    network: Network
    exchanges: people.Exchanges
    latest: tuple[InboxRow, ...]
    notes: tuple[Note, ...]
    reminders: tuple[Reminder, ...]
    sanctions: tuple[Sanction, ...]

    @property
    def open_promises(self) -> tuple[Reminder, ...]:
        """What was promised to them and is still owed."""
        return tuple(one for one in self.reminders if one.done_at is None)


def card(ws: Workspace, message_id: MessageId, limit: int = 20) -> PersonCard:
    """The card of who wrote a message. Raises NotFound."""
    with ws.read() as connection:
        message = inbox.message(connection, message_id)
        network = account_store.account(connection, message.account).identity.network
        person = person_key(network, message.author.remote_id, message.author.handle)
        aliases = dict.fromkeys((*people.known_as(connection, person), (message.account, message.author.remote_id)))
        found = people.exchanges(connection, tuple(aliases), limit)
        return PersonCard(
            person,
            message.author,
            network,
            found,
            inbox.rows(connection, ws.client.id, found.latest),
            handling.notes(connection, person=person),
            handling.reminders(connection, person=person),
            policing.sanctions(connection, person=person),
        )
