"""Nothing is shipped whose licence nobody named."""

from __future__ import annotations

import re

from build_scripts import places
from tests.helpers.source import ROOT

NOTICES = ROOT / "docs" / "notices.md"


def test_every_library_it_runs_with_is_named() -> None:
    locked = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", places.LOCK_RUN.read_text("utf-8"), re.MULTILINE))
    assert len(locked) > 20
    table = NOTICES.read_text("utf-8").partition("## Libraries it runs with")[2]
    named = {
        word.strip() for line in table.splitlines() if line.startswith("|") for word in re.split(r"[,(]", line.split("|")[1])
    }
    assert locked - named == set()
    assert {name for name in named if name not in locked} <= {"library", "---", "Qt)"}


def test_what_came_from_elsewhere_keeps_its_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "resources" / "fonts" / "Inter-LICENSE.txt").read_text("utf-8").upper()
    assert "Mozilla Public License 2.0" in (ROOT / "cmdesk" / "domain" / "_tlds.py").read_text("utf-8")
