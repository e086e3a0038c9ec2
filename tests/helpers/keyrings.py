"""Keyrings that behave like the real ones on their worst days, so that the vault is tried without a desktop.

All have a negative priority: the keyring library never chooses them by itself, a test hands them over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

WINDOWS_LIMIT = 1280
"""Characters (UTF-16 units) that the Windows Credential Manager keeps for one secret."""


class Died(BaseException):
    """The process ends here; nothing in the product may catch it, as nothing can catch a power cut."""


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class InMemoryKeyring(KeyringBackend):
    """Keeps entries in a dictionary and refuses what Windows would refuse."""

    priority = -1

    def __init__(self, limit: int = WINDOWS_LIMIT) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves its constructor untyped
        self.limit = limit
        self.entries: dict[tuple[str, str], str] = {}
        self.calls: list[tuple[str, str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.calls.append(("get", service, username))
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.calls.append(("set", service, username))
        if utf16_units(password) > self.limit:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.calls.append(("delete", service, username))
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


class RaisingKeyring(InMemoryKeyring):
    """Raises a given error on the given verbs (``get``, ``set``, ``delete``); the others work."""

    def __init__(self, error: BaseException, verbs: frozenset[str] = frozenset({"get", "set", "delete"})) -> None:
        super().__init__()
        self.error = error
        self.verbs = verbs

    def get_password(self, service: str, username: str) -> str | None:
        self._meet("get")
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._meet("set")
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._meet("delete")
        super().delete_password(service, username)

    def _meet(self, verb: str) -> None:
        if verb in self.verbs:
            raise self.error


def locked() -> RaisingKeyring:
    return RaisingKeyring(KeyringLocked("Failed to unlock the collection!"))


def dismissed() -> RaisingKeyring:
    return RaisingKeyring(InitError("Failed to create the collection: Prompt dismissed.."))


def absent() -> RaisingKeyring:
    return RaisingKeyring(NoKeyringError("No recommended backend was available."))


def denied() -> RaisingKeyring:
    return RaisingKeyring(PasswordSetError("Can't store password on keychain"), frozenset({"set"}))


class DyingKeyring(InMemoryKeyring):
    """The process dies around its n-th change (``set`` or ``delete``): just before, or just after it took effect."""

    def __init__(self, entries: dict[tuple[str, str], str], changes_left: int, *, after: bool) -> None:
        super().__init__()
        self.entries = entries
        self.changes_left = changes_left
        self.after = after

    def set_password(self, service: str, username: str, password: str) -> None:
        self._change(lambda: InMemoryKeyring.set_password(self, service, username, password))

    def delete_password(self, service: str, username: str) -> None:
        self._change(lambda: InMemoryKeyring.delete_password(self, service, username))

    def _change(self, change: Callable[[], None]) -> None:
        self.changes_left -= 1
        if self.changes_left >= 0:
            change()
        elif self.after and self.changes_left == -1:
            change()
            raise Died
        else:
            raise Died


class VanishingKeyring(InMemoryKeyring):
    """The keyring's service goes away after some calls and, until ``back`` is called, stays away."""

    def __init__(self, calls_left: int) -> None:
        super().__init__()
        self.calls_left = calls_left

    def back(self) -> None:
        self.calls_left = 1_000_000

    def get_password(self, service: str, username: str) -> str | None:
        self._use()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._use()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._use()
        super().delete_password(service, username)

    def _use(self) -> None:
        self.calls_left -= 1
        if self.calls_left < 0:
            raise ConnectionResetError("the bus is gone")


class ForgetfulKeyring(InMemoryKeyring):
    """Says yes to every write and keeps something else for entries that ``wrong`` picks."""

    def __init__(self, wrong: Callable[[str], bool], kept: Callable[[str], str | None]) -> None:
        super().__init__()
        self.wrong = wrong
        self.kept = kept

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        if self.wrong(username):
            value = self.kept(password)
            if value is None:
                del self.entries[service, username]
            else:
                self.entries[service, username] = value


class StuckKeyring(InMemoryKeyring):
    """Does not answer until ``release`` is set, as with an open question that nobody clicks."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()
        self.entered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.entered.set()
        self.release.wait(30)
        return super().get_password(service, username)


class StubbornKeyring(InMemoryKeyring):
    """Refuses to delete, with the same error that others raise for a missing entry."""

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError("Cancelled by user")


class PlaintextKeyring(InMemoryKeyring):
    """Stands for a keyring that writes clear text into a file."""
