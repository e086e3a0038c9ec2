"""Resources are found in each of the three shapes that the program comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk import resources
from tests.helpers.source import ROOT


def test_in_the_source_tree() -> None:
    assert ROOT / "resources" == resources.ROOT


def test_in_a_wheel(tmp_path: Path) -> None:
    (tmp_path / "cmdesk" / "_resources").mkdir(parents=True)
    assert resources.find_root(tmp_path / "cmdesk") == tmp_path / "cmdesk" / "_resources"


def test_in_a_frozen_program(tmp_path: Path) -> None:
    assert resources.find_root(tmp_path / "cmdesk", str(tmp_path / "bundle")) == tmp_path / "bundle" / "resources"


def test_a_resource_is_read_as_path_text_and_bytes() -> None:
    some = next(file for file in sorted(resources.ROOT.rglob("*.svg")))
    parts = some.relative_to(resources.ROOT).parts
    assert resources.path(*parts) == some
    assert resources.text(*parts).encode("utf-8") == resources.data(*parts) == some.read_bytes()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(resources.ResourceMissing, match=r"icons/no-such\.svg is missing") as caught:
        resources.text("icons", "no-such.svg")
    assert caught.value.name == "icons/no-such.svg"
