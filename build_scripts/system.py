"""Sees to the packages of the operating system that no wheel carries: Qt's libraries, a keyring and fonts for the tests."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

#: Qt's offscreen and X11 platforms need these of Debian; the other xcb libraries come along with them.
WINDOW = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
#: Colour emoji and scripts that the program's own font lacks, so that pictures look alike everywhere.
FONTS = ("fonts-noto-color-emoji", "fonts-noto-core")
#: A real Secret Service for the vault's tests.
KEYRING = ("dbus-daemon", "gnome-keyring")
#: What the whole AT Protocol network of the tests keeps its things in.
STORES = ("postgresql", "postgresql-common", "redis-server")
#: What reads French in the language worker (build_scripts/grammalecte.py has the way for those who are not root).
LANGUAGE = ("python3-grammalecte",)
#: Unicode's own test cases for the borders of what a reader takes for one character.
UNICODE = ("unicode-data",)

_RETRY_SECONDS = 24 * 3600
_SOURCES = Path("/etc/apt/sources.list.d")


class Refused(Exception):
    """Something that only the user can put right; the text says what."""


def say(text: str) -> None:
    """Progress goes to stderr: stdout belongs to the verb's result."""
    print(text, file=sys.stderr, flush=True)


def on_debian() -> bool:
    return sys.platform == "linux" and bool(shutil.which("apt-get")) and bool(shutil.which("dpkg-query"))


def missing(packages: Iterable[str]) -> list[str]:
    """Those of the packages that are neither installed nor provided by an installed one (libglib2.0-0t64)."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}|${Package}|${Provides}\n"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    present: set[str] = set()
    for line in listing.splitlines():
        status, name, provides = line.split("|", 2)
        if status.startswith("ii"):
            present.add(name)
            present.update(word.split("(")[0].strip() for word in provides.split(","))
    return [name for name in packages if name not in present]


def apt_line(packages: Sequence[str]) -> str:
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def _apt(*arguments: str) -> bool:
    """Runs apt-get without questions; its words go to stderr."""
    done = subprocess.run(
        ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    return done.returncode == 0


def _install(packages: Sequence[str], *options: str) -> bool:
    """Installs from the package lists that are there; reads fresh lists only when that fails."""
    install = ("install", "--no-install-recommends", *options, *packages)
    return _apt(*install) or (_apt("update") and _apt(*install))


def require(needed: Sequence[str], why: str, wished: Sequence[str] = ()) -> None:
    """Installs missing packages as root on Debian, else names the line to type.

    Refused when one of the needed is missing in the end; without the wished ones it goes on, and the tests that want
    them say so themselves.
    """
    if not on_debian():
        return
    lacking = missing([*needed, *wished])
    if not lacking:
        return
    text = f"System packages are missing {why}. Please run:\n  {apt_line(lacking)}"
    if os.geteuid() == 0:
        say(f"Installing system packages {why}: {' '.join(lacking)}")
        if _install(lacking):
            return
        text = f"apt-get could not install what is missing {why}: {' '.join(lacking)}"
    if set(lacking) & set(needed):
        raise Refused(text)
    say(text)


def _backports() -> str | None:
    """An apt sources stanza for this Debian's backports, made from the machine's own; None when it has none to copy."""
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text("utf-8").splitlines() if "=" in line)
    codename = release.get("VERSION_CODENAME", "").strip('"')
    if release.get("ID") != "debian" or not codename:
        return None
    for file in sorted(_SOURCES.glob("*.sources")):
        for stanza in file.read_text("utf-8").split("\n\n"):
            lines = [line for line in stanza.splitlines() if line.strip() and not line.startswith("#")]
            suites = next((line.split(":", 1)[1].split() for line in lines if line.startswith("Suites:")), [])
            if codename in suites:
                kept = [line for line in lines if not line.startswith("Suites:")]
                return "\n".join([*kept, f"Suites: {codename}-backports", ""])
    classic = Path("/etc/apt/sources.list")
    for line in classic.read_text("utf-8").splitlines() if classic.exists() else ():
        words = line.split()
        if words[:1] == ["deb"] and codename in words:
            place = words.index(codename)
            return f"Types: deb\nURIs: {words[place - 1]}\nSuites: {codename}-backports\nComponents: main\n"
    return None


def offer_snac(note: Path) -> None:
    """Tries to install snac2, the odd Mastodon-API server of one group of tests, from Debian's backports.

    Only as root. A failed try is noted in a file and repeated after a day at the earliest: the tests skip with the
    reason meanwhile. The machine's apt sources are as before afterwards.
    """
    if shutil.which("snac") or not on_debian() or os.geteuid() != 0:
        return
    if note.exists() and time.time() - note.stat().st_mtime < _RETRY_SECONDS:
        return
    stanza = _backports()
    if stanza is not None:
        suite = next(line.split()[1] for line in stanza.splitlines() if line.startswith("Suites:"))
        source = _SOURCES / "cmdesk-tests-backports.sources"
        say(f"Installing snac2 from {suite} for the tests of odd servers")
        try:
            source.write_text(stanza, "utf-8")
            only = ("-o", f"Dir::Etc::sourcelist={source}", "-o", "Dir::Etc::sourceparts=-")
            if _apt("update", *only, "-o", "APT::Get::List-Cleanup=0"):
                _apt("install", "--no-install-recommends", "-t", suite, "snac2")
                if shutil.which("systemctl"):
                    # The package enables a server of its own; the tests start theirs by themselves.
                    subprocess.run(["systemctl", "disable", "--now", "snac2"], capture_output=True, check=False)
        finally:
            source.unlink(missing_ok=True)
    if not shutil.which("snac"):
        note.write_text("snac2 could not be installed; removing this file makes the next start try again\n", "utf-8")
        say("snac2 is not to be had here: the tests of that odd server will say so and be skipped")
