"""Judges what a failure says about the line to an account, in one place for linking, syncing and publishing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cmdesk.domain.account import Account, Health
from cmdesk.domain.errors import (
    AuthExpired,
    AuthRevoked,
    CmdeskError,
    NetworkProblem,
    NoNetwork,
    RateLimited,
    ScopeMissing,
    SecretDamaged,
    SecretMissing,
    WrongIdentity,
)
from cmdesk.store import accounts

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.store.database import Session


def health_after(problem: CmdeskError) -> Health | None:
    """The health that a failed call proves; None when it says nothing about the account.

    No network at all is the state of this computer, a rate limit is a wait, and a locked keyring is the keyring's.
    """
    if isinstance(problem, WrongIdentity):
        return Health.WRONG_IDENTITY
    if isinstance(problem, AuthExpired | AuthRevoked | ScopeMissing):
        return Health.RECONNECT
    if isinstance(problem, SecretMissing | SecretDamaged):
        return Health.SECRET_MISSING
    if isinstance(problem, NetworkProblem) and not isinstance(problem, NoNetwork | RateLimited):
        return Health.UNREACHABLE
    return None


def note_success(session: Session, account: Account, at: datetime) -> None:
    """An answer came. A frozen account stays frozen: only "who am I" can prove that the voice is the right one again."""
    if account.health is not Health.WRONG_IDENTITY:
        accounts.set_health(session, account.id, Health.OK, at)


def note_failure(ws: Workspace, account: Account, problem: CmdeskError) -> None:
    """Writes down what a failure proves, if anything, and if the account is still in use."""
    health = health_after(problem)
    if health is None or health is account.health or account.health is Health.WRONG_IDENTITY:
        return
    with ws.write() as session:
        if still_linked(session, account):
            accounts.set_health(session, account.id, health, ws.clock.now())


def still_linked(session: Session, account: Account) -> bool:
    """Whether the account is still the one a call was made for; an answer for any other is dropped."""
    row = session.connection().exec_driver_sql("SELECT uid, unlinked_at FROM account WHERE id = ?", (account.id,)).first()
    return row is not None and row[0] == account.uid and row[1] is None
