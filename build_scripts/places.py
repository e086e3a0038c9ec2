"""Knows where things are in a checkout, so that no script spells a path twice."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "build_scripts" / "requirements"
LOCK = REQUIREMENTS / "dev.txt"
LOCK_RUN = REQUIREMENTS / "run.txt"
#: The real servers of the tests: what is locked, and where they are installed.
SERVERS = ROOT / "tests" / "servers" / "atproto"
LOCK_SERVERS = ROOT / "tests" / "servers" / "node.txt"
INSTALLED = ROOT / ".servers" / "atproto"
PYPROJECT = ROOT / "pyproject.toml"
WORDS = ROOT / "resources" / "i18n"
WINDOWS = sys.platform == "win32"


def program(venv: Path, name: str) -> Path:
    """The path of a program that pip installed in a virtual environment."""
    return venv / "Scripts" / f"{name}.exe" if WINDOWS else venv / "bin" / name
