"""Writes what each system wants to read before it runs the agent at every log-in: text from values, nothing else.

Linux: a systemd user unit (systemd.unit(5), systemd.service(5)); macOS: a launchd property list (launchd.plist(5)); Windows:
a task definition (the Task Scheduler's XML schema, version 1.2). Each file ends with a mark that holds the hash of what
stands before it, so that a file that somebody changed or wrote by hand is never mistaken for ours.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct, field

from cmdesk.domain.errors import BadInput

if TYPE_CHECKING:  # only a type here: each system's format is loaded where its file is written
    from xml.etree import ElementTree as ET

#: How long the system waits before it starts an agent anew that failed, and for one that was told to end; seconds.
RESTART, STOP = 15, 15
_TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_MARK = re.compile(r"cmdesk agent ([0-9a-f]{64})")
#: What systemd reads specially inside double quotes.
_ESCAPES = MappingProxyType({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


class Job(Struct, frozen=True):
    """The agent of one data folder: ``program`` is what starts cmdesk; ``user`` is asked by Windows alone.

    ``environ`` holds what the agent must know besides: a service inherits nothing of a terminal.
    """

    program: tuple[str, ...]
    home: Path
    user: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The service's name: one for each data folder, the same at every call."""
        return f"cmdesk-agent-{hashlib.sha256(str(self.home).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"

    @property
    def command(self) -> tuple[str, ...]:
        """What is run: the installed program, the folder by name, and nothing that a shell would have to read."""
        return (*self.program, "--home", str(self.home), "agent")


def is_ours(content: bytes) -> bool | None:
    """Whether a file is one of these as it was written; None: it was, but somebody changed it; False: it never was."""
    text = _text_of(content)
    found = _MARK.search(text)
    if found is None:
        return False
    return True if _sum(text[: found.start()]) == found[1] else None


def _text_of(content: bytes) -> str:
    return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")


def _sum(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()


def _marked(text: str, before: str, after: str) -> str:
    whole = text + before
    return f"{whole}cmdesk agent {_sum(whole)}{after}"


def _plain(job: Job, *, controls: bool = False) -> None:
    """Refuses what no such file can hold: bytes that are no text and, where the format has no words for them, controls."""
    for value in (*job.command, *job.environ.values()):
        undecoded = any(0xD800 <= ord(one) < 0xE000 for one in value)
        odd = any(ord(one) < 32 or ord(one) == 127 for one in value)
        if undecoded or (odd and not controls):
            raise BadInput(field="agent", reason="unwritable_name", given=ascii(value))


# ---- Linux


def systemd_unit(job: Job) -> bytes:
    """The unit, for ``~/.config/systemd/user``. Raises BadInput when a name cannot be written down."""
    _plain(job, controls=True)
    program, *rest = job.command
    if set(program) & set("'\"\\") or any(ord(one) < 32 for one in program):
        # systemd takes no such name of a program, however it is quoted; as an argument it does.
        program, rest = "/usr/bin/env", [program, *rest]
    shown = " ".join(str(job.home).split()).replace("%", "%%").rstrip("\\")
    lines = [
        "[Unit]",
        f"Description=cmdesk publishes planned posts of {shown}",
        "StartLimitIntervalSec=0",
        "",
        "[Service]",
        "Type=exec",
        # The name of the program is not looked through for variables; what follows it is.
        "ExecStart=" + " ".join([_quoted(program), *(_quoted(one).replace("$", "$$") for one in rest)]),
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in sorted(job.environ.items())),
        "Restart=on-failure",
        f"RestartSec={RESTART}",
        f"TimeoutStopSec={STOP}",
        "UMask=0077",
        # What it did is in each client's journal; what goes wrong is told to the system's own log, which is kept short.
        "StandardOutput=null",
        "StandardError=journal",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
    ]
    return _marked("\n".join(lines), "# ", "\n").encode()


def _quoted(value: str) -> str:
    escaped = "".join(_ESCAPES.get(one, f"\\x{ord(one):02x}" if ord(one) < 32 or ord(one) == 127 else one) for one in value)
    return '"' + escaped.replace("%", "%%") + '"'


# ---- macOS


def launchd_plist(job: Job) -> bytes:
    """The property list, for ``~/Library/LaunchAgents``. Raises BadInput when a name cannot be written down."""
    _plain(job)
    told: dict[str, object] = {
        "Label": job.name,
        "ProgramArguments": list(job.command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": RESTART,
        "ExitTimeOut": STOP,
        # Not Background: its timers are put off, and posts have an hour.
        "ProcessType": "Standard",
        "Umask": 0o077,
        # launchd turns no file over; what the agent did is in each client's journal.
        "StandardOutPath": "/dev/null",
        "StandardErrorPath": "/dev/null",
    }
    if job.environ:
        told["EnvironmentVariables"] = dict(job.environ)
    import plistlib

    return _marked(plistlib.dumps(told, sort_keys=False).decode(), "<!-- ", " -->\n").encode()


# ---- Windows


def task_xml(job: Job) -> bytes:
    """The task, in UTF-16 as schtasks wants it. Raises BadInput when a name cannot be written down.

    The Task Scheduler replaces ``%NAME%`` and ``$(Arg0)`` in a command and knows no way to say them as they are.
    """
    _plain(job)
    program, *rest = job.command
    for value in job.command:
        if "%" in value or "$(" in value:
            raise BadInput(field="agent", reason="unwritable_name", given=value)
    from xml.etree import ElementTree as ET

    ET.register_namespace("", _TASK)
    root = ET.Element(f"{{{_TASK}}}Task", {"version": "1.2"})
    _add(root, "RegistrationInfo", Description="cmdesk publishes planned posts.", URI=f"\\{job.name}")
    triggers = _add(root, "Triggers")
    _add(triggers, "LogonTrigger", Enabled="true", UserId=job.user)
    principal = _add(
        _add(root, "Principals"),
        "Principal",
        UserId=job.user,
        # Only so does the user's own keyring open itself.
        LogonType="InteractiveToken",
        RunLevel="LeastPrivilege",
    )
    principal.set("id", "Author")
    settings = _add(
        root,
        "Settings",
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        RunOnlyIfNetworkAvailable="false",
        Enabled="true",
        ExecutionTimeLimit="PT0S",
    )
    _add(settings, "RestartOnFailure", Interval="PT1M", Count="255")
    actions = _add(root, "Actions")
    actions.set("Context", "Author")
    _add(actions, "Exec", Command=program, Arguments=subprocess.list2cmdline(rest))
    ET.indent(root)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return _marked(text, "<!-- ", " -->\n").encode("utf-16")


def _add(parent: ET.Element, tag: str, **texts: str) -> ET.Element:
    from xml.etree import ElementTree as ET

    found = ET.SubElement(parent, f"{{{_TASK}}}{tag}")
    for name, text in texts.items():
        ET.SubElement(found, f"{{{_TASK}}}{name}").text = text
    return found
