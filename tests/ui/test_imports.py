"""What Qt does to Python's imports is undone: starting the program reads no source of the modules it imports."""

import json
import subprocess
import sys
from pathlib import Path

import cmdesk

_ASK = (
    "import linecache, json, sys; import cmdesk.app, cmdesk.store.tables;"
    "print(json.dumps([list(linecache.cache), [getattr(m, '__file__', None) for m in list(sys.modules.values())]]))"
)


def test_no_source_is_read_for_an_import() -> None:
    done = subprocess.run([sys.executable, "-c", _ASK], check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    sources, imported = json.loads(done.stdout)
    assert str(Path(cmdesk.__file__).parent / "app.py") in imported
    assert len(imported) > 300
    # Qt's own import statement was in force until the room with Qt was entered, and read what came before.
    read = set(sources) & set(imported)
    assert len(read) < 20, sorted(read)


def test_what_qt_loads_late_can_still_be_imported() -> None:
    ask = "import cmdesk.ui; from PySide6.QtWidgets import *; from PySide6.QtNetwork import QLocalServer; print(QPushButton)"
    done = subprocess.run([sys.executable, "-c", ask], check=True, stdout=subprocess.PIPE, text=True, timeout=60)
    assert "QPushButton" in done.stdout
