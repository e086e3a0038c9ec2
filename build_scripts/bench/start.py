"""Measures starts: a bare window and the installed program in turn, from the call of the interpreter to the first paint."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_scripts import places
from build_scripts.bench import data
from build_scripts.bench.figures import summary

PROBES = Path(__file__).resolve().parent / "probes"
_PATIENCE = 60.0


def install(folder: Path) -> Path:
    """Builds the wheel and unpacks it, with its byte code, into a folder of its own; gives that folder."""
    target = folder / "installed"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels = folder / "wheels"
    for command in (
        [*pip, "wheel", str(places.ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels)],
        [*pip, "install", "--no-deps", "--target", str(target), "--no-index", "--find-links", str(wheels), "cmdesk"],
        [sys.executable, "-m", "compileall", "-q", str(target)],
    ):
        subprocess.run(command, check=True, stdout=sys.stderr)
    return target


def timed(command: list[str], env: Mapping[str, str], last: set[str]) -> dict[str, float]:
    """Milliseconds until each line the program says, until it has said all of ``last``; then it is ended.

    ``cpu`` is what the process had used by then. Raises RuntimeError when it ends before.
    """
    begun = time.perf_counter()
    found: dict[str, float] = {}
    with subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        if process.stdout is None:
            raise RuntimeError(command)
        for line in process.stdout:
            found[line.strip()] = (time.perf_counter() - begun) * 1000
            if last <= set(found):
                break
        process.kill()
    if not last <= set(found):
        raise RuntimeError(f"{command[1]} ended after {sorted(found)}")
    return found


def measure(folder: Path, env: Mapping[str, str], *, quick: bool) -> dict[str, Any]:
    """Bare and whole in turn, so that both meet the same noise."""
    target = install(folder)
    home = folder / "home"
    data.desk(home, messages=50 if quick else 2000)
    env = {**env, "PYTHONPATH": str(target), "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    bare = [sys.executable, str(PROBES / "bare.py")]
    whole = [sys.executable, str(PROBES / "whole.py"), str(home)]
    times: dict[str, list[float]] = {"bare": [], "painted": [], "shown": [], "rooms": [], "awake": []}
    for turn in range(2 if quick else 14):
        empty = timed(bare, env, {"painted"})
        first = timed(whole, env, {"painted", "shown"})
        # The first turn fills the caches of the disk.
        if turn:
            times["bare"].append(empty["painted"])
            times["painted"].append(first["painted"])
            times["shown"].append(first["shown"])
        if turn % 2:
            all_rooms = timed([*whole, "rooms"], env, {"painted", "rooms", "usable"})
            times["rooms"].append(all_rooms["rooms"])
            times["awake"].append(max(all_rooms["rooms"], all_rooms["usable"]))
    table: dict[str, Any] = {name: summary(values) for name, values in times.items()}
    floor = table["bare"]["median"]
    table["ratio"] = {name: round(table[name]["median"] / floor, 2) for name in ("painted", "shown", "rooms", "awake")}
    return table
