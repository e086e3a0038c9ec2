"""A small disk of its own that can be filled and made read-only, where the system lets a test mount one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import pytest


class _NoRoom(Exception):
    """The disk is full."""


def _write(file: FileIO, data: bytes) -> None:
    try:
        file.write(data)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _NoRoom from None


class SmallDisk:
    """A mounted folder of a few megabytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self) -> None:
        """Leaves not a byte."""
        with self._filling.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                with contextlib.suppress(_NoRoom):
                    while True:
                        _write(file, b"x" * size)
        assert shutil.disk_usage(self.folder).free == 0

    def make_room(self) -> None:
        """Takes away what fills it."""
        self._filling.unlink()

    def read_only(self, on: bool = True) -> None:
        """Makes the disk one that cannot be written, or takes that back."""
        subprocess.run(["mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path, megabytes: int = 3) -> Iterator[SmallDisk]:
    """Mounts one on a new folder; skips the test, saying so, where that is not possible."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("NOT RUN: a disk can be filled only where a test may mount one (Linux, root)")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"NOT RUN: this system lets no test mount a disk: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        # Lazily: a file that a failed test left open must not keep the disk.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
