"""A key that is good for one change only is changed once, however many callers and programs find it spent."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cmdesk.domain.errors import NoNetwork, SecretDamaged
from cmdesk.domain.secret import Secret
from tests.helpers.renewers import FileKeys, OneTimeServer, key_in, one_time, together

ROUNDS = 40


def lay(folder: Path, token: str) -> None:
    for name in ("uid-access_token", "spent"):
        (folder / name).write_text(token, "utf-8")


@pytest.mark.asyncio
async def test_callers_of_two_programs_make_one_change_each_round(tmp_path: Path) -> None:
    server = OneTimeServer(tmp_path)
    for number in range(ROUNDS):
        lay(tmp_path, f"token{number}")
        await one_time(tmp_path, 2 + number % 7)
        assert (server.used, server.twice) == (number + 1, 0)
        assert (tmp_path / "uid-access_token").read_text("utf-8") == f"token{number + 1}"


@pytest.mark.slow
def test_two_processes_make_one_change(tmp_path: Path) -> None:
    server = OneTimeServer(tmp_path)
    for number in range(3):
        lay(tmp_path, f"token{number}")
        assert together(tmp_path, 4) == [0, 0]
        assert (server.used, server.twice) == (number + 1, 0)


@pytest.mark.asyncio
async def test_without_the_lock_it_would_be_changed_twice(tmp_path: Path) -> None:
    lay(tmp_path, "token0")
    server, spent = OneTimeServer(tmp_path), Secret("token0")
    await asyncio.gather(*(server.change(spent) for _ in range(3)))
    assert server.twice == 2


@pytest.mark.asyncio
async def test_a_change_that_fails_keeps_the_old_key(tmp_path: Path) -> None:
    lay(tmp_path, "token0")

    async def fails(_kept: Secret) -> Secret:
        raise NoNetwork

    key = key_in(tmp_path)
    with pytest.raises(NoNetwork):
        await key.renew(Secret("token0"), fails)
    assert (await key()).reveal() == "token0"
    server = OneTimeServer(tmp_path)
    assert (await key.renew(Secret("token0"), server.change)).reveal() == "token1"


@pytest.mark.asyncio
async def test_who_is_stopped_in_the_middle_has_kept_the_new_key(tmp_path: Path) -> None:
    lay(tmp_path, "token0")
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_kept: Secret) -> Secret:
        reached.set()
        await go_on.wait()
        return Secret("token1")

    key = key_in(tmp_path)
    work = asyncio.create_task(key.renew(Secret("token0"), slow))
    await reached.wait()
    work.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert (await key()).reveal() == "token1"


@pytest.mark.asyncio
async def test_a_key_met_while_it_is_being_kept_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "token0")
    real = FileKeys.get
    asked = []

    def half(self: FileKeys, uid: str, name: str) -> Secret:
        asked.append(name)
        if len(asked) == 1:
            raise SecretDamaged(uid, name, "part_missing")
        return real(self, uid, name)

    monkeypatch.setattr(FileKeys, "get", half)
    assert (await key_in(tmp_path)()).reveal() == "token0"
    assert len(asked) == 2
