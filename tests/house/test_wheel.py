"""The wheel: built from this tree, installed apart from it, started, and found complete."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import cmdesk
from build_scripts import places
from tests.helpers.source import ROOT, modules


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder)
    _run(sys.executable, "-m", "pip", "wheel", ROOT, *options, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and, borrowed from this one by a .pth file, its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=not places.WINDOWS)
    site = Path(
        _run(places.program(folder, "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    borrowed = Path(sys.prefix) / site.relative_to(folder)
    _run(sys.executable, "-m", "pip", "--python", folder, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=folder)
    # Not a .pth of a .pth: this environment's link to the source tree must not come along.
    (site / "borrowed.pth").write_text(f"{borrowed}\n", "utf-8")
    return folder


@pytest.mark.slow
def test_the_wheel_holds_the_program_and_its_resources(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {module.path for module in modules("cmdesk")} <= names
    resources = {file.relative_to(ROOT).as_posix() for file in (ROOT / "resources").rglob("*") if file.is_file()}
    assert {f"cmdesk/_{name}" for name in resources} <= names
    assert not [name for name in names if name.startswith(("tests", "build_scripts", "resources"))]
    assert wheel.name.startswith(f"cmdesk-{cmdesk.__version__}-py3-none-any")


@pytest.mark.slow
def test_the_installed_program_says_its_version(installed: Path) -> None:
    assert cmdesk.__version__ in _run(places.program(installed, "cmdesk"), "--version", cwd=installed)


@pytest.mark.slow
def test_the_installed_program_finds_its_resources(installed: Path) -> None:
    code = "import cmdesk.resources as r; print(r.ROOT); print(len(list(r.path('icons').glob('*.svg'))))"
    root, icons = _run(places.program(installed, "python"), "-c", code, cwd=installed).split()
    assert Path(root).is_relative_to(installed)
    assert int(icons) == len(list((ROOT / "resources" / "icons").glob("*.svg"))) > 0
