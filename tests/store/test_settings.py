"""The settings file: defaults when in doubt, nothing of a newer version lost, never half written."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.settings import Settings, sound
from cmdesk.store import settings


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(language="fr_CA", scheme="dark", text_scale=1.25, notices=False, notice_texts=True, welcomed=True)
    settings.save(tmp_path / "settings.json", chosen)
    assert settings.load(tmp_path / "settings.json") == chosen


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"scheme": "dark", "telepathy": {"on": True}}), encoding="utf-8")
    settings.save(file, Settings(scheme="light"))
    assert json.loads(file.read_text(encoding="utf-8"))["telepathy"] == {"on": True}
    assert settings.load(file).scheme == "light"


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"dark"',
        b"\xff\xfe",
        b'{"scheme": 3, "text_scale": "big"}',
        b'{"text_scale": 1e999}',
        b"[" * 5000,
    ],
)
def test_a_file_that_makes_no_sense_gives_the_defaults(tmp_path: Path, words: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(words)
    assert settings.load(file) == Settings()


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.json") == Settings()


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.json"
    settings.save(file, Settings(scheme="dark"))

    def refuse(_handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no space"):
        settings.save(file, Settings(scheme="light"))
    assert settings.load(file).scheme == "dark"
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


@given(st.text(), st.text(), st.floats())
def test_no_value_survives_that_the_program_does_not_know(language: str, scheme: str, scale: float) -> None:
    checked = sound(Settings(language=language, scheme=scheme, text_scale=scale))
    assert sound(checked) == checked
    assert 0.8 <= checked.text_scale <= 2.0
