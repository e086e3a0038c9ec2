"""The one tree of errors, so that a failure has a name and parameters everywhere and words only at the screen.

::

    CmdeskError                      code + params; never a sentence, never a secret
    ├── EnvironmentProblem           the machine cannot do it now
    │   ├── EngineStopped            work was handed to an engine that does not run
    │   └── StoreProblem
    │       ├── DatabaseDamaged
    │       ├── DatabaseNewer        written by a later cmdesk; left untouched
    │       ├── DatabaseBusy         another program holds it
    │       ├── DiskFull
    │       ├── ReadOnly
    │       ├── NotAClientFile
    │       └── DraftDamaged         a post's words are not what was saved
    ├── VaultProblem                 the keyring of the system
    │   ├── NoKeyring                none that is safe to use
    │   ├── KeyringLocked            there, but shut
    │   ├── KeyringDenied            there, open, and it refuses
    │   ├── KeyringSlow              no answer in time
    │   ├── SecretMissing
    │   └── SecretDamaged            parts missing, altered, or filed under another account
    ├── NetworkProblem               between here and the network
    │   ├── NoNetwork
    │   ├── HostRefused              private or forbidden address
    │   ├── TlsRefused
    │   ├── TimedOut
    │   ├── AnswerUnreadable
    │   ├── AnswerTooLarge
    │   ├── RedirectRefused
    │   ├── RateLimited              until a moment, if the network told one
    │   ├── AuthExpired              renewing may help
    │   ├── AuthRevoked              only linking again helps
    │   ├── ScopeMissing
    │   ├── WrongIdentity            the network says we are somebody else
    │   ├── RefusedByNetwork         a definite no, with the network's status
    │   ├── GoneOnNetwork
    │   └── ServerTrouble            their side broke
    └── UserProblem                  the request itself
        ├── BadInput
        ├── NameTaken
        ├── NotFound
        ├── Ambiguous
        ├── NotAllowed               a move the table of states forbids
        ├── StaleRevision            somebody else saved the post meanwhile
        ├── BlockedByProblems        a network would not take the post as it is
        └── WrongClient              a thing of one client offered to another

The three that carry a post (DraftDamaged, StaleRevision, BlockedByProblems) are in ``draft_errors``.
Each class has a stable ``CODE``; a branch may also be raised itself with a finer code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

Param = str | int | float | bool | datetime | tuple[str, ...] | None

_HIDDEN_WORDS = ("token", "secret", "password", "passphrase", "authorization", "cookie", "verifier")
_LONGEST_VALUE = 200


def _shown(name: str, value: Param) -> str:
    """One parameter as a log may keep it: hidden if its name tells of a secret, escaped, and capped."""
    if any(word in name.lower() for word in _HIDDEN_WORDS):
        return f"{name}=<hidden>"
    text = value.isoformat() if isinstance(value, datetime) else repr(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + "…"
    return f"{name}={text}"


def _revived(kind: type[CmdeskError], args: tuple[Any, ...]) -> CmdeskError:
    """An error without its constructor run; pickle puts the attributes back afterwards."""
    return kind.__new__(kind, *args)


class CmdeskError(Exception):
    """Base of every error that cmdesk raises on purpose.

    ``code`` is stable and in lower case; ``params`` are plain values for the sentence that the top layer makes of it.
    ``str()`` is for logs: code and parameters, capped, never a secret.
    """

    CODE: ClassVar[str] = "error"

    code: str
    params: Mapping[str, Param]

    def __init__(self, code: str | None = None, /, **params: Param) -> None:
        self.code = self.CODE if code is None else code
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        shown = ", ".join(_shown(name, value) for name, value in self.params.items())
        return f"{self.code} ({shown})" if shown else self.code

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would call the constructor with the code alone and lose the parameters.
        return _revived, (type(self), self.args), self.__dict__


class EnvironmentProblem(CmdeskError):
    """The machine cannot do it now: disk, files, or the program's own engine."""

    CODE = "environment"


class EngineStopped(EnvironmentProblem):
    """Work was handed to an engine that does not run (not started yet, or stopped)."""

    CODE = "engine_stopped"


class StoreProblem(EnvironmentProblem):
    """A client's database or its folder."""

    CODE = "store"


class DatabaseDamaged(StoreProblem):
    """The file is a database, but broken; it has been left as it is."""

    CODE = "database_damaged"


class DatabaseNewer(StoreProblem):
    """A later version of cmdesk has written this file; it has been left untouched."""

    CODE = "database_newer"


class DatabaseBusy(StoreProblem):
    """Another program holds the database."""

    CODE = "database_busy"


class DiskFull(StoreProblem):
    """No room left where the client's folder is."""

    CODE = "disk_full"


class ReadOnly(StoreProblem):
    """The folder or the file cannot be written."""

    CODE = "read_only"


class NotAClientFile(StoreProblem):
    """The file is no database of cmdesk."""

    CODE = "not_a_client_file"


class VaultProblem(CmdeskError):
    """The keyring of the operating system."""

    CODE = "vault"


class NoKeyring(VaultProblem):
    """No keyring that is safe to use; ``reason`` is ``absent``, ``refused`` (plain text, null) or ``unusable``."""

    CODE = "no_keyring"


class KeyringLocked(VaultProblem):
    """The keyring is there but locked, or its question was dismissed."""

    CODE = "keyring_locked"


