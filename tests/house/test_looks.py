"""The look comes from tokens: no colour and no pixel outside the theme, and the icons drawn are the icons shipped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.helpers.source import ROOT, Module, docstrings, dotted, modules

THEME = ("cmdesk/ui/look.py", "cmdesk/ui/theme.py")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\brgba?\(\s*\d")
PIXELS = re.compile(r"\b\d+(?:\.\d+)?(?:px|pt)\b")


def literals(module: Module) -> Iterator[str]:
    """Colours and sizes that are spelled out in a module instead of asked of the theme."""
    prose = docstrings(module.tree)
    for node in module.nodes(ast.Constant):
        if isinstance(node.value, str) and node not in prose and (COLOUR.search(node.value) or PIXELS.search(node.value)):
            yield f"{module.at(node)} {node.value!r}"
    for call in module.nodes(ast.Call):
        numbers = [part for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, int | str)]
        if dotted(call.func).split(".")[-1] == "QColor" and numbers:
            yield f"{module.at(call)} {ast.unparse(call)}"


def test_no_colour_and_no_pixel_outside_the_theme() -> None:
    assert not [line for module in modules("cmdesk/ui") if not module.path.startswith(THEME) for line in literals(module)]


@pytest.mark.parametrize("source", ["QColor(1, 2, 3)", "QColor('red')", "x = '#fff'", "w.setStyleSheet('margin: 4px')"])
def test_a_literal_is_seen(source: str) -> None:
    assert list(literals(Module("m", "m.py", source)))


def test_prose_and_asked_colours_are_no_literals() -> None:
    assert not list(literals(Module("m", "m.py", '"""Was #fff once."""\nQColor(theme.accent)\nQColor.fromRgba(rgba)\n"#label"')))


def test_every_icon_file_is_drawn_somewhere() -> None:
    shipped = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    texts = {
        node.value for module in modules("cmdesk") for node in module.nodes(ast.Constant) if isinstance(node.value, str)
    } | set(
        re.findall(
            r"[\w-]+", (ROOT / "resources" / "style.qss").read_text("utf-8") if (ROOT / "resources/style.qss").exists() else ""
        )
    )
    assert shipped - texts == set()


def test_every_icon_asked_for_is_shipped() -> None:
    shipped = {file.stem for file in (ROOT / "resources" / "icons").glob("*.svg")}
    asked = {
        text.value: module.at(call)
        for module in modules("cmdesk/ui")
        for call in module.nodes(ast.Call)
        for text in [*(word.value for word in call.keywords if word.arg == "icon"), *_named_icon(call)]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
    }
    assert {name: place for name, place in asked.items() if name not in shipped} == {}


def _named_icon(call: ast.Call) -> list[ast.expr]:
    """The first argument of `icon("send", …)` and `icons.pixmap("send", …)`."""
    name = dotted(call.func)
    return call.args[:1] if name.split(".")[-1] in {"icon", "icon_button"} or name.endswith("icons.pixmap") else []
