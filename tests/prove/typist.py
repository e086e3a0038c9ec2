"""Somebody who types, pastes, takes back, adds pictures and changes clients in the real window, and tells of every step.

Run as a program by ``r3``, which kills it: `python -m tests.prove.typist HOME SEED`. Each step is a line of JSON on stdout with
the system's monotonic time, the number of the draft and what then stood on the sheet.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cmdesk.app import Root
from cmdesk.domain.clock import SystemClock
from cmdesk.services.home import Home
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.screens import NewPost, Target
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring

#: 50 characters a second.
STEP_MS = 20
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Typist(QObject):
    """Does one thing at every step."""

    def __init__(self, app: QApplication, root: Root, seed: int) -> None:
        super().__init__()
        self._app, self._root, self._rng = app, root, random.Random(seed)
        self._clients = [ws.client.id for ws in root.desk.workspaces]
        self._draft, self._count, self._pasted = -1, 0, False
        self._steps = QTimer(self)
        self._steps.setTimerType(Qt.TimerType.PreciseTimer)
        self._steps.setInterval(STEP_MS)
        self._steps.timeout.connect(self._step)

    def start(self) -> None:
        """Begins with a new draft."""
        self._begin()
        self._steps.start()

    def _begin(self) -> None:
        self._draft += 1
        self._count = 0
        self._root.window.go(Target("posts", self._clients[self._draft % len(self._clients)], NewPost(None)))
        self._view = next(one for one in self._root.window.findChildren(PostsView) if one.isVisible())
        self._press(LETTERS[self._draft % len(LETTERS)])

    def _step(self) -> None:
        chance = self._rng.random()
        pasted, self._pasted = self._pasted, False
        if pasted and chance < 0.3:
            self._view.page.paper.undo()
            self._tell()
        elif chance < 0.01:
            self._app.clipboard().setText(" ".join(str(self._rng.random()) for _ in range(20)))
            self._view.page.paper.paste()
            self._pasted = True
            self._tell()
        elif chance < 0.013:
            picture = QImage(64, 64, QImage.Format.Format_RGB32)
            picture.fill(self._rng.randrange(1 << 24))
            self._app.clipboard().setImage(picture)
            self._view.page.paper.paste()
        elif chance < 0.02 and self._count > 20:
            self._begin()
        else:
            self._count += 1
            self._press(f"{self._count:05d} "[self._count % 6])

    def _press(self, letter: str) -> None:
        QTest.keyClicks(self._view.page.paper, letter)
        self._tell()

    def _tell(self) -> None:
        line = {"at": time.monotonic(), "draft": self._draft, "text": self._view.page.paper.text()}
        os.write(1, json.dumps(line).encode() + b"\n")


def main(home: Path, seed: int) -> int:
    """Opens the window and types until killed."""
    app = QApplication([])
    own = Home(home)
    own.prepare()

    def told(event: str) -> None:
        if event == "shown":
            QTimer.singleShot(0, typist.start)

    root = Root(app, own, locale="en-CA", vault=Vault(InMemoryKeyring()), clock=SystemClock(), tell=told)
    root.open(practice=False)
    typist = Typist(app, root, seed)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