class KeyringDenied(VaultProblem):
    """The keyring answered with a refusal or broke while answering."""

    CODE = "keyring_denied"


class KeyringSlow(VaultProblem):
    """The keyring did not answer within the caller's limit."""

    CODE = "keyring_slow"

    def __init__(self, seconds: float, **more: Param) -> None:
        self.seconds = seconds
        super().__init__(seconds=seconds, **more)


class SecretMissing(VaultProblem):
    """Nothing is kept for this account under this name."""

    CODE = "secret_missing"

    def __init__(self, account: str, name: str, **more: Param) -> None:
        self.account = account
        self.name = name
        super().__init__(account=account, name=name, **more)


class SecretDamaged(VaultProblem):
    """What is kept is not whole; ``reason`` says which check failed, never what was found."""

    CODE = "secret_damaged"

    def __init__(self, account: str, name: str, reason: str, **more: Param) -> None:
        self.account = account
        self.name = name
        self.reason = reason
        super().__init__(account=account, name=name, reason=reason, **more)


class NetworkProblem(CmdeskError):
    """Something between this machine and a network."""

    CODE = "network"


class NoNetwork(NetworkProblem):
    """No connection could be made at all; nothing has been sent."""

    CODE = "no_network"


class HostRefused(NetworkProblem):
    """We refuse to connect; ``reason`` such as ``private``, ``loopback``, ``not_allowed``, ``not_https``."""

    CODE = "host_refused"

    def __init__(self, host: str, reason: str, **more: Param) -> None:
        self.host = host
        self.reason = reason
        super().__init__(host=host, reason=reason, **more)


class TlsRefused(NetworkProblem):
    """The server's certificate or protocol is not acceptable."""

    CODE = "tls_refused"


class TimedOut(NetworkProblem):
    """No answer in time; whether the request was carried out is a question of its own."""

    CODE = "timed_out"


class AnswerUnreadable(NetworkProblem):
    """An answer came that cannot be understood."""

    CODE = "answer_unreadable"


class AnswerTooLarge(NetworkProblem):
    """An answer came that is larger than its limit."""

    CODE = "answer_too_large"


class RedirectRefused(NetworkProblem):
    """The server sends us elsewhere, and this request does not follow."""

    CODE = "redirect_refused"


class RateLimited(NetworkProblem):
    """Too many requests; ``until`` is aware UTC, or None if the network told no time."""

    CODE = "rate_limited"

    def __init__(self, until: datetime | None = None, **more: Param) -> None:
        self.until = until
        super().__init__(until=until, **more)


class AuthExpired(NetworkProblem):
    """The access has run out; renewing may help."""

    CODE = "auth_expired"


class AuthRevoked(NetworkProblem):
    """The access was withdrawn; only linking the account again helps."""

    CODE = "auth_revoked"


class ScopeMissing(NetworkProblem):
    """The access does not include this action."""

    CODE = "scope_missing"


class WrongIdentity(NetworkProblem):
    """The network's own answer to "who am I" differs from the linked account; nothing has been sent."""

    CODE = "wrong_identity"

    def __init__(self, expected: str, found: str, **more: Param) -> None:
        self.expected = expected
        self.found = found
        super().__init__(expected=expected, found=found, **more)


class RefusedByNetwork(NetworkProblem):
    """A definite no: HTTP ``status`` and the network's own short ``detail`` (foreign text, already redacted)."""

    CODE = "refused_by_network"

    def __init__(self, status: int, detail: str = "", **more: Param) -> None:
        self.status = status
        self.detail = detail
        super().__init__(status=status, detail=detail, **more)


class GoneOnNetwork(NetworkProblem):
    """The thing was there once and is no more."""

    CODE = "gone_on_network"


class ServerTrouble(NetworkProblem):
    """The network's own side broke (5xx)."""

    CODE = "server_trouble"


class UserProblem(CmdeskError):
    """The request itself cannot be carried out as given."""

    CODE = "user"


class BadInput(UserProblem):
    """``field`` has a value that is not acceptable, because of ``reason`` (a code)."""

    CODE = "bad_input"

    def __init__(self, field: str, reason: str, **more: Param) -> None:
        self.field = field
        self.reason = reason
        super().__init__(field=field, reason=reason, **more)


class NameTaken(UserProblem):
    """Another one has this name already."""

    CODE = "name_taken"

    def __init__(self, name: str, **more: Param) -> None:
        self.name = name
        super().__init__(name=name, **more)


class NotFound(UserProblem):
    """No ``what`` (a word of the trade: client, post, …) answers to ``ref``."""

    CODE = "not_found"

    def __init__(self, what: str, ref: str, **more: Param) -> None:
        self.what = what
        self.ref = ref
        super().__init__(what=what, ref=ref, **more)


class Ambiguous(UserProblem):
    """More than one ``what`` is called ``name``."""

    CODE = "ambiguous"

    def __init__(self, what: str, name: str, **more: Param) -> None:
        self.what = what
        self.name = name
        super().__init__(what=what, name=name, **more)


class NotAllowed(UserProblem):
    """The table of states has no such move."""

    CODE = "not_allowed"

    def __init__(self, from_state: str, to_state: str, **more: Param) -> None:
        self.from_state = from_state
        self.to_state = to_state
        super().__init__(from_state=from_state, to_state=to_state, **more)


class WrongClient(UserProblem):
    """A thing of one client was offered where another's is meant."""

    CODE = "wrong_client"
