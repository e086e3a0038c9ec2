"""The words: only the screen speaks, what it says can be translated, and both languages say it in full."""

from __future__ import annotations

import ast
import re
import string
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts import words
from tests.helpers.source import ROOT, Function, Module, dotted, modules

TS_FILES = sorted((ROOT / "resources" / "i18n").glob("*.ts"))


def _says(node: ast.Call) -> bool:
    name = dotted(node.func)
    return name.split(".")[-1] == "tr" or name.endswith(("QCoreApplication.translate", "QApplication.translate"))


def not_translatable(module: Module) -> Iterator[str]:
    """Calls of tr() whose text the extracting tool cannot read: it must be one plain constant, in quotes, on the spot."""
    for node in module.nodes(ast.Call):
        if _says(node):
            count = 2 if dotted(node.func).endswith("translate") else 1
            texts = node.args[:count]
            plain = [isinstance(text, ast.Constant) and isinstance(text.value, str) and bool(text.value) for text in texts]
            disambiguation = node.args[count : count + 1]
            plain += [isinstance(text, ast.Constant) for text in disambiguation]
            if len(texts) < count or not all(plain):
                yield module.at(node)


def test_every_text_for_translation_is_a_plain_constant() -> None:
    assert not [place for module in modules("cmdesk") for place in not_translatable(module)]


@pytest.mark.parametrize(
    "source",
    ["self.tr(f'{n} posts')", "self.tr('a' + b)", "self.tr(text)", "self.tr('')", "QCoreApplication.translate('C', text)"],
)
def test_what_cannot_be_extracted_is_seen(source: str) -> None:
    assert list(not_translatable(Module("m", "m.py", source))) == ["m.py:1"]


def test_there_is_no_helper_around_tr() -> None:
    found = [
        module.at(node)
        for module in modules("cmdesk/ui")
        for node in module.nodes(ast.AST)
        if isinstance(node, Function) and node.name in {"tr", "_", "_tr", "translate", "trans", "gettext"}
    ]
    assert not found


def test_only_the_screen_asks_for_translation() -> None:
    found = [
        module.at(node)
        for module in modules("cmdesk")
        if not module.path.startswith(("cmdesk/ui/", "cmdesk/app.py"))
        for node in module.nodes(ast.Call)
        if _says(node)
    ]
    assert not found


def _entries(file: Path) -> Iterator[tuple[str, list[str], bool]]:
    for message in ET.parse(file).getroot().iter("message"):  # noqa: S314 - our own files
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        yield message.findtext("source") or "", forms, translation.get("type") is None


def _fields(text: str) -> set[str]:
    named = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return named | set(re.findall(r"%n|%L?\d", text))


def test_both_languages_have_the_same_placeholders() -> None:
    found = [
        source
        for file in TS_FILES
        for source, forms, finished in _entries(file)
        if finished
        for form in forms
        # A plural form may leave the number out ("one post"), never invent a placeholder.
        if not _fields(form) <= _fields(source) or (_fields(source) - _fields(form)) - {"%n"}
    ]
    assert not found


def test_no_sentence_shouts() -> None:
    entries = [entry for file in TS_FILES for entry in _entries(file)]
    assert not [source for source, forms, _ in entries for text in (source, *forms) if "!" in text]


@pytest.mark.skipif(sys.platform == "win32", reason="the extracting tool sorts files its own way there")
def test_the_words_are_complete_and_compiled() -> None:
    if modules("cmdesk/ui"):
        assert words.problems(Path(sys.prefix)) == []
