"""Gives the measured programs a screen: Xvfb with a window manager where there is one, else Qt's own without pixels on glass."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SIZE = "1600x1000x24"


@contextmanager
def screen() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Names the kind of screen and gives the environment in which a program finds it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "WAYLAND_DISPLAY"}}
    server = shutil.which("Xvfb")
    if server is None:
        yield "offscreen", {**kept, "QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as display:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        env = {**kept, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        manager = shutil.which("openbox")
        try:
            if manager is None:
                yield "Xvfb", env
                return
            with subprocess.Popen([manager], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as managing:
                try:
                    yield "Xvfb with openbox", env
                finally:
                    managing.terminate()
        finally:
            display.terminate()
