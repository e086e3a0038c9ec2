"""Keeps the words' files true to the source: extracts what ui/ says, compiles what translators wrote, finds what is stale."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from build_scripts import places, system

#: English needs its own file for plurals alone: the source is English already.
LANGUAGES = {"fr": (), "en": ("-pluralonly",)}


def _tool(venv: Path, name: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(places.program(venv, name)), *arguments], cwd=places.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise system.Refused(f"{name} failed:\n{done.stdout}{done.stderr}".strip())


def _sources() -> list[str]:
    folder = places.ROOT / "cmdesk" / "ui"
    return [file.relative_to(places.ROOT).as_posix() for file in sorted(folder.rglob("*.py"))]


def _update(venv: Path, folder: Path) -> None:
    """Brings the .ts files of a folder in line with the source; without line numbers, so that differences stay calm."""
    for language, options in LANGUAGES.items():
        target = folder / f"cmdesk_{language}.ts"
        _tool(
            venv, "pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en",
            "-target-language", "fr_CA" if language == "fr" else "en_CA", *options, *_sources(), "-ts", str(target),
        )  # fmt: skip


def _compile(venv: Path, folder: Path) -> None:
    for language in LANGUAGES:
        base = folder / f"cmdesk_{language}"
        _tool(venv, "pyside6-lrelease", "-silent", f"{base}.ts", "-qm", f"{base}.qm")


def refresh(venv: Path) -> None:
    """Updates the .ts files from the source and compiles the .qm files."""
    places.WORDS.mkdir(parents=True, exist_ok=True)
    _update(venv, places.WORDS)
    _compile(venv, places.WORDS)
    for language in LANGUAGES:
        open_ones = _unfinished(places.WORDS / f"cmdesk_{language}.ts")
        system.say(f"cmdesk_{language}: {open_ones or 'nothing'} unfinished")


def _unfinished(file: Path) -> int:
    return file.read_text("utf-8").count('type="unfinished"')


def problems(venv: Path) -> list[str]:
    """What keeps the words from being released, a sentence each; works on a copy and changes nothing."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for language in LANGUAGES:
            file = places.WORDS / f"cmdesk_{language}.ts"
            if not file.exists():
                return [f"{file.name} does not exist: run dev.py i18n"]
            shutil.copy(file, folder)
        _update(venv, folder)
        _compile(venv, folder)
        for language in LANGUAGES:
            source, built = f"cmdesk_{language}.ts", f"cmdesk_{language}.qm"
            if (folder / source).read_bytes() != (places.WORDS / source).read_bytes():
                found.append(f"{source} does not match the source: run dev.py i18n")
            if count := _unfinished(folder / source):
                found.append(f"{source} has {count} unfinished entries")
            committed = places.WORDS / built
            if not committed.exists() or committed.read_bytes() != (folder / built).read_bytes():
                found.append(f"{built} is not made from {source}: run dev.py i18n")
    return found
