"""The least that PySide6 can show: an empty main window, whose start and memory are the floor for every other."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """Says when it is painted; ends then, or stays for so many milliseconds when told to."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first one counts."""
        super().paintEvent(event)
        print("painted", flush=True)
        if len(sys.argv) > 1:
            QTimer.singleShot(int(sys.argv[1]), self.close)
        else:
            os._exit(0)


app = QApplication([])
window = Bare()
window.resize(1280, 800)
window.show()
app.exec()
if len(sys.argv) > 1:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmRSS:")), flush=True)
