"""Reading, writing and deleting secrets such that after any crash the old or the new one is there, whole.

Every method blocks (a keyring may even ask the person something), so call it in a helper thread and with a limit::

    secret = await in_time(engine.helper(scope.get, account_uid, "token"), 10)
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Awaitable, Callable
from typing import Final, Literal, TypeVar

from msgspec import Struct

from cmdesk.domain.errors import BadInput, KeyringDenied, KeyringSlow, SecretDamaged, SecretMissing, VaultProblem
from cmdesk.domain.secret import Secret
from cmdesk.vault.backends import Backend, SessionMemory, find_backend, meaning_of, name_of, not_deleted
from cmdesk.vault.envelope import GENERATIONS, MOST_PARTS, Label, pack, read_head, read_names, unpack, write_names

log = logging.getLogger(__name__)

T = TypeVar("T")
Mode = Literal["keyring", "session", "unknown"]

_OWN_SERVICE: Final = "cmdesk"
_INSTALL_ID: Final = "install-id"
_PROBE: Final = "probe"
# No slash, hash or colon: with them one client's or account's name could spell another's key.
_KEY_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class VaultStatus(Struct, frozen=True):
    """For the doctor: ``problem`` is the code of a ``VaultProblem``, None when usable."""

    mode: Mode
    backend: str | None
    usable: bool
    problem: str | None


class _Keyring:
    """The raw entries, one call at a time; what both views share and nobody else reaches."""

    def __init__(self, backend: Backend | None) -> None:
        self.backend = backend
        self.mode: Mode = "unknown" if backend is None else "keyring"
        # Two helper threads may call at once: interleaved puts would mix generations, and the Windows backend loses
        # an entry when two are written to one service at the same time.
        self.guard = threading.RLock()

    def read(self, service: str, entry: str) -> str | None:
        return self._call(lambda backend: backend.get_password(service, entry))

    def write(self, service: str, entry: str, value: str) -> bool:
        """Write and read back: some keyrings say yes and keep nothing. True if it was kept."""
        self._call(lambda backend: backend.set_password(service, entry, value))
        return self.read(service, entry) == value

    def erase(self, service: str, entry: str) -> None:
        """Delete; fine if there is none, ``KeyringDenied`` if it is still there afterwards."""
        try:
            self._call(lambda backend: backend.delete_password(service, entry))
        except _NotDeleted:
            # Keyrings raise the same for "there is none" and for "I will not"; only a look tells which.
            denied = self.read(service, entry) is not None
        else:
            denied = False
        if denied:
            raise KeyringDenied(kind="not_deleted")

    def _call(self, verb: Callable[[Backend], T]) -> T:
        with self.guard:
            if self.backend is None:
                self.backend, self.mode = find_backend(), "keyring"
            try:
                return verb(self.backend)
            except Exception as error:  # noqa: BLE001 - backends let through whatever their system raises
                problem = _NotDeleted() if not_deleted(error) else meaning_of(error)
        # Raised outside of the except block, so that the backend's own error and its text do not hang on ours.
        raise problem


class _NotDeleted(Exception):
    """The keyring says that it could not delete; ``erase`` finds out what that means."""


class Vault:
    """The keyring, looked for at first use. A backend given here is used as it is."""

    def __init__(self, backend: Backend | None = None) -> None:
        self._keyring = _Keyring(backend)

    @property
    def mode(self) -> Mode:
        """``unknown`` until the first use has found a keyring."""
        return self._keyring.mode

    def use_session_memory(self) -> None:
        """From now on secrets live in memory until the process ends. Only after the person has chosen it."""
        with self._keyring.guard:
            self._keyring.backend, self._keyring.mode = SessionMemory(), "session"

    def scope(self, client_id: str) -> ClientVault:
        """A view that can only spell this client's keys. Touches no keyring; raises ``BadInput`` for an odd id."""
        return ClientVault(self._keyring, _word("client", client_id))

    def install_id(self, generate: Callable[[], str]) -> str:
        """This installation's id, made by ``generate`` and kept at the first call; it never travels with a backup.

        In session memory it lasts as long as the process, so look at ``mode`` before holding anything back for it.
        """
        with self._keyring.guard:
            found = self._keyring.read(_OWN_SERVICE, _INSTALL_ID)
            if found is None:
                found = generate()
                if not self._keyring.write(_OWN_SERVICE, _INSTALL_ID, found):
                    raise KeyringDenied(kind="not_kept")
            return found

    def status(self) -> VaultStatus:
        """Writes, reads and deletes a probe entry; never raises a ``VaultProblem``."""
        keyring = self._keyring
        with keyring.guard:
            problem: str | None = None
            import secrets  # start-up speed: it brings OpenSSL, and the first window asks for no status

            try:
                if not keyring.write(_OWN_SERVICE, _PROBE, secrets.token_hex(8)):
                    raise KeyringDenied(kind="not_kept")
                keyring.erase(_OWN_SERVICE, _PROBE)
            except VaultProblem as error:
                problem = error.code
            name = None if keyring.backend is None else name_of(keyring.backend)
            return VaultStatus(keyring.mode, name, problem is None, problem)


