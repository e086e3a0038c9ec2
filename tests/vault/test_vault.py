"""The vault on keyrings that misbehave: never half a secret, never another client's, never a word of it in a text."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import json
import logging
import pickle
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.core
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.SecretService import Keyring as SecretServiceKeyring
from keyring.errors import PasswordDeleteError
from msgspec.structs import asdict

from cmdesk.domain.errors import (
    BadInput,
    CmdeskError,
    KeyringDenied,
    KeyringLocked,
    KeyringSlow,
    NoKeyring,
    SecretDamaged,
    SecretMissing,
    VaultProblem,
    WrongClient,
)
from cmdesk.engine import Engine
from cmdesk.vault import Secret, Vault, in_time
from cmdesk.vault.backends import find_backend
from tests.helpers import keyrings
from tests.helpers.keyrings import Died, DyingKeyring, ForgetfulKeyring, InMemoryKeyring, utf16_units

CANARY = "canary-4711-hunter2"


def _cause(error: BaseException) -> BaseException | None:
    return error.__context__ or error.__cause__


class TestSecret:
    def test_no_text_about_it_tells_it(self) -> None:
        secret = Secret(CANARY)

        @dataclass
        class Holder:
            token: Secret

        texts = [repr(secret), str(secret), f"{secret}", f"{secret!r:>30}", "%s %r" % (secret, secret), repr([secret])]  # noqa: UP031 - this way of formatting is tried too
        texts += [repr(Holder(secret)), repr(getattr(secret, "__dict__", None)), str(dir(secret))]
        assert not any(CANARY in text for text in texts)
        assert secret.reveal() == CANARY

    @pytest.mark.parametrize("carry", [pickle.dumps, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
    def test_it_is_not_carried_away(self, carry: Callable[[object], object]) -> None:
        with pytest.raises(TypeError) as caught:
            carry(Secret(CANARY))
        assert CANARY not in str(caught.value)
        with pytest.raises(TypeError):
            json.dumps(Secret(CANARY))

    def test_it_equals_only_its_like_and_has_neither_order_nor_hash(self) -> None:
        assert Secret("é\ud800") == Secret("é\ud800")
        assert Secret("a") != Secret("b")
        assert Secret("a") != "a"
        with pytest.raises(TypeError):
            hash(Secret("a"))
        with pytest.raises(TypeError):
            sorted([Secret("a"), Secret("b")])  # type: ignore[type-var]  # that it cannot is the point


class TestRoundTrip:
    @given(
        texts=st.lists(
            st.one_of(st.text(st.characters(codec=None), max_size=30), st.integers(0, 4000).map(lambda n: "𝄞é" * (n // 2))),
            min_size=1,
            max_size=4,
        )
    )
    def test_any_text_of_any_length_comes_back_and_nothing_old_stays(self, texts: list[str]) -> None:
        backend = InMemoryKeyring()
        scope = Vault(backend).scope("maya")
        for text in texts:
            scope.put("acct-1", "token", Secret(text))
            assert scope.get("acct-1", "token").reveal() == text
        assert max(map(utf16_units, backend.entries.values())) <= 1000
        fresh = InMemoryKeyring()
        Vault(fresh).scope("maya").put("acct-1", "token", Secret(texts[-1]))
        assert len(backend.entries) == len(fresh.entries)
        scope.delete("acct-1")
        assert backend.entries == {}

    def test_a_short_secret_is_one_entry_beside_the_index(self) -> None:
        backend = InMemoryKeyring()
        Vault(backend).scope("maya").put("acct-1", "token", Secret("x" * 200))
        assert sorted(backend.entries) == [("cmdesk:maya", "acct-1"), ("cmdesk:maya", "acct-1/token")]

    def test_names_lists_what_is_kept_and_delete_takes_one_account_only(self) -> None:
        backend = InMemoryKeyring()
        scope = Vault(backend).scope("maya")
        for account, name in (("acct-1", "token"), ("acct-1", "app"), ("acct-10", "token")):
            scope.put(account, name, Secret(f"{account} {name}" * 300))
        assert scope.names("acct-1") == ("app", "token")
        scope.delete("acct-1")
        assert scope.names("acct-1") == ()
        with pytest.raises(SecretMissing):
            scope.get("acct-1", "token")
        assert scope.get("acct-10", "token") == Secret("acct-10 token" * 300)
        scope.delete("acct-1")
        scope.delete("never-there")

    def test_limits_are_told_before_anything_is_written(self) -> None:
        backend = InMemoryKeyring()
        scope = Vault(backend).scope("maya")
        scope.put("acct-1", "token", Secret("old"))
        with pytest.raises(BadInput, match="too_long"):
            scope.put("acct-1", "token", Secret("x" * 200_000))
        assert scope.get("acct-1", "token") == Secret("old")
        for number in range(15):
            scope.put("acct-1", f"{number:02}{'n' * 60}", Secret("x"))
        with pytest.raises(BadInput, match="too_many"):
            scope.put("acct-1", "z" * 64, Secret("x"))
        scope.delete("acct-1")
        assert backend.entries == {}

    @pytest.mark.parametrize("odd", ["", "a/b", "a#a1", "a:b", "..", "é", "a b", "a\n", "x" * 65])
    def test_no_name_can_spell_another_key(self, odd: str) -> None:
        backend = InMemoryKeyring()
        vault = Vault(backend)
        scope = vault.scope("maya")
        for call in (
            lambda: vault.scope(odd),
            lambda: scope.get(odd, "token"),
            lambda: scope.get("acct-1", odd),
            lambda: scope.put(odd, "token", Secret("x")),
            lambda: scope.put("acct-1", odd, Secret("x")),
            lambda: scope.names(odd),
            lambda: scope.delete(odd),
        ):
            with pytest.raises(BadInput, match="bad_characters"):
                call()
        assert backend.calls == []


class TestSwapsAndDamage:
    def _filled(self) -> tuple[InMemoryKeyring, Vault]:
        backend = InMemoryKeyring()
        vault = Vault(backend)
        for client in ("maya", "noah"):
            for account in ("acct-1", "acct-2"):
                for name in ("app", "token"):
                    vault.scope(client).put(account, name, Secret(f"{client} {account} {name} " * 150))
        return backend, vault

    def test_entries_swapped_between_clients_are_refused(self) -> None:
        backend, vault = self._filled()
        _copy(backend, "cmdesk:noah", "acct-1/token", "cmdesk:maya", "acct-1/token")
        with pytest.raises(WrongClient) as caught:
            vault.scope("maya").get("acct-1", "token")
        assert "noah" not in str(caught.value)
        assert vault.scope("maya").client_id == "maya"

    @pytest.mark.parametrize("source", ["acct-2/token", "acct-1/app"])
    def test_entries_swapped_inside_a_client_are_refused(self, source: str) -> None:
        backend, vault = self._filled()
        _copy(backend, "cmdesk:maya", source, "cmdesk:maya", "acct-1/token")
        with pytest.raises(SecretDamaged, match="misfiled"):
            vault.scope("maya").get("acct-1", "token")

    def test_a_missing_part_and_an_altered_letter_anywhere_are_damage(self) -> None:
        reference, _ = self._filled()
        for key in [key for key in reference.entries if key[1].startswith("acct-1/token") and key[0] == "cmdesk:maya"]:
            for alter in (_drop, _cut, _flip, _empty):
                backend, vault = self._filled()
                alter(backend, key)
                with pytest.raises((SecretDamaged, SecretMissing)):
                    vault.scope("maya").get("acct-1", "token")
                # And a new secret heals it.
                vault.scope("maya").put("acct-1", "token", Secret("healed"))
                assert vault.scope("maya").get("acct-1", "token") == Secret("healed")

    @pytest.mark.parametrize(
        "head", ["", "nonsense", "cmdesk2|a|0|0|x", "cmdesk1|c|0|0|x", "cmdesk1|a|-1|0|x", "cmdesk1|a|²|0|x", "cmdesk1|a|100|0|x"]
    )
    def test_a_head_that_is_not_ours_is_damage(self, head: str) -> None:
        backend, vault = self._filled()
        backend.entries["cmdesk:maya", "acct-1/token"] = head
        with pytest.raises(SecretDamaged, match="head"):
            vault.scope("maya").get("acct-1", "token")

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("no json", WrongClient),
            ("[1]", WrongClient),
            ('{"client":"maya","account":"acct-1","name":"token","secret":5}', SecretDamaged),
        ],
    )
    def test_a_well_hashed_text_of_somebody_else_is_refused(self, text: str, error: type[CmdeskError]) -> None:
        backend, vault = self._filled()
        digest = hashlib.sha256(text.encode()).hexdigest()
        backend.entries["cmdesk:maya", "acct-1/token"] = f"cmdesk1|a|0|{digest}|{text}"
        with pytest.raises(error):
            vault.scope("maya").get("acct-1", "token")

    def test_a_foreign_index_entry_hides_nothing_but_names(self) -> None:
        backend, vault = self._filled()
        backend.entries["cmdesk:maya", "acct-1"] = "something else"
        assert vault.scope("maya").names("acct-1") == ()
        assert vault.scope("maya").get("acct-1", "token").reveal().startswith("maya")


class TestCrashes:
    @given(
        old=st.integers(0, 3500),
        new=st.integers(0, 3500),
        earlier=st.lists(st.tuples(st.integers(0, 3500), st.integers(0, 12)), max_size=2),
        point=st.integers(0, 16),
        after=st.booleans(),
    )
    def test_after_any_crash_the_secret_is_old_or_new(
        self, old: int, new: int, earlier: list[tuple[int, int]], point: int, after: bool
    ) -> None:
        entries: dict[tuple[str, str], str] = {}
        Vault(DyingKeyring(entries, 1000, after=False)).scope("maya").put("acct-1", "token", Secret("o" * old))
        possible = {"o" * old}
        for number, (length, crash) in enumerate([*earlier, (new, point)]):
            text = str(number) * length
            with suppress(Died):
                Vault(DyingKeyring(entries, crash, after=after)).scope("maya").put("acct-1", "token", Secret(text))
                possible = set()
            possible.add(text)
            healthy = Vault(DyingKeyring(entries, 1000, after=False)).scope("maya")
            found = healthy.get("acct-1", "token").reveal()
            assert found in possible
            possible = {found}
        self._nothing_is_left_behind(entries)

    @given(lengths=st.lists(st.integers(0, 3500), min_size=1, max_size=3), point=st.integers(0, 14), after=st.booleans())
    def test_a_crash_while_deleting_leaves_it_whole_or_gone_and_a_repeat_leaves_nothing(
        self, lengths: list[int], point: int, after: bool
    ) -> None:
        entries: dict[tuple[str, str], str] = {}
        healthy = Vault(DyingKeyring(entries, 1000, after=False)).scope("maya")
        for number, length in enumerate(lengths):
            healthy.put("acct-1", f"name-{number}", Secret("x" * length))
        with suppress(Died):
            Vault(DyingKeyring(entries, point, after=after)).scope("maya").delete("acct-1")
        for number, length in enumerate(lengths):
            with suppress(SecretMissing):
                assert healthy.get("acct-1", f"name-{number}").reveal() == "x" * length
        healthy.delete("acct-1")
        assert entries == {}

    def test_a_crash_before_the_first_secret_was_valid_leaves_none(self) -> None:
        for point in range(4):
            entries: dict[tuple[str, str], str] = {}
            with suppress(Died):
                Vault(DyingKeyring(entries, point, after=False)).scope("maya").put("acct-1", "token", Secret("x" * 2500))
            healthy = Vault(DyingKeyring(entries, 1000, after=False)).scope("maya")
            assert healthy.names("acct-1") == ()
            with pytest.raises(SecretMissing):
                healthy.get("acct-1", "token")
            self._nothing_is_left_behind(entries)

    @staticmethod
    def _nothing_is_left_behind(entries: dict[tuple[str, str], str]) -> None:
        scope = Vault(DyingKeyring(entries, 1000, after=False)).scope("maya")
        scope.put("acct-1", "token", Secret("short"))
        assert sorted(entries) == [("cmdesk:maya", "acct-1"), ("cmdesk:maya", "acct-1/token")]


class TestBadKeyrings:
    @pytest.mark.parametrize(
        ("backend", "error"),
        [
            (keyrings.locked(), KeyringLocked),
            (keyrings.dismissed(), KeyringLocked),
            (keyrings.absent(), NoKeyring),
            (keyrings.denied(), KeyringDenied),
            (keyrings.RaisingKeyring(OSError(1783, "CredWrite", "The stub received bad data")), KeyringDenied),
            (keyrings.RaisingKeyring(RuntimeError()), KeyringDenied),
            (keyrings.VanishingKeyring(0), NoKeyring),
            (InMemoryKeyring(limit=10), KeyringDenied),
        ],
        ids=["locked", "dismissed", "absent", "denied", "windows", "other", "gone", "tiny"],
    )
    def test_each_failure_has_its_name_and_nothing_of_the_secret(
        self, backend: InMemoryKeyring, error: type[VaultProblem]
    ) -> None:
        with pytest.raises(error) as caught:
            Vault(backend).scope("maya").put("acct-1", "token", Secret(CANARY))
        assert _cause(caught.value) is None
        assert Vault(backend).status().problem == error.CODE

    def test_the_system_s_number_is_told(self) -> None:
        with pytest.raises(KeyringDenied) as caught:
            Vault(keyrings.RaisingKeyring(OSError(1783, "CredWrite", "bad data"))).scope("maya").names("acct-1")
        assert caught.value.params == {"kind": "OSError", "number": 1783}

    def test_an_error_that_quotes_the_secret_does_not_get_out(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)

        class Chatty(InMemoryKeyring):
            def set_password(self, service: str, username: str, password: str) -> None:
                raise ValueError(f"cannot store {password}")

        with pytest.raises(KeyringDenied) as caught:
            Vault(Chatty()).scope("maya").put("acct-1", "token", Secret(CANARY))
        logging.getLogger("cmdesk.tests").info("failed", exc_info=caught.value)
        told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caplog.text
        told += repr(pickle.loads(pickle.dumps(caught.value)))
        assert CANARY not in told

    def test_vanishing_at_any_call_of_a_put_leaves_old_or_new(self) -> None:
        ended = False
        for calls in range(60):
            backend = keyrings.VanishingKeyring(1000)
            scope = Vault(backend).scope("maya")
            scope.put("acct-1", "token", Secret("o" * 2500))
            backend.calls_left = calls
            try:
                scope.put("acct-1", "token", Secret("n" * 2500))
                possible = {"n" * 2500}
                ended = ended or backend.calls_left > 0
            except NoKeyring:
                possible = {"o" * 2500, "n" * 2500}
            backend.back()
            assert scope.get("acct-1", "token").reveal() in possible
            scope.delete("acct-1")
            assert backend.entries == {}
        assert ended

    @pytest.mark.parametrize(
        "kept", [lambda _: None, lambda text: text[:-1], lambda text: "?" + text[1:]], ids=["none", "cut", "other"]
    )
    @pytest.mark.parametrize("where", ["acct-1", "acct-1/token", "acct-1/token#b1", "acct-1/token#b2"])
    def test_a_keyring_that_keeps_something_else_is_found_out_and_the_old_secret_stays(
        self, where: str, kept: Callable[[str], str | None]
    ) -> None:
        wrong = False
        backend = ForgetfulKeyring(lambda entry: wrong and entry == where, kept)
        scope = Vault(backend).scope("maya")
        if where != "acct-1":
            scope.put("acct-1", "token", Secret("o" * 2500))
        wrong = True
        with pytest.raises(SecretDamaged, match="not_kept"):
            scope.put("acct-1", "token", Secret("n" * 2500))
        wrong = False
        if where in {"acct-1", "acct-1/token"}:
            # With such a head nothing can be promised but the truth: whole, or told as not whole.
            with suppress(SecretDamaged, SecretMissing):
                assert scope.get("acct-1", "token").reveal() == "o" * 2500
        else:
            assert scope.get("acct-1", "token").reveal() == "o" * 2500

    def test_a_head_kept_wrongly_once_is_put_back(self) -> None:
        spoilt = iter([False, True])
        backend = ForgetfulKeyring(lambda entry: entry == "acct-1/token" and next(spoilt, False), lambda text: text[:-1])
        scope = Vault(backend).scope("maya")
        scope.put("acct-1", "token", Secret("old"))
        with pytest.raises(SecretDamaged, match="not_kept"):
            scope.put("acct-1", "token", Secret("new"))
        assert scope.get("acct-1", "token") == Secret("old")

    def test_a_first_head_kept_wrongly_is_taken_away(self) -> None:
        backend = ForgetfulKeyring(lambda entry: entry == "acct-1/token", lambda text: text[:-1])
        scope = Vault(backend).scope("maya")
        with pytest.raises(SecretDamaged, match="not_kept"):
            scope.put("acct-1", "token", Secret("new"))
        with pytest.raises(SecretMissing):
            scope.get("acct-1", "token")

    def test_a_refusal_to_delete_is_not_taken_for_absence(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        backend = keyrings.StubbornKeyring()
        scope = Vault(backend).scope("maya")
        scope.delete("acct-1")
        scope.put("acct-1", "token", Secret(CANARY * 200))
        with pytest.raises(KeyringDenied, match="not_deleted"):
            scope.delete("acct-1")
        # Old parts that cannot be deleted do not undo a put that is already in force.
        scope.put("acct-1", "token", Secret("new"))
        assert scope.get("acct-1", "token") == Secret("new")
        assert "keyring_leftovers account=acct-1 error=keyring_denied" in caplog.text
        assert CANARY not in caplog.text
        assert Vault(backend).status().problem == "keyring_denied"

    def test_nobody_reads_while_another_thread_is_in_the_middle_of_a_put(self) -> None:
        in_the_middle, go_on, read = threading.Event(), threading.Event(), threading.Event()

        class Paused(InMemoryKeyring):
            def set_password(self, service: str, username: str, password: str) -> None:
                super().set_password(service, username, password)
                if username.endswith("#b1"):
                    in_the_middle.set()
                    go_on.wait(20)

            def get_password(self, service: str, username: str) -> str | None:
                if threading.current_thread().name == "reader":
                    read.set()
                return super().get_password(service, username)

        scope = Vault(Paused()).scope("maya")
        scope.put("acct-1", "token", Secret("o" * 2500))
        found: list[Secret] = []
        writer = threading.Thread(target=lambda: scope.put("acct-1", "token", Secret("n" * 2500)))
        reader = threading.Thread(target=lambda: found.append(scope.get("acct-1", "token")), name="reader")
        writer.start()
        assert in_the_middle.wait(20)
        reader.start()
        too_early = read.wait(0.1)
        go_on.set()
        writer.join(20)
        reader.join(20)
        assert not too_early
        assert found == [Secret("n" * 2500)]

    def test_many_threads_at_once_mix_nothing(self) -> None:
        backend = InMemoryKeyring()
        scope = Vault(backend).scope("maya")
        texts = [str(number % 10) * (number * 120) for number in range(1, 31)]
        scope.put("acct-1", "token", Secret(texts[0]))

        def write_and_read(text: str) -> str:
            scope.put("acct-1", "token", Secret(text))
            return scope.get("acct-1", "token").reveal()

        with ThreadPoolExecutor(4) as threads:
            assert set(threads.map(write_and_read, texts)) <= set(texts)
        TestCrashes._nothing_is_left_behind(backend.entries)


class TestChoosing:
    @pytest.fixture(autouse=True)
    def _library_as_before(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keyring.core, "_keyring_backend", None)

    @pytest.mark.parametrize("kind", [keyrings.PlaintextKeyring, keyring.backends.null.Keyring])
    def test_plain_text_and_null_are_refused(self, kind: type[keyring.backend.KeyringBackend]) -> None:
        keyring.core.set_keyring(kind())
        vault = Vault()
        with pytest.raises(NoKeyring) as caught:
            vault.scope("maya").put("acct-1", "token", Secret(CANARY))
        assert caught.value.params["reason"] == "refused"
        assert kind.__qualname__ in str(caught.value.params["backend"])
        assert (vault.mode, vault.status().problem) == ("unknown", "no_keyring")

    def test_settings_that_name_the_failing_keyring_mean_absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        with pytest.raises(NoKeyring) as caught:
            find_backend()
        assert caught.value.params["reason"] == "absent"

    def test_settings_that_name_nonsense_are_told_as_unusable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.module.Keyring")
        with pytest.raises(NoKeyring) as caught:
            find_backend()
        assert caught.value.params["reason"] == "unusable"
        assert _cause(caught.value) is None

    def test_of_a_chain_the_first_allowed_member_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        good = SecretServiceKeyring()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        chain = keyring.backends.chainer.ChainerBackend()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        members: list[object] = [keyrings.PlaintextKeyring(), good, keyrings.PlaintextKeyring()]
        monkeypatch.setattr(keyring.backends.chainer.ChainerBackend, "backends", members)
        keyring.core.set_keyring(chain)
        assert find_backend() is good
        members.remove(good)
        with pytest.raises(NoKeyring) as caught:
            find_backend()
        assert caught.value.params["reason"] == "refused"

    def test_a_class_that_only_inherits_from_an_allowed_one_is_refused(self) -> None:
        class Listening(SecretServiceKeyring):
            priority = -1

        keyring.core.set_keyring(Listening())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        with pytest.raises(NoKeyring):
            find_backend()


class TestSessionMemory:
    def test_it_keeps_secrets_until_the_end_and_only_after_a_choice(self) -> None:
        vault = Vault(keyrings.locked())
        scope = vault.scope("maya")
        with pytest.raises(KeyringLocked):
            scope.put("acct-1", "token", Secret(CANARY))
        vault.use_session_memory()
        scope.put("acct-1", "token", Secret(CANARY * 300))
        assert scope.get("acct-1", "token") == Secret(CANARY * 300)
        status = vault.status()
        assert asdict(status) == {
            "mode": "session",
            "backend": "cmdesk.vault.backends.SessionMemory",
            "usable": True,
            "problem": None,
        }
        scope.delete("acct-1")
        assert scope.names("acct-1") == ()

    def test_nothing_of_it_is_in_any_text(self) -> None:
        vault = Vault(InMemoryKeyring())
        vault.use_session_memory()
        scope = vault.scope("maya")
        scope.put("acct-1", "token", Secret(CANARY))
        assert CANARY not in repr(vault) + repr(scope) + repr(vars(vault)) + repr(vars(scope)) + repr(vault.status())


class TestInstallId:
    def test_it_is_made_once(self) -> None:
        backend = InMemoryKeyring()
        assert Vault(backend).install_id(lambda: "one") == "one"
        assert Vault(backend).install_id(lambda: "two") == "one"
        assert backend.entries == {("cmdesk", "install-id"): "one"}

    def test_one_that_is_not_kept_is_none(self) -> None:
        with pytest.raises(KeyringDenied, match="not_kept"):
            Vault(ForgetfulKeyring(lambda _: True, lambda _: None)).install_id(lambda: "one")
        assert Vault(ForgetfulKeyring(lambda _: True, lambda _: None)).status().problem == "keyring_denied"


class TestInTime:
    def test_a_stuck_keyring_is_told_in_time_and_the_loop_goes_on(self) -> None:
        backend = keyrings.StuckKeyring()
        scope = Vault(backend).scope("maya")
        engine = Engine()
        engine.start()
        try:
            slow = engine.submit(in_time(engine.helper(scope.get, "acct-1", "token"), 0.05))
            assert isinstance(slow.exception(20), KeyringSlow)
            assert backend.entered.is_set()
            assert engine.submit(asyncio.sleep(0, "turning")).result(20) == "turning"
        finally:
            backend.release.set()
            engine.stop(grace=5)
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("cmdesk-")]

    def test_a_quick_one_gives_its_result_and_its_error(self) -> None:
        scope = Vault(InMemoryKeyring()).scope("maya")
        scope.put("acct-1", "token", Secret("x"))

        async def story() -> None:
            assert await in_time(asyncio.to_thread(scope.get, "acct-1", "token"), 20) == Secret("x")
            with pytest.raises(SecretMissing):
                await in_time(asyncio.to_thread(scope.get, "acct-1", "none"), 20)

        asyncio.run(story())


def test_deleting_twice_in_the_fake_raises_like_the_real_one() -> None:
    with pytest.raises(PasswordDeleteError):
        InMemoryKeyring().delete_password("a", "b")


def _copy(backend: InMemoryKeyring, service: str, source: str, to_service: str, target: str) -> None:
    """Copy a head and its parts over another's, as a faulty restore would."""
    for entry in [entry for kept, entry in backend.entries if kept == service and entry.startswith(source)]:
        backend.entries[to_service, target + entry.removeprefix(source)] = backend.entries[service, entry]


def _drop(backend: InMemoryKeyring, key: tuple[str, str]) -> None:
    del backend.entries[key]


def _cut(backend: InMemoryKeyring, key: tuple[str, str]) -> None:
    backend.entries[key] = backend.entries[key][:-1]


def _flip(backend: InMemoryKeyring, key: tuple[str, str]) -> None:
    text = backend.entries[key]
    backend.entries[key] = text[:-1] + chr(ord(text[-1]) ^ 1)


def _empty(backend: InMemoryKeyring, key: tuple[str, str]) -> None:
    backend.entries[key] = ""
