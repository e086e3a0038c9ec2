"""The one door: what it understands, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import dev, environment, places, proportion, system
from tests.helpers.source import ROOT


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["window"], True),
        (["window", "--practice"], True),
        (["--home", "somewhere"], True),
        (["--home", "window", "doctor"], False),
        (["doctor", "--json"], False),
        (["--json", "client", "list"], False),
        (["--version"], False),
        (["--help"], False),
    ],
)
def test_which_arguments_open_the_window(arguments: list[str], window: bool) -> None:
    assert dev.opens_window(arguments) is window


@pytest.mark.parametrize(
    ("platform", "env", "display"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_there_is_a_display(platform: str, env: dict[str, str], display: bool) -> None:
    assert dev.has_display(env, platform) is display


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a display")
def test_without_a_display_run_says_so_in_one_sentence() -> None:
    env = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    command = [sys.executable, "build_scripts/dev.py", "run"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "no display" in done.stderr
    assert "dev.py shots" in done.stderr
    assert "cmdesk --help" in done.stderr


@pytest.mark.parametrize("arguments", [["--python", "3.12", "test", "-q"], ["test", "--python=3.12", "-q"]])
def test_python_is_chosen_wherever_it_stands(arguments: list[str]) -> None:
    assert dev.take_python(arguments) == (["test", "-q"], "3.12")


def test_the_whole_suite_runs_on_several_workers_and_a_part_as_asked() -> None:
    assert dev.pytest_arguments([])[:2] == ["-n", dev.pytest_arguments([])[1]]
    assert dev.pytest_arguments(["tests/house/test_dev.py::test_x"]) == ["tests/house/test_dev.py::test_x"]
    assert dev.pytest_arguments(["-n0", "tests"]) == ["-n0", "tests"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fly"], "There is no verb 'fly'; the verbs are run, test, check"),
        (["test", "--python"], "--python wants a version or a path."),
        (["check", "--python", "9.9"], "No Python 9.9 was found"),
        (["i18n", "--quickly"], "i18n takes no argument but --check."),
    ],
)
def test_what_it_cannot_do_it_says(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(arguments) == 1
    assert said in capsys.readouterr().err


def test_without_a_verb_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    assert dev.main(["--help"]) == 0
    assert "bench [names]" in capsys.readouterr().out


def test_each_python_has_its_own_environment(tmp_path: Path) -> None:
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert environment.interpreter(sys.executable)[1] == ROOT / f".venv-{own}"
    assert environment.interpreter(None)[1] == ROOT / ".venv"
    with pytest.raises(system.Refused, match=r"No Python .* was found"):
        environment.interpreter(str(tmp_path / "no-such-python"))


def test_a_whole_environment_costs_nothing_and_an_unfinished_one_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drives prepare() with a recording pip: fresh, whole, changed lock, interrupted."""
    venv = tmp_path / ".venv"
    done: list[str] = []
    lock = tmp_path / "dev.txt"
    lock.write_text("one==1", "utf-8")

    def make(_: Path, folder: Path) -> None:
        done.append("make")
        python = places.program(folder, "python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def pip(_: Path, *arguments: str) -> None:
        done.append("locked" if "--require-hashes" in arguments else "project")
        if "broken" in lock.read_text("utf-8") and "--require-hashes" in arguments:
            raise subprocess.CalledProcessError(1, ["python", "-m", "pip"])

    other_name = tmp_path / "python3-by-another-name"
    other_name.symlink_to(Path(sys.executable).resolve())
    named = [Path(sys.executable)]
    monkeypatch.setattr(environment, "interpreter", lambda _: (named[0], venv))
    monkeypatch.setattr(environment, "_make", make)
    monkeypatch.setattr(environment, "_pip", pip)
    monkeypatch.setattr(places, "LOCK", lock)

    def prepared() -> list[str]:
        done.clear()
        environment.prepare(None)
        return list(done)

    assert prepared() == ["make", "locked", "project"]
    assert prepared() == []
    named[0] = other_name  # two people start it as python and as python3
    assert prepared() == []
    lock.write_text("one==2", "utf-8")
    assert prepared() == ["locked", "project"]
    lock.write_text("broken", "utf-8")
    with pytest.raises(system.Refused, match="the next start tries again"):
        environment.prepare(None)
    lock.write_text("one==2", "utf-8")
    assert prepared() == ["make", "locked", "project"]


def test_a_missing_package_is_found_and_its_line_is_exact() -> None:
    line = system.apt_line(["libegl1", "libgl1"])
    assert line == "sudo apt-get install --no-install-recommends libegl1 libgl1"
    if system.on_debian():
        assert system.missing(["dpkg", "no-such-package-as-this"]) == ["no-such-package-as-this"]


def test_far_over_the_usual_size_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "long.py"
    file.write_text("def f():\n" + "    x = 1\n" * 100, "utf-8")
    assert list(proportion.of_module(file, "long.py")) == ["long.py:1: 101 lines in f"]


def test_as_a_user_the_missing_packages_are_named_and_nothing_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "on_debian", lambda: True)
    monkeypatch.setattr(system, "missing", list)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(system.Refused) as caught:
        system.require(["libegl1", "libgl1"], "for the tests", wished=["gnome-keyring"])
    assert "sudo apt-get install --no-install-recommends libegl1 libgl1 gnome-keyring" in str(caught.value)
    system.require([], "for the tests", wished=["gnome-keyring"])
    assert "gnome-keyring" in capsys.readouterr().err


def test_as_root_fresh_lists_are_read_only_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    answers = iter([False, True, True, True])

    def apt(*arguments: str) -> bool:
        calls.append(arguments[0])
        return next(answers)

    monkeypatch.setattr(system, "on_debian", lambda: True)
    monkeypatch.setattr(system, "missing", list)
    monkeypatch.setattr(system, "_apt", apt)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    system.require(["libegl1"], "for the window")
    assert calls == ["install", "update", "install"]
    system.require(["libegl1"], "for the window")
    assert calls[3:] == ["install"]
