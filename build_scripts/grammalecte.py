"""Sees to Grammalecte, which reads French and which no wheel carries: Debian's package, installed or unpacked here."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build_scripts import places, system

PACKAGE = "python3-grammalecte"
#: Where Debian puts it, and where the checkout keeps what it has unpacked itself.
_DEBIAN = Path("/usr/lib/python3/dist-packages/grammalecte")
UNPACKED = places.ROOT / ".language"
_RETRY_SECONDS = 24 * 3600


def there() -> bool:
    """Whether the language worker will find it."""
    return _DEBIAN.is_dir() or (UNPACKED / "grammalecte" / "fr").is_dir()


def wished() -> tuple[str, ...]:
    """What to ask of the system's packages: nothing for a user who is not root, to whom ``offer`` brings it."""
    return () if there() or (system.on_debian() and os.geteuid() != 0) else system.LANGUAGE


def offer() -> None:
    """Tries to get it: as root with the other packages (``system.LANGUAGE``), else unpacked into ``.language``.

    What fails is told and noted, and tried again after a day at the earliest, at once where env CI is set. Without it French is
    read by the rules and the dictionary alone, and the tests that want it say so.
    """
    failed = UNPACKED / "failed"
    if there() or (failed.exists() and time.time() - failed.stat().st_mtime < _RETRY_SECONDS and not os.environ.get("CI")):
        return
    UNPACKED.mkdir(exist_ok=True)
    if system.on_debian() and unpack(UNPACKED):
        failed.unlink(missing_ok=True)
        return
    failed.write_text("Grammalecte could not be had; removing this file makes the next start try again\n", "ascii")
    system.say(
        f"Grammalecte is not to be had here: French is read by the rules and the dictionary alone. It is Debian's package "
        f"{PACKAGE}; its folder grammalecte/ may also be put into {UNPACKED.name}/ by hand."
    )


def unpack(target: Path) -> bool:
    """Fetches Debian's package by its own client and puts its folder ``grammalecte``, with its licence, into ``target``.

    A bundle is fed by this, too: the package is plain Python for every system.
    """
    if not shutil.which("dpkg-deb"):
        return False
    with tempfile.TemporaryDirectory(prefix="cmdesk-grammalecte-") as name:
        folder = Path(name)
        fetch = ["apt-get", "-q", "download", PACKAGE]
        if subprocess.run(fetch, cwd=folder, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False).returncode:
            return False
        package = next(folder.glob(f"{PACKAGE}_*.deb"), None)
        if package is None or subprocess.run(["dpkg-deb", "-x", str(package), str(folder / "all")], check=False).returncode:
            return False
        found = folder / "all" / _DEBIAN.relative_to("/")
        notice = folder / "all" / "usr/share/doc" / PACKAGE / "copyright"
        shutil.rmtree(target / "grammalecte", ignore_errors=True)
        shutil.copytree(found, target / "grammalecte")
        shutil.copyfile(notice, target / "grammalecte" / "COPYRIGHT")
    return True
