"""Which keyring may be used, and what its failures mean; by class name, so that nothing heavy is imported to ask."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from cmdesk.domain.errors import KeyringDenied, KeyringLocked, NoKeyring, VaultProblem

ALLOWED: Final = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    }
)
"""What keeps secrets encrypted by the system. All else is refused: some keyrings write clear text into a file."""

_CHAIN: Final = "keyring.backends.chainer.ChainerBackend"
_NOTHING_FOUND: Final = "keyring.backends.fail.Keyring"
_NOT_DELETED: Final = "keyring.errors.PasswordDeleteError"

_MEANINGS: Final[Mapping[str, type[VaultProblem]]] = MappingProxyType(
    {
        "keyring.errors.NoKeyringError": NoKeyring,
        "keyring.errors.KeyringLocked": KeyringLocked,
        # The Secret Service asked for a password to open or to create the collection, and nobody gave it.
        "keyring.errors.InitError": KeyringLocked,
        "secretstorage.exceptions.LockedException": KeyringLocked,
        "secretstorage.exceptions.PromptDismissedException": KeyringLocked,
        "secretstorage.exceptions.SecretServiceNotAvailableException": NoKeyring,
        # The bus on which the Secret Service listens is gone, or hung up in the middle.
        "builtins.FileNotFoundError": NoKeyring,
        "builtins.ConnectionError": NoKeyring,
    }
)


class Backend(Protocol):
    """The three verbs of ``keyring.backend.KeyringBackend`` that the vault uses."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class SessionMemory:
    """Keeps secrets until the process ends, for a person who chose that on a machine without a safe keyring."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._entries.pop((service, username), None)


def name_of(backend: object) -> str:
    """Module and class, as in the lists above."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def find_backend() -> Backend:
    """The system's keyring (takes 0.1 to 0.2 s at first). Raises ``NoKeyring`` if none is there that is safe."""
    try:
        found = _look()
    except Exception as error:  # noqa: BLE001 - settings of the keyring library may name anything, and break anyhow
        problem = NoKeyring(reason="unusable", kind=type(error).__name__)
    else:
        return _allowed(found)
    raise problem


def _look() -> Backend:
    import keyring.backend  # 70 ms that the path to the first window must not pay
    import keyring.core

    found = keyring.core.get_keyring()
    if name_of(found) == _NOTHING_FOUND:
        # The library remembers its first look for ever; a keyring that was started since then deserves another.
        with contextlib.suppress(KeyError):  # nothing remembered: its settings ask for none at all
            keyring.backend.get_all_keyring.reset()
        keyring.core.init_backend()
        found = keyring.core.get_keyring()
    return found


def _allowed(found: Backend) -> Backend:
    candidates: list[Backend] = list(getattr(found, "backends", ())) if name_of(found) == _CHAIN else [found]
    for candidate in candidates:
        if name_of(candidate) in ALLOWED:
            return candidate
    reason = "absent" if name_of(found) == _NOTHING_FOUND else "refused"
    raise NoKeyring(reason=reason, backend=name_of(found))


def not_deleted(error: Exception) -> bool:
    """True for the keyring library's one error that may mean "there was none" as well as "I will not"."""
    return _NOT_DELETED in _names(error)


def meaning_of(error: Exception) -> VaultProblem:
    """The failure in our words. The backend's own text is dropped, as nobody knows what it quotes."""
    for name in _names(error):
        if name in _MEANINGS:
            return _MEANINGS[name](kind=type(error).__name__)
    number = next((arg for arg in error.args[:1] if isinstance(arg, int)), None)
    return KeyringDenied(kind=type(error).__name__, number=number)


def _names(error: Exception) -> list[str]:
    return [f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__]
