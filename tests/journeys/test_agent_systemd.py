"""A real systemd user instance, in a mount namespace of its own, runs the agent that was installed, and lets it go again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command_line import ROOT

SYSTEMD = Path("/usr/lib/systemd/systemd")
CGROUPS = Path("/sys/fs/cgroup/systemd")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux"
        or os.geteuid() != 0
        or not SYSTEMD.exists()
        or shutil.which("unshare") is None
        or not os.access(CGROUPS, os.W_OK),
        reason="a systemd of one's own needs root, unshare, systemd, and a tree of control groups to write in",
    ),
]

#: Each answer on a line of its own, so that the test can ask for it by name. systemd wants to see that it started the
#: machine; only this process is told so.
SCRIPT = r"""
set -u
mkdir -p /run/systemd; mount -t tmpfs tmpfs /run/systemd; mkdir /run/systemd/system
mkdir -p "$GROUP"; echo $$ > "$GROUP/cgroup.procs"
timeout 80 "$SYSTEMD" --user --log-target=console > "$HOME/log" 2>&1 &
instance=$!
for n in $(seq 100); do [ "$(systemctl --user is-system-running)" = running ] && break; sleep 0.1; done
agent() { "$PYTHON" -m cmdesk --home "$DESK" agent "$@"; }
unit() { systemctl --user show -p "$1" --value "$NAME"; }
field() { "$PYTHON" -c "import json, sys; print(json.load(sys.stdin)$1)"; }
published() { agent status --json | field '["publishing"]'; }  # None while the one that said so lives no more
NAME=$(agent install --json | field '["name"]').service
for n in $(seq 100); do [ "$(published)" != None ] && break; sleep 0.1; done
first=$(unit MainPID)
echo "command=$(tr '\0' '|' < /proc/$first/cmdline)"
echo "publisher=$(agent status --json | field '["publishing"]["who"]') $(agent status --json | field '["publishing"]["pid"]')"
echo "first=$first"
agent install > /dev/null
echo "second=$(unit MainPID)"
echo "enabled=$(systemctl --user is-enabled "$NAME")"
kill -9 "$first"
for n in $(seq 300); do [ "$(unit MainPID)" != "$first" ] && [ "$(unit MainPID)" != 0 ] && break; sleep 0.1; done
echo "restarts=$(unit NRestarts)"
for n in $(seq 100); do [ "$(published)" != None ] && break; sleep 0.1; done
systemctl --user stop "$NAME"
echo "stopped=$(unit Result) $(unit ExecMainStatus)"
agent uninstall > /dev/null; echo "uninstalled=$?"
echo "left=$(find "$HOME/.config" -type f -o -type l | tr '\n' ' ')"
echo "active=$(systemctl --user is-active "$NAME")"
kill $instance; wait $instance
"""


def test_systemd_runs_starts_anew_and_forgets_the_agent(tmp_path: Path) -> None:
    home, runtime, desk = tmp_path / "home", tmp_path / "runtime", tmp_path / "d é 50% $X 'q' \"r\""
    group = CGROUPS / f"cmdesk-test-{os.getpid()}"
    for folder in (home, runtime):
        folder.mkdir(mode=0o700)
    told = {"HOME": home, "XDG_RUNTIME_DIR": runtime, "DESK": desk, "GROUP": group, "SYSTEMD": SYSTEMD, "PYTHON": sys.executable}
    # The bus of the machine is nobody's business here.
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    environ = {**kept, **{name: str(value) for name, value in told.items()}, "CMDESK_STATE": str(tmp_path / "é tat")}
    try:
        done = subprocess.run(
            ["unshare", "--mount", "bash", "-c", SCRIPT],
            capture_output=True,
            text=True,
            env=environ,
            cwd=ROOT,
            timeout=110,
            check=False,
        )
    finally:
        for folder in (*sorted(group.glob("**/"), reverse=True), group):
            if folder.is_dir():
                folder.rmdir()
    said = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert said["command"].endswith(f"|--home|{desk}|agent|"), done.stderr
    assert said["publisher"] == f"agent {said['first']}"
    assert said["second"] == said["first"]  # installed twice, started once
    assert said["enabled"] == "enabled"
    assert said["restarts"] == "1"
    assert said["stopped"] == "success 0"
    assert (said["uninstalled"], said["left"].strip(), said["active"]) == ("0", "", "inactive")
