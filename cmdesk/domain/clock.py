"""The one place that asks the machine for the time, so that every test and every simulation can own the clock."""

from __future__ import annotations

import os
import sys
import time
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import tzdata

if sys.platform == "win32":  # the only system that names zones its own way, hence the only one that needs the table
    import tzlocal

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_FALLBACK_ZONE = "UTC"


class Clock(Protocol):
    """Time and what tells whether two readings of it can be compared."""

    def now(self) -> datetime:
        """The wall clock, aware, UTC. It may jump, forwards and backwards."""

    def monotonic(self) -> float:
        """Seconds that never run backwards within one boot; time asleep may or may not be counted."""

    def boot_id(self) -> str:
        """Equal for two readings only if the machine has not started anew between them."""

    def tzdata_version(self) -> str:
        """Version of the zone rules in use, such as ``2026a``; when it changes, planned wall times are computed anew."""

    def zone_name(self) -> str:
        """The machine's zone as IANA names it (``America/Toronto``); ``UTC`` if it cannot be found."""

    async def sleep(self, seconds: float) -> None:
        """Wait in the running event loop; zero or less only gives way."""


class SystemClock:
    """The machine's own clock."""

    def __init__(self) -> None:
        self._own_boot_id = f"process-{os.urandom(8).hex()}"

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def boot_id(self) -> str:
        """The system's own id of this boot; where it has none, an id of this process, so that nothing is compared wrongly."""
        return find_boot_id(sys.platform, _LINUX_BOOT_ID) or self._own_boot_id

    def tzdata_version(self) -> str:
        return find_tzdata_version(zoneinfo.TZPATH)

    def zone_name(self) -> str:
        """Read anew at each call, because people travel while the program runs."""
        if sys.platform == "win32":
            tzlocal.reload_localzone()
            return _known(tzlocal.get_localzone_name()) or _FALLBACK_ZONE
        else:  # noqa: RET505 - a type checker for Windows would call code after the return unreachable
            return find_zone_name(os.environ, Path("/"))

    async def sleep(self, seconds: float) -> None:
        import asyncio  # start-up speed: the first window needs the time, but no loop

        await asyncio.sleep(seconds)


def find_boot_id(platform: str, linux_file: Path) -> str | None:
    """The system's id of this boot, or None where it keeps none that survives a change of the wall clock (Windows)."""
    if platform == "darwin":
        return _ask_macos()
    if platform != "linux":
        return None
    try:
        return linux_file.read_text(encoding="ascii").strip() or None
    except (OSError, ValueError):
        return None


def _ask_macos() -> str | None:
    import subprocess  # start-up speed: only macOS is asked by a program

    try:
        answer = subprocess.run(["sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True, check=True, timeout=5)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None


def find_tzdata_version(tzpath: tuple[str, ...]) -> str:
    """Version of the rules that ``zoneinfo`` takes: the first folder of its path that holds zones, else the package's."""
    for root in map(Path, tzpath):
        if not (root / "Etc" / "UTC").is_file():
            continue
        for name, prefix in (("tzdata.zi", "# version "), ("+VERSION", "")):
            try:
                with (root / name).open(encoding="utf-8") as file:
                    first = file.readline().strip()
            except (OSError, ValueError):
                continue
            if first.startswith(prefix) and first.removeprefix(prefix):
                return first.removeprefix(prefix)
        # Rules without a version still change: an update of the system rewrites the files.
        return f"unversioned-{int((root / 'Etc').stat().st_mtime)}"
    version: str = tzdata.IANA_VERSION
    return version


def find_zone_name(environ: Mapping[str, str], root: Path) -> str:
    """The zone of a Unix machine: ``TZ``, then the link ``/etc/localtime`` (which rules), then ``/etc/timezone``."""
    # POSIX allows ":America/Toronto" and absolute paths in TZ; a rule such as "EST5EDT,M3.2.0" is no IANA name.
    candidates = [_after_zoneinfo(environ.get("TZ", "").removeprefix(":"))]
    localtime = root / "etc" / "localtime"
    if localtime.is_symlink():
        candidates.append(_after_zoneinfo(os.path.realpath(localtime)))
        candidates.append(_after_zoneinfo(str(localtime.readlink())))
    try:
        text = (root / "etc" / "timezone").read_text(encoding="utf-8")
        candidates.append(text.split("#", 1)[0].strip())
    except (OSError, ValueError):
        pass
    return next((name for name in candidates if _known(name)), _FALLBACK_ZONE)


def _after_zoneinfo(path: str) -> str:
    """``/usr/share/zoneinfo/America/Toronto`` (macOS: ``/var/db/timezone/zoneinfo/…``) names ``America/Toronto``."""
    return path.rpartition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")


def _known(name: str | None) -> str | None:
    """The name, if zone rules exist for it here."""
    try:
        return zoneinfo.ZoneInfo(name).key if name else None
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None
