"""The vault on a real Secret Service: round trip, locked, not there, and what it costs to look."""

from __future__ import annotations

import gc
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring.backend
import keyring.core
import pytest
import secretstorage
from keyring.backends.SecretService import Keyring

from cmdesk.domain.errors import KeyringLocked, NoKeyring, SecretMissing
from cmdesk.vault import Secret, Vault
from tests.helpers.secret_service import PASSWORD, SecretService, environ_of, require_programs, running_bus


@pytest.fixture
def bus(secret_service: SecretService) -> Iterator[SecretService]:
    with environ_of(secret_service):
        yield secret_service


@pytest.fixture
def looked_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The keyring library without memory of earlier tests and without a person's settings; put back afterwards."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    _forget()
    yield
    _forget()


def _forget() -> None:
    keyring.backend.get_all_keyring()
    keyring.backend.get_all_keyring.reset()


@pytest.mark.parametrize("length", [0, 40, 999, 1000, 1001, 5000])
def test_round_trip_of_short_and_long_secrets(bus: SecretService, length: int) -> None:
    scope = Vault(Keyring()).scope("real-round")  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    text = ("é𝄞x" * length)[:length]
    scope.put("acct-1", "token", Secret(text))
    assert scope.get("acct-1", "token").reveal() == text
    assert scope.names("acct-1") == ("token",)
    scope.delete("acct-1")
    assert scope.names("acct-1") == ()
    with pytest.raises(SecretMissing):
        scope.get("acct-1", "token")
    assert _items("cmdesk:real-round") == []


def test_the_secret_service_is_found_by_itself_and_the_doctor_says_so(bus: SecretService, looked_anew: None) -> None:
    vault = Vault()
    modes = [vault.mode]
    status = vault.status()
    modes.append(vault.mode)
    assert (status.mode, status.usable, status.problem) == ("keyring", True, None)
    assert status.backend == "keyring.backends.SecretService.Keyring"
    assert modes == ["unknown", "keyring"]
    assert _items("cmdesk") == []


def test_a_locked_collection_is_told_and_works_again_when_unlocked(bus: SecretService) -> None:
    vault = Vault(Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    scope = vault.scope("real-locked")
    scope.put("acct-1", "token", Secret("before"))
    # Unlocking would need a window to ask for the password, and there is none here: it stays locked.
    with foreign_leaks():
        connection = secretstorage.dbus_init()
        collection = secretstorage.get_default_collection(connection)
        collection.lock()
        try:
            for call in (
                lambda: scope.get("acct-1", "token"),
                lambda: scope.put("acct-1", "token", Secret("after")),
                lambda: scope.delete("acct-1"),
            ):
                with pytest.raises(KeyringLocked) as caught:
                    call()
                assert caught.value.__context__ is None
            status = vault.status()
            assert (status.usable, status.problem) == (False, "keyring_locked")
        finally:
            _unlock(bus)
            connection.close()
    assert scope.get("acct-1", "token").reveal() == "before"
    scope.delete("acct-1")


def test_a_keyring_that_nobody_has_set_up_is_locked(looked_anew: None) -> None:
    require_programs()
    # The bus starts gnome-keyring when asked; it wants to ask for a first password, and there is no screen for that.
    with foreign_leaks(), running_bus() as bus, environ_of(bus), pytest.raises(KeyringLocked) as caught:
        Vault().scope("real-none").get("acct-1", "token")
    assert caught.value.params["kind"] == "InitError"


def test_without_a_bus_there_is_no_keyring(looked_anew: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    vault = Vault()
    with pytest.raises(NoKeyring) as caught:
        vault.scope("real-none").get("acct-1", "token")
    assert caught.value.params["reason"] == "absent"
    status = vault.status()
    assert (status.mode, status.backend, status.usable, status.problem) == ("unknown", None, False, "no_keyring")


def test_a_keyring_that_starts_later_is_found_later(
    secret_service: SecretService, looked_anew: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    vault = Vault()
    assert not vault.status().usable
    with environ_of(secret_service):
        assert vault.status().usable


def test_a_keyring_whose_bus_went_away_is_a_problem_of_ours(bus: SecretService, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Vault(Keyring()).scope("real-gone")  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(NoKeyring):
        scope.get("acct-1", "token")


def test_two_processes_share_what_is_kept(bus: SecretService) -> None:
    scope = Vault(Keyring()).scope("real-two")  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    scope.put("acct-1", "token", Secret("x" * 3000))
    code = (
        "from cmdesk.vault import Vault\n"
        "print(len(Vault().scope('real-two').get('acct-1', 'token').reveal()))\n"
        "print(Vault().install_id(lambda: 'made here'))\n"
    )
    environ = bus.environ | {"PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ, timeout=60)
    assert done.stdout == "3000\nmade here\n"
    vault = Vault(Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    assert vault.install_id(lambda: "made again") == "made here"
    Keyring().delete_password("cmdesk", "install-id")  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    scope.delete("acct-1")


def test_importing_the_vault_does_not_import_the_keyring() -> None:
    code = "import sys, cmdesk.vault; print(sorted(m for m in sys.modules if m.startswith(('keyring', 'secretstorage'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


@contextmanager
def foreign_leaks() -> Iterator[None]:
    """The keyring library forgets to close its connection when the collection is locked; that warning is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def _items(service: str) -> list[str]:
    connection = secretstorage.dbus_init()
    try:
        collection = secretstorage.get_default_collection(connection)
        return [item.get_label() for item in collection.search_items({"service": service})]
    finally:
        connection.close()


def _unlock(service: SecretService) -> None:
    subprocess.run(
        ["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets"],
        input=PASSWORD,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=service.environ,
        check=True,
        timeout=30,
    )


def test_missing_programs_skip_at_home_and_fail_in_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="gnome-keyring"):
        require_programs()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="gnome-keyring"):
        require_programs()
