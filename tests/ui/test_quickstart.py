"""Byte code of Qt's own helpers is kept between two starts, and nothing that is wrong with the kept file can do harm."""

import builtins
import marshal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.ui.quickstart import kept_byte_code

SOURCE = b"answer = 6 * 7\n"
NAME = "shibokensupport/sample.py"


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    before = builtins.compile
    yield
    assert builtins.compile is before


def ran(file: Path, source: bytes = SOURCE) -> object:
    with kept_byte_code(file):
        code = compile(source, NAME, "exec")
    found: dict[str, object] = {}
    exec(code, found)  # noqa: S102 - the sample above
    return found["answer"]


def test_what_was_compiled_is_taken_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "kept"
    assert ran(file) == 42
    kept = marshal.loads(file.read_bytes())  # noqa: S302 - written one line above
    fingerprint = kept[NAME][0]
    other = compile("answer = 'taken'", NAME, "exec")
    file.write_bytes(marshal.dumps({NAME: (fingerprint, other)}))
    assert ran(file) == "taken"


def test_another_source_is_compiled_anew_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    ran(file)
    assert ran(file, b"answer = 'other'\n") == "other"
    before = file.read_bytes()
    assert ran(file, b"answer = 'other'\n") == "other"
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", marshal.dumps(7), marshal.dumps({}), marshal.dumps({NAME: 3})])
def test_a_damaged_file_costs_only_the_time(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "kept"
    file.write_bytes(damage)
    assert ran(file) == 42


def test_a_file_cut_short_costs_only_the_time(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    ran(file)
    file.write_bytes(file.read_bytes()[:-9])
    assert ran(file) == 42


def test_where_nothing_may_be_written_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ran(tmp_path / "kept") == 42
    assert not list(tmp_path.iterdir())


def test_other_code_is_compiled_as_ever(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    with kept_byte_code(file):
        assert eval(compile("6 * 7", NAME, "eval")) == 42  # noqa: S307 - the sample above
        compile(SOURCE, "elsewhere.py", "exec")
    assert not file.exists()


def test_the_program_takes_qts_helpers_from_there(tmp_path: Path) -> None:
    """Fails when Qt for Python loads them in another way, so that this module can go."""
    ask = "import sys; sys.dont_write_bytecode = False; import cmdesk.ui.quickstart as q; print(len(q._read(q.place())))"
    done = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", ask], check=True, stdout=subprocess.PIPE, text=True, timeout=60
    )
    assert int(done.stdout) > 5
