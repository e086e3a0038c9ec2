"""Makes and keeps the virtual environment: locked, hash-pinned, and whole even when its making was interrupted."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts import places, system

_READY = "cmdesk-ready.json"
_FLOOR = (3, 11)
_PROBE = "import sys; print(sys.version_info[0], sys.version_info[1], sys.executable, sep='|')"


def _probe(command: list[str]) -> tuple[tuple[int, int], str] | None:
    """Version and path of an interpreter, or None when the command is none."""
    try:
        answer = subprocess.run([*command, "-c", _PROBE], capture_output=True, text=True, check=False)
    except OSError:
        return None
    if answer.returncode != 0:
        return None
    major, minor, path = answer.stdout.strip().split("|", 2)
    return (int(major), int(minor)), path


def _candidates(wanted: str) -> Iterator[list[str]]:
    if not wanted.replace(".", "").isdigit():
        yield [wanted]
        return
    if found := shutil.which(f"python{wanted}"):
        yield [found]
    if places.WINDOWS and shutil.which("py"):
        yield ["py", f"-{wanted}"]
    # pyenv's shims answer only for the versions that are switched on; the others lie beside them.
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for folder in sorted(versions.glob(f"{wanted}*"), reverse=True):
        yield [str(folder / "bin" / "python")]


def interpreter(wanted: str | None) -> tuple[Path, Path]:
    """The Python to build on and the folder of its environment; Refused when there is none or it is too old."""
    if wanted is None:
        # Started by the environment's own Python: build on the one below it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        return Path(base if sys.prefix != sys.base_prefix else sys.executable), places.ROOT / ".venv"
    for command in _candidates(wanted):
        if found := _probe(command):
            version, path = found
            if version < _FLOOR:
                raise system.Refused(f"cmdesk needs Python 3.11 or newer; {path} is {version[0]}.{version[1]}.")
            return Path(path), places.ROOT / f".venv-{version[0]}.{version[1]}"
    raise system.Refused(f"No Python {wanted} was found; give its path: --python /path/to/python3")


@contextmanager
def _alone(venv: Path) -> Iterator[None]:
    """One maker at a time; the lock falls with the process, so a killed one leaves nothing behind."""
    with Path(f"{venv}.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt  # this system's own

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # this system's own

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _project() -> str:
    """What the installed project depends on: its metadata, how it is built, and its version; not the tools' settings."""
    settings = tomllib.loads(places.PYPROJECT.read_text("utf-8"))
    told = [settings["build-system"], settings["project"], settings["tool"]["hatch"]]
    version = (places.ROOT / "cmdesk" / "__init__.py").read_text("utf-8")
    return _digest(json.dumps([*told, version], sort_keys=True).encode("utf-8"))


def _wanted(python: Path) -> dict[str, str]:
    found = _probe([str(python)])
    if found is None:
        raise system.Refused(f"{python} does not run.")
    return {
        # python, python3 and python3.11 are one file: the environment is not made anew for another name of it.
        "python": f"{found[0][0]}.{found[0][1]} {python.resolve()}",
        "place": str(places.ROOT),
        "lock": _digest(places.LOCK.read_bytes()),
        "project": _project(),
    }


def _ready(venv: Path) -> dict[str, str]:
    try:
        marker = json.loads((venv / _READY).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) and places.program(venv, "python").exists() else {}


def _make(python: Path, venv: Path) -> None:
    """A fresh, empty environment in place of whatever is there."""
    if subprocess.run([str(python), "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        version = _probe([str(python)])
        exact = f"python{version[0][0]}.{version[0][1]}-venv" if version else "python3-venv"
        system.require([exact], "to make a virtual environment")
    system.say(f"Making {venv.name}")
    subprocess.run([str(python), "-m", "venv", "--clear", str(venv)], check=True, stdout=sys.stderr)


def _pip(venv: Path, *arguments: str) -> None:
    # A build writes byte code and asks nobody; what the user set for the network (mirror, certificates) stays.
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [str(places.program(venv, "python")), "-m", "pip", "install", "--quiet", *arguments]
    subprocess.run(command, check=True, stdout=sys.stderr, env=environment, cwd=places.ROOT)


def prepare(wanted_python: str | None) -> Path:
    """The folder of a complete environment; makes, repairs or refreshes it first, which costs nothing when it is whole.

    The marker is taken away before anything changes and written last: an environment without it was interrupted, and
    is made anew, because pip can't tell a half-copied package from a whole one.
    """
    python, venv = interpreter(wanted_python)
    wanted = _wanted(python)
    if _ready(venv) == wanted:
        return venv
    with _alone(venv):
        ready = _ready(venv)
        if ready == wanted:
            return venv
        whole = ready.get("python") == wanted["python"] and ready.get("place") == wanted["place"]
        (venv / _READY).unlink(missing_ok=True)
        try:
            if not whole:
                _make(python, venv)
            if not whole or ready.get("lock") != wanted["lock"]:
                system.say("Installing the locked packages (about a minute the first time)")
                _pip(venv, "--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(places.LOCK))
            _pip(venv, "--no-deps", "--no-build-isolation", "--editable", str(places.ROOT))
        except subprocess.CalledProcessError as problem:
            raise system.Refused(
                f"The environment could not be completed (exit code {problem.returncode} of {problem.cmd[2]}); "
                "the next start tries again from the beginning."
            ) from None
        draft = venv / f"{_READY}.new"
        draft.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")
        draft.replace(venv / _READY)
    return venv
