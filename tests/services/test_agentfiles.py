"""The files that each system reads hold the command as it is meant, whatever a path is called."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.services.agentfiles import Job, is_ours, launchd_plist, systemd_unit, task_xml

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
NAMES = [
    "plain",
    "with spaces",
    "d'été à Québec",
    'quoted "twice"',
    "50% off %h %n",
    "$HOME ${HOME} $$",
    "back\\slash\\",
    "semi;colon # hash",
    "<&>",
    "line\nbreak",
    "--once",
]


def job(name: str, program: tuple[str, ...] = ("/opt/cmdesk/bin/cmdesk",)) -> Job:
    return Job(program, Path("/home/zoé") / name, "PC\\Zoé", {"CMDESK_STATE": f"/state/{name}"})


def read_by_systemd(value: str) -> list[str]:
    """A line of a unit as systemd.service(5) says it is read: quotes, C escapes, then %%."""
    # Inside double quotes shlex knows of \\ and \" what systemd knows; other C escapes are undone by hand.
    words = shlex.split(value.replace("\\n", "\ue000"))
    return [word.replace("\ue000", "\n").replace("%%", "%") for word in words]


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_runs_the_command_and_nothing_else(name: str) -> None:
    made = job(name)
    text = systemd_unit(made).decode()
    lines = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    # Dollars are read in commands alone.
    assert [word.replace("$$", "$") for word in read_by_systemd(lines["ExecStart"])] == [
        "/opt/cmdesk/bin/cmdesk", "--home", str(made.home), "agent",
    ]  # fmt: skip
    assert read_by_systemd(lines["Environment"]) == [f"CMDESK_STATE=/state/{name}"]
    assert lines["WantedBy"] == "default.target"
    assert lines["StandardOutput"] == "null"
    assert [line for line in text.splitlines() if line.startswith("[")] == ["[Unit]", "[Service]", "[Install]"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
@pytest.mark.parametrize("program", ["cmdesk", 'Mes "trucs" d\'été 100%/cm\\desk $X'])
@pytest.mark.parametrize("name", NAMES)
def test_systemd_itself_finds_nothing_wrong_with_a_unit(name: str, program: str, tmp_path: Path) -> None:
    installed = tmp_path / program
    installed.parent.mkdir(parents=True, exist_ok=True)
    installed.write_text("#!/bin/sh\n")
    installed.chmod(0o700)
    made = job(name, (str(installed),))
    unit = tmp_path / f"{made.name}.service"
    unit.write_bytes(systemd_unit(made))
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "SYSTEMD_LOG_LEVEL": "warning"}
    asked = ["systemd-analyze", "verify", "--user", str(unit)]
    done = subprocess.run(asked, capture_output=True, text=True, env=environ, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [name for name in NAMES if "\n" not in name])
def test_a_property_list_says_what_launchd_reads(name: str) -> None:
    made = job(name)
    read = plistlib.loads(launchd_plist(made))
    assert read["ProgramArguments"] == ["/opt/cmdesk/bin/cmdesk", "--home", str(made.home), "agent"]
    assert read["Label"] == made.name
    assert read["EnvironmentVariables"] == {"CMDESK_STATE": f"/state/{name}"}
    assert (read["RunAtLoad"], read["KeepAlive"]) == (True, {"SuccessfulExit": False})
    assert (read["StandardOutPath"], read["StandardErrorPath"]) == ("/dev/null", "/dev/null")


def split_by_windows(line: str) -> list[str]:
    """Arguments as CommandLineToArgvW takes them apart."""
    words, word, quoted, backslashes, begun = [], "", False, 0, False
    for character in line + " ":
        if character == "\\":
            backslashes += 1
            begun = True
            continue
        if character == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
            begun = True
        else:
            word += "\\" * backslashes
            if character in " \t" and not quoted:
                if begun:
                    words.append(word)
                word, begun = "", False
            else:
                word, begun = word + character, True
        backslashes = 0
    return words


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="%\x00/"), min_size=1).filter(
        lambda t: "$(" not in t
    )
)
def test_a_task_says_what_windows_reads(name: str) -> None:
    made = job(name, ("C:\\Program Files\\cmdesk & Co\\pythonw.exe", "-m", "cmdesk"))
    content = task_xml(made)
    root = ET.fromstring(content)  # noqa: S314 - our own words
    execute = root.find(f"{TASK}Actions/{TASK}Exec")
    assert execute is not None
    assert execute.findtext(f"{TASK}Command") == "C:\\Program Files\\cmdesk & Co\\pythonw.exe"
    assert split_by_windows(execute.findtext(f"{TASK}Arguments") or "") == ["-m", "cmdesk", "--home", str(made.home), "agent"]


def test_a_task_has_the_elements_of_the_schema() -> None:
    content = task_xml(job("desk"))
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    root = ET.fromstring(content)  # noqa: S314 - our own words
    assert (root.tag, root.get("version")) == (f"{TASK}Task", "1.2")
    assert [child.tag.removeprefix(TASK) for child in root] == [
        "RegistrationInfo",
        "Triggers",
        "Principals",
        "Settings",
        "Actions",
    ]
    values = {element.tag.removeprefix(TASK): element.text for element in root.iter() if len(element) == 0}
    assert values["LogonType"] == "InteractiveToken"
    assert values["RunLevel"] == "LeastPrivilege"
    assert values["ExecutionTimeLimit"] == "PT0S"  # the default would end it after three days
    assert (values["DisallowStartIfOnBatteries"], values["StopIfGoingOnBatteries"]) == ("false", "false")
    assert values["MultipleInstancesPolicy"] == "IgnoreNew"
    assert 1 <= int(values["Count"] or 0) <= 255
    actions, principal = root.find(f"{TASK}Actions"), root.find(f"{TASK}Principals/{TASK}Principal")
    assert actions is not None
    assert principal is not None
    assert actions.get("Context") == principal.get("id")


@pytest.mark.parametrize("make", [systemd_unit, launchd_plist, task_xml])
def test_a_file_knows_whether_it_was_changed(make: Callable[[Job], bytes]) -> None:
    content = make(job("desk"))
    assert is_ours(content) is True
    old, new = ("agent", "agent --once") if make is not launchd_plist else ("<string>agent", "<string>other")
    encoding = "utf-16" if make is task_xml else "utf-8"
    changed = content.decode(encoding).replace(f"{old}\n" if make is systemd_unit else old, new, 1).encode(encoding)
    if make is systemd_unit:
        changed = content.replace(b"RestartSec=15", b"RestartSec=1")
    assert is_ours(changed) is None
    assert is_ours(b"[Unit]\nDescription=somebody else's\n") is False


def test_each_folder_has_a_service_of_its_own_and_always_the_same() -> None:
    assert job("a").name == job("a").name != job("b").name


@pytest.mark.parametrize("make", [systemd_unit, launchd_plist, task_xml])
def test_bytes_that_are_no_text_are_refused(make: Callable[[Job], bytes]) -> None:
    with pytest.raises(BadInput) as refused:
        make(job(os.fsdecode(b"\xff\xfe")))
    assert refused.value.params["reason"] == "unwritable_name"


@pytest.mark.parametrize("name", ["%TEMP%", "50%", "$(Arg0)", "bell\x07"])
def test_what_the_task_scheduler_would_replace_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        task_xml(job(name))
