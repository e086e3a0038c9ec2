"""Keeps the program's settings in one JSON file, written whole or not at all, with the keys of newer versions left alone."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from cmdesk.domain.settings import Settings, sound

_LARGEST = 1_000_000


def load(path: Path) -> Settings:
    """The settings of a file. A missing or unreadable file gives the defaults: settings are never worth a failed start."""
    data = _read(path)
    wanted = {name: type(value) for name, value in asdict(Settings()).items()}
    values: dict[str, Any] = {}
    for name, kind in wanted.items():
        value = data.get(name)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if isinstance(value, kind):
            values[name] = value
    return sound(Settings(**values))


def save(path: Path, settings: Settings) -> None:
    """Writes the settings beside the file, then puts them in its place. Raises OSError when the disk refuses."""
    data = _read(path) | asdict(sound(settings))
    words = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST)
        data = json.loads(raw.decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
