"""Finds what a person names on a command line: a client, an account, a post; never more than was asked, never a guess."""

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cmdesk.domain.account import Account
from cmdesk.domain.client import same_name
from cmdesk.domain.errors import (
    Ambiguous,
    BadInput,
    DatabaseDamaged,
    DatabaseNewer,
    DiskFull,
    NotAClientFile,
    NotFound,
    ReadOnly,
    StoreProblem,
    UserProblem,
    VaultProblem,
    WrongClient,
)
from cmdesk.domain.ids import DeliveryId, Kind, MessageId, PostId, Ref, parse_ref, ref
from cmdesk.domain.views import ClientCard, FileTrouble
from cmdesk.services import linking
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace


def client(desk: Desk, named: str) -> Workspace:
    """The client with this id or name. Raises NotFound, a StoreProblem for one to repair, or Ambiguous with the candidates."""
    try:
        return desk.find(named)
    except NotFound:
        raise _trouble(desk, named.strip()) or NotFound(what="client", ref=named.strip()[:80]) from None
    except Ambiguous:
        many = tuple(str(one.client.id) for one in desk.all_workspaces if same_name(one.client.name, named.strip()))
        raise Ambiguous(what="client", name=named[:80], candidates=many) from None


#: What to say of a client that is there, but whose file cannot be opened; of a copy the client itself is open.
_TROUBLE: Mapping[FileTrouble, type[StoreProblem]] = MappingProxyType(
    {
        FileTrouble.DAMAGED: DatabaseDamaged,
        FileTrouble.NEWER: DatabaseNewer,
        FileTrouble.NOT_OURS: NotAClientFile,
        FileTrouble.UNREADABLE: StoreProblem,
        FileTrouble.FULL: DiskFull,
        FileTrouble.READ_ONLY: ReadOnly,
    }
)


def _trouble(desk: Desk, named: str) -> StoreProblem | None:
    """Why the client that is listed under this id cannot be opened: to say that it does not exist would frighten for nothing."""
    kinds = (_TROUBLE.get(card.trouble) for card in desk.cards() if card.trouble is not None and named in {card.id, card.name})
    kind = next((one for one in kinds if one is not None), None)
    return None if kind is None else kind()


def working_client(desk: Desk, named: str) -> Workspace:
    """The client, which must not be archived."""
    return in_work(client(desk, named))


def in_work(workspace: Workspace) -> Workspace:
    """The workspace, if its client is not archived: nothing of an archived one goes out or comes in."""
    if workspace.client.archived_at is not None:
        raise UserProblem("client_archived", name=workspace.client.name)
    return workspace


def clients(desk: Desk, named: str | None) -> tuple[Workspace, ...]:
    """The one client that is named, or all in work when none is."""
    return desk.workspaces if named is None else (client(desk, named),)