class ClientVault:
    """One client's secrets: service ``cmdesk:<client>``, entries ``<account>/<name>``. Made by ``Vault.scope``."""

    def __init__(self, keyring: _Keyring, client_id: str) -> None:
        self._keyring = keyring
        self._client = client_id
        self._service = f"{_OWN_SERVICE}:{client_id}"

    @property
    def client_id(self) -> str:
        return self._client

    def get(self, account_uid: str, name: str) -> Secret:
        """Raises ``SecretMissing``, ``SecretDamaged``, ``WrongClient`` or what the keyring's state calls for."""
        label = self._label(account_uid, name)
        with self._keyring.guard:
            entry = self._read(_head(label))
            if entry is None:
                raise SecretMissing(account_uid, name)
            head = read_head(entry)
            if head is None:
                raise SecretDamaged(account_uid, name, "head")
            parts = [self._part(label, head.generation, number) for number in range(1, head.count + 1)]
            return unpack(label, head, parts)

    def put(self, account_uid: str, name: str, secret: Secret) -> None:
        """Keep a secret. If this raises or dies in the middle, the old or the new secret is there, whole.

        Raises ``SecretDamaged`` with reason ``not_kept`` if the keyring does not give back what it was given.
        """
        label = self._label(account_uid, name)
        with self._keyring.guard:
            self._remember(account_uid, name)
            before = self._read(_head(label))
            old = None if before is None else read_head(before)
            new, other = ("b", "a") if old is not None and old.generation == "a" else ("a", "b")
            packed = pack(label, secret, new)
            for number, part in enumerate(packed.parts, 1):
                self._write(label, _entry(label, new, number), part)
            self._switch(label, packed.head, before)
            try:
                self._sweep(label, new, len(packed.parts))
                self._sweep(label, other, 0)
            except VaultProblem as error:
                # The new secret is in force; the next put or delete takes the leftovers away.
                log.info("keyring_leftovers account=%s error=%s", account_uid, error.code)

    def delete(self, account_uid: str) -> None:
        """Forget all secrets of an account; fine if there are none. After a crash in the middle, call it again."""
        _word("account", account_uid)
        with self._keyring.guard:
            for name in sorted(read_names(self._read(account_uid))):
                label = Label(self._client, account_uid, name)
                self._keyring.erase(self._service, _head(label))
                for generation in GENERATIONS:
                    self._sweep(label, generation, 0)
            self._keyring.erase(self._service, account_uid)

    def names(self, account_uid: str) -> tuple[str, ...]:
        """The names under which something is kept for this account, sorted; whether it is whole, ``get`` tells."""
        _word("account", account_uid)
        with self._keyring.guard:
            kept = sorted(read_names(self._read(account_uid)))
            return tuple(name for name in kept if self._read(_head(Label(self._client, account_uid, name))) is not None)

    def _label(self, account_uid: str, name: str) -> Label:
        return Label(self._client, _word("account", account_uid), _word("name", name))

    def _read(self, entry: str) -> str | None:
        return self._keyring.read(self._service, entry)

    def _write(self, label: Label, entry: str, value: str) -> None:
        if not self._keyring.write(self._service, entry, value):
            raise SecretDamaged(label.account, label.name, "not_kept")

    def _part(self, label: Label, generation: str, number: int) -> str:
        part = self._read(_entry(label, generation, number))
        if part is None:
            raise SecretDamaged(label.account, label.name, "part_missing")
        return part

    def _remember(self, account_uid: str, name: str) -> None:
        """Keyrings cannot list; an index, written before the secret, lets ``delete`` find all that may be there."""
        names = read_names(self._read(account_uid))
        if name not in names:
            self._write(Label(self._client, account_uid, name), account_uid, write_names(names | {name}))

    def _switch(self, label: Label, head: str, before: str | None) -> None:
        """The one write that makes the new secret valid; undone if the keyring keeps something else."""
        if self._keyring.write(self._service, _head(label), head):
            return
        if before is None:
            self._keyring.erase(self._service, _head(label))
        else:
            self._keyring.write(self._service, _head(label), before)
        raise SecretDamaged(label.account, label.name, "not_kept")

    def _sweep(self, label: Label, generation: str, keep: int) -> None:
        """Delete the parts after ``keep``, last first: so what a crash leaves is found by counting up again."""
        last = keep
        while last < MOST_PARTS and self._read(_entry(label, generation, last + 1)) is not None:
            last += 1
        for number in range(last, keep, -1):
            self._keyring.erase(self._service, _entry(label, generation, number))


def _head(label: Label) -> str:
    return f"{label.account}/{label.name}"


def _entry(label: Label, generation: str, number: int) -> str:
    return f"{label.account}/{label.name}#{generation}{number}"


def _word(field: str, text: str) -> str:
    if not _KEY_WORD.fullmatch(text):
        raise BadInput(field, "bad_characters")
    return text


async def in_time(call: Awaitable[T], seconds: float) -> T:
    """Wait for a keyring call at most ``seconds``, then raise ``KeyringSlow``; the call itself goes on in its thread."""
    import asyncio  # start-up speed: the first window holds a vault and asks it nothing

    try:
        async with asyncio.timeout(seconds):
            return await call
    except TimeoutError:
        raise KeyringSlow(seconds) from None
