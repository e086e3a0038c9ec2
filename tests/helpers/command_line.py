"""Runs commands for tests: in this process with every part handed over, or as the real program in a child process."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cmdesk.cli import parser, run
from cmdesk.domain.clock import Clock, SystemClock
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


@dataclass
class Terminal:
    """Somebody at a terminal over one data folder; the keyring is the one handed over, shared by all commands."""

    home: Path
    keyring: InMemoryKeyring = field(default_factory=InMemoryKeyring)
    environ: Mapping[str, str] = field(default_factory=lambda: {"LANG": "en_CA.UTF-8"})
    clock: Clock = field(default_factory=SystemClock)

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Result:
        """Runs a command in this process, as ``__main__`` does."""
        out, err = io.StringIO(), io.StringIO()
        around = run.Surroundings(
            io.BytesIO(stdin), out, err, {**self.environ, "CMDESK_HOME": str(self.home)}, Vault(self.keyring), self.clock
        )
        try:
            args, words = run.read_arguments(arguments, around.environ)
        except parser.WrongUsage as problem:
            code = run.wrong_usage(arguments, problem, around)
        else:
            code = run.carry_out(args, words, around)
        return Result(int(code), out.getvalue(), err.getvalue())

    def json(self, *arguments: str, stdin: bytes = b"") -> Any:
        """The document of a command that must succeed."""
        result = self(*arguments, "--json", stdin=stdin)
        assert result.code == 0, result.err
        return result.json


@dataclass(frozen=True)
class Program:
    """The real program as a child process, over one data folder and one environment."""

    home: Path
    environ: Mapping[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts it; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "cmdesk", *arguments],
            cwd=ROOT,
            env={**self.environ, "CMDESK_HOME": str(self.home), "LANG": "en_CA.UTF-8", "PYTHONWARNINGS": "default"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Result:
        """Runs it to its end."""
        with self.start(*arguments) as process:
            try:
                out, err = process.communicate(stdin, timeout=90)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Result(process.returncode, out.decode("utf-8"), err.decode("utf-8"))

    def json(self, *arguments: str, stdin: bytes = b"", code: int = 0) -> Any:
        """The document of a command that must end with this code."""
        result = self(*arguments, "--json", stdin=stdin)
        assert result.code == code, (result.code, result.out, result.err)
        return result.json


def inherited() -> dict[str, str]:
    """This process's environment, with byte code kept: a child is started for every command."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def eventually(look: Callable[[], bool], seconds: float = 30) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "it never became so"
        time.sleep(0.05)


def address_said(process: subprocess.Popen[bytes]) -> str:
    """The first web address that a running command tells on stderr."""
    assert process.stderr is not None
    said = ""
    while line := process.stderr.readline().decode("utf-8"):
        said += line
        if found := re.search(r"https?://\S+", line):
            return found.group()
    raise AssertionError(f"no address was told: {said}")


def browser_that_writes(folder: Path) -> tuple[str, Path]:
    """A value for BROWSER, and the file into which this browser writes the address it is sent to."""
    seen, script = folder / "browser-went-to", folder / "browser.py"
    script.write_text(f"import pathlib, sys\npathlib.Path({str(seen)!r}).write_text(sys.argv[1], 'utf-8')\n", "utf-8")
    return f"{sys.executable} {script} %s", seen