def folded(text: str) -> str:
    """A handle as compared: without a leading @, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.strip().removeprefix("@").casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def account(workspace: Workspace, named: str, *, with_unlinked: bool = False) -> Account:
    """The account with this id or handle, or the only one whose handle, name or server holds this text."""
    known = linking.accounts(workspace, with_unlinked=with_unlinked)
    found = _reference(named)
    if found is not None:
        number = _local(found, workspace, Kind.ACCOUNT, named)
        return _only([one for one in known if one.id == number], workspace, named)
    wanted = folded(named)
    if not wanted:
        raise NotFound(what="account", ref=named[:80])
    exact = [one for one in known if wanted in {folded(one.identity.handle), folded(one.identity.handle.partition("@")[0])}]
    part = [one for one in known if any(wanted in folded(text) for text in _called(one))]
    return _only(exact or part, workspace, named)


def _called(one: Account) -> tuple[str, ...]:
    return (one.identity.handle, one.identity.display_name, one.identity.server)


def _only(found: Sequence[Account], workspace: Workspace, named: str) -> Account:
    if not found:
        raise NotFound(what="account", ref=named[:80])
    if len(found) > 1:
        many = tuple(f"{ref(workspace.client.id, Kind.ACCOUNT, one.id)} ({one.identity.handle})" for one in found)
        raise Ambiguous(what="account", name=named[:80], candidates=many)
    return found[0]


def which_account(rooms: Sequence[Workspace]) -> BadInput:
    """The failure that asks which account is meant, and names those there are."""
    pairs = [(room, one) for room in rooms for one in linking.accounts(room)]
    known = ", ".join(f"{ref(room.client.id, Kind.ACCOUNT, one.id)} ({one.identity.handle})" for room, one in pairs)
    return BadInput(field="account", reason="missing", known=known or "–")


def account_anywhere(desk: Desk, named: str | None, client_named: str | None) -> tuple[Workspace, Account]:
    """An account named by id, or by handle within a client; without any name the only account there is.

    Raises BadInput(field="account", reason="missing") when nothing says which of several is meant.
    """
    found = _reference(named) if named is not None else None
    if found is not None and client_named is None:
        workspace = desk.workspace(found.client)
        return workspace, account(workspace, str(named))
    rooms = clients(desk, client_named)
    if named is None:
        pairs = [(room, one) for room in rooms for one in linking.accounts(room)]
        if len(pairs) != 1:
            raise which_account(rooms)
        return pairs[0]
    hits: list[tuple[Workspace, Account]] = []
    for room in rooms:
        try:
            hits.append((room, account(room, named)))
        except NotFound:
            continue
    if not hits:
        raise NotFound(what="account", ref=named[:80])
    if len(hits) > 1:
        many = tuple(f"{ref(room.client.id, Kind.ACCOUNT, one.id)} ({one.identity.handle})" for room, one in hits)
        raise Ambiguous(what="account", name=named[:80], candidates=many)
    return hits[0]


def post(desk: Desk, named: str, client_named: str | None) -> tuple[Workspace, PostId]:
    """The client and number of a post's reference; WrongClient when ``--client`` names another one."""
    workspace, number = _thing(desk, named, client_named, Kind.POST)
    return workspace, PostId(number)


def delivery(desk: Desk, named: str) -> tuple[Workspace, DeliveryId]:
    """The client and number of a delivery's reference."""
    workspace, number = _thing(desk, named, None, Kind.DELIVERY)
    return workspace, DeliveryId(number)


def message(desk: Desk, named: str) -> tuple[Workspace, MessageId]:
    """The client and number of a message's reference."""
    workspace, number = _thing(desk, named, None, Kind.MESSAGE)
    return workspace, MessageId(number)


def _thing(desk: Desk, named: str, client_named: str | None, kind: Kind) -> tuple[Workspace, int]:
    found = parse_ref(named)
    workspace = desk.workspace(found.client) if client_named is None else client(desk, client_named)
    return workspace, _local(found, workspace, kind, named)


def _local(found: Ref, workspace: Workspace, kind: Kind, named: str) -> int:
    if found.client != workspace.client.id:
        raise WrongClient(expected=workspace.client.id, found=found.client)
    if found.kind is not kind:
        raise BadInput(field="id", reason="wrong_kind", given=named[:80])
    return found.number


def _reference(text: str) -> Ref | None:
    try:
        return parse_ref(text)
    except BadInput:
        return None


def card(desk: Desk, named: str) -> ClientCard:
    """A client by id or name, even one whose file cannot be opened. Raises NotFound or Ambiguous."""
    wanted = named.strip()
    cards = desk.cards()
    found = [one for one in cards if one.id == wanted] or [one for one in cards if same_name(one.name, wanted)]
    if not found:
        raise NotFound(what="client", ref=wanted[:80])
    if len(found) > 1:
        raise Ambiguous(what="client", name=wanted[:80], candidates=tuple(one.id for one in found))
    return found[0]


def keyring_problem(code: str) -> VaultProblem:
    """The problem of a keyring by its code, to be told like one that was raised."""
    return VaultProblem(code)
