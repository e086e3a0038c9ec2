"""The real clock tells the truth about this machine, and the tests' clock keeps the same contract."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tzdata

from cmdesk.domain import clock as clock_module
from cmdesk.domain.clock import Clock, SystemClock, find_boot_id, find_tzdata_version, find_zone_name
from tests.helpers.clocks import FakeClock


@pytest.mark.parametrize("clock", [SystemClock(), FakeClock()], ids=["system", "fake"])
def test_every_clock_keeps_the_contract(clock: Clock) -> None:
    first, earlier = clock.now(), clock.monotonic()
    assert first.tzinfo is UTC
    assert clock.now() >= first
    assert clock.monotonic() >= earlier
    assert clock.boot_id() == clock.boot_id() != ""
    assert clock.tzdata_version() == clock.tzdata_version() != ""
    assert zoneinfo.ZoneInfo(clock.zone_name()).key == clock.zone_name()


async def _sleep_a_little() -> float:
    clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0.01)
    return clock.monotonic() - before


def test_the_real_sleep_takes_its_time() -> None:
    # Event loops may wake one tick of their clock early.
    assert asyncio.run(_sleep_a_little()) >= 0.009


class TestZone:
    def test_the_environment_wins(self, tmp_path: Path) -> None:
        _link(tmp_path, "/usr/share/zoneinfo/Europe/Paris")
        for spelt in ("America/Montreal", ":America/Montreal", "/usr/share/zoneinfo/America/Montreal"):
            assert find_zone_name({"TZ": spelt}, tmp_path) == "America/Montreal"

    def test_the_environment_is_read_by_the_real_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = SystemClock()
        for zone in ("Pacific/Chatham", "America/St_Johns"):
            monkeypatch.setenv("TZ", zone)
            assert clock.zone_name() == zone

    @pytest.mark.parametrize("nonsense", ["", "Nowhere/Land", "EST5EDT,M3.2.0,M11.1.0", "../../etc/passwd", "a\0b", "Europe"])
    def test_nonsense_in_the_environment_is_passed_over(self, tmp_path: Path, nonsense: str) -> None:
        _link(tmp_path, "/usr/share/zoneinfo/Europe/Paris")
        assert find_zone_name({"TZ": nonsense}, tmp_path) == "Europe/Paris"

    @pytest.mark.parametrize(
        "target",
        [
            "/usr/share/zoneinfo/America/Argentina/Ushuaia",
            "../usr/share/zoneinfo/America/Argentina/Ushuaia",
            "/usr/share/zoneinfo/posix/America/Argentina/Ushuaia",
            "/var/db/timezone/zoneinfo/America/Argentina/Ushuaia",
        ],
    )
    def test_the_link_names_the_zone(self, tmp_path: Path, target: str) -> None:
        _link(tmp_path, target)
        assert find_zone_name({}, tmp_path) == "America/Argentina/Ushuaia"

    def test_the_link_wins_over_the_text_file_because_the_system_follows_the_link(self, tmp_path: Path) -> None:
        _link(tmp_path, "/usr/share/zoneinfo/Europe/Paris")
        (tmp_path / "etc" / "timezone").write_text("America/Toronto\n")
        assert find_zone_name({}, tmp_path) == "Europe/Paris"

    def test_a_copied_file_leaves_the_text_file(self, tmp_path: Path) -> None:
        (tmp_path / "etc").mkdir()
        (tmp_path / "etc" / "localtime").write_bytes(b"TZif2")
        (tmp_path / "etc" / "timezone").write_text("America/Toronto # home\n")
        assert find_zone_name({}, tmp_path) == "America/Toronto"

    @pytest.mark.parametrize("content", [None, b"", b"Nowhere/Land\n", b"\xff\xfe\x00"])
    def test_without_any_name_it_is_utc(self, tmp_path: Path, content: bytes | None) -> None:
        if content is not None:
            (tmp_path / "etc").mkdir()
            (tmp_path / "etc" / "timezone").write_bytes(content)
        assert find_zone_name({}, tmp_path) == "UTC"


class TestRules:
    def test_the_version_is_the_one_of_the_rules_in_use(self) -> None:
        found = SystemClock().tzdata_version()
        assert found == find_tzdata_version(zoneinfo.TZPATH)
        assert found[:4].isdigit() or found.startswith("unversioned-")

    def test_debian_writes_it_into_the_source_file(self, tmp_path: Path) -> None:
        _zones(tmp_path)
        (tmp_path / "tzdata.zi").write_text("# version 2019c\nR d 1916 o\n")
        assert find_tzdata_version(("/absent", str(tmp_path))) == "2019c"

    def test_macos_writes_it_into_its_own_file(self, tmp_path: Path) -> None:
        _zones(tmp_path)
        (tmp_path / "tzdata.zi").write_text("nothing of use\n")
        (tmp_path / "+VERSION").write_text("2021e\n")
        assert find_tzdata_version((str(tmp_path),)) == "2021e"

    def test_rules_without_a_version_change_with_their_files(self, tmp_path: Path) -> None:
        _zones(tmp_path)
        first = find_tzdata_version((str(tmp_path),))
        os.utime(tmp_path / "Etc", (1, 1))
        assert first != find_tzdata_version((str(tmp_path),)) == "unversioned-1"

    def test_without_system_rules_the_package_counts(self, tmp_path: Path) -> None:
        assert find_tzdata_version((str(tmp_path),)) == find_tzdata_version(()) == tzdata.IANA_VERSION


class TestBoot:
    def test_linux_keeps_it_in_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "boot_id"
        assert find_boot_id("linux", file) is None
        file.write_text("\n")
        assert find_boot_id("linux", file) is None
        file.write_text("6ad6e4f0-1111\n")
        assert find_boot_id("linux", file) == "6ad6e4f0-1111"
        file.write_bytes(b"\xff")
        assert find_boot_id("linux", file) is None

    def test_macos_is_asked_by_its_tool(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        tool = tmp_path / "sysctl"
        tool.write_text('#!/bin/sh\necho "$1 $2"\n')
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        assert find_boot_id("darwin", tmp_path) == "-n kern.bootsessionuuid"
        tool.write_text("#!/bin/sh\nexit 1\n")
        assert find_boot_id("darwin", tmp_path) is None

    def test_a_system_without_one_never_lets_two_processes_compare(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert find_boot_id("win32", tmp_path) is None
        monkeypatch.setattr(clock_module, "_LINUX_BOOT_ID", tmp_path / "absent")
        monkeypatch.setattr(sys, "platform", "freebsd14")
        one, other = SystemClock(), SystemClock()
        assert one.boot_id() == one.boot_id() != other.boot_id()

    @pytest.mark.skipif(sys.platform != "linux", reason="reads what only Linux has")
    def test_two_processes_of_one_boot_agree(self) -> None:
        code = "from cmdesk.domain.clock import SystemClock; print(SystemClock().boot_id())"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
        assert told.stdout.strip() == SystemClock().boot_id()


class TestFakeClock:
    def test_it_stands_still_and_moves_on_command(self) -> None:
        clock = FakeClock()
        start, count = clock.now(), clock.monotonic()
        clock.advance(90)
        assert (clock.now() - start, clock.monotonic() - count) == (timedelta(seconds=90), 90)
        clock.jump(-3600)
        assert (clock.now() - start, clock.monotonic() - count) == (timedelta(seconds=90 - 3600), 90)
        clock.set(datetime(2027, 1, 1, tzinfo=zoneinfo.ZoneInfo("America/Toronto")))
        assert clock.now() == datetime(2027, 1, 1, 5, tzinfo=UTC)
        boot = clock.boot_id()
        clock.reboot()
        assert clock.boot_id() != boot
        assert clock.monotonic() < count

    def test_it_refuses_what_no_clock_does(self) -> None:
        with pytest.raises(ValueError, match="backwards"):
            FakeClock().advance(-1)
        with pytest.raises(ValueError, match="aware"):
            FakeClock().set(datetime(2027, 1, 1))  # noqa: DTZ001 - the naive moment is the point

    def test_sleepers_wake_when_due_in_order_and_not_before(self) -> None:
        clock, woken = FakeClock(), list[str]()

        async def nap(name: str, seconds: float) -> None:
            await clock.sleep(seconds)
            woken.append(name)

        async def story() -> None:
            naps = [asyncio.create_task(nap(*pair)) for pair in (("long", 20.0), ("short", 10.0), ("none", 0.0))]
            await _let_others_run()
            assert clock.sleeping == 2
            clock.advance(9.9)
            clock.jump(1000)
            await _let_others_run()
            assert woken == ["none"]
            clock.advance(50)
            await asyncio.gather(*naps)

        asyncio.run(story())
        assert woken == ["none", "short", "long"]
        assert clock.sleeping == 0

    def test_a_cancelled_sleeper_is_forgotten(self) -> None:
        clock = FakeClock()

        async def story() -> None:
            nap = asyncio.create_task(clock.sleep(5))
            await _let_others_run()
            assert clock.sleeping == 1
            clock.advance(5)
            nap.cancel()
            await asyncio.wait([nap])
            assert nap.cancelled()

        asyncio.run(story())
        assert clock.sleeping == 0

    def test_a_test_thread_may_wait_for_and_wake_another_threads_loop(self) -> None:
        clock = FakeClock()
        sleeper = threading.Thread(target=lambda: asyncio.run(clock.sleep(3)))
        sleeper.start()
        clock.until_sleeping()
        clock.advance(3)
        sleeper.join(10)
        assert not sleeper.is_alive()
        with pytest.raises(AssertionError, match="0 of 1"):
            clock.until_sleeping(timeout=0)


async def _let_others_run() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def _link(root: Path, target: str) -> None:
    (root / "etc").mkdir()
    (root / "etc" / "localtime").symlink_to(target)


def _zones(root: Path) -> None:
    (root / "Etc").mkdir()
    (root / "Etc" / "UTC").write_bytes(b"TZif2")
