"""A reply is read for mistakes once words are typed, never the other person's words, and never before."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.protocol import Checked
from tests.ui.inbox.stage import Stage


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []

    async def reading(_self: object, text: str, _profile: Profile) -> Checked:
        texts.append(text)
        place = text.find("verte")
        found = Finding(place, place + 5, "fr.x", "agreement", Severity.BLOCK, "Accord", ("vertes",))
        return Checked("fr-CA", (found,) if place >= 0 else ())

    monkeypatch.setattr("cmdesk.services.proofreading.Proofreader.read", reading)
    return texts


def test_a_reply_is_read_when_words_are_typed_and_mended_in_place(stage: Stage, read: list[str], qtbot: QtBot) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 2)
    stage.open(ws)
    stage.view.rows.list.choose(0)
    stage.settle()
    assert read == []
    box = stage.view.talk.reply
    box.field.insertPlainText("\u00a0Des pommes verte.")
    qtbot.waitUntil(lambda: len(box.field.marks.marks) == 1, timeout=20_000)
    assert box.proof.isVisible()
    assert len(read) == 1

    box.proof.cards[0].fixed.emit("vertes")
    assert box.field.toPlainText().endswith("Des pommes vertes.")

    stage.view.rows.list.choose(1)
    stage.settle()
    assert box.field.marks.marks == ()
    assert not box.proof.isVisible()
