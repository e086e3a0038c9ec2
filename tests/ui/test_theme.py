"""The look: readable everywhere, told apart by every eye, quick to put on."""

import itertools
import math
import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk import resources
from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Look, Scheme, Size, Theme, read_look, stronger
from cmdesk.ui.widgets.text import Text

LOOKS = [read_look(resources.path("themes", f"{name}.toml")) for name in ("light", "dark")]
READABLE = 4.5

SURFACES = ("rail", "shell", "content", "raised", "sunken", "hover", "selection")
INKS = ("text", "text_soft", "muted", "link", "positive", "warning", "danger", "info", "doubt", "neutral")
PAIRS = [("on_accent", "accent"), ("on_tooltip", "tooltip"), ("on_danger", "danger"), ("text", "pressed"), ("rail", "text")]
PAIRS += [(ink, f"{ink}_tint") for ink in ("positive", "warning", "danger", "info", "doubt", "neutral")]
PAIRS += [("text", f"{ink}_tint") for ink in ("positive", "warning", "danger", "info")]

# Machado, Oliveira, Fernandes 2009: severity 1.0, on linear RGB.
EYES: dict[str, Sequence[Sequence[float]]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: QColor) -> list[float]:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: QColor) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: QColor, eye: str) -> tuple[float, float, float]:
    """OKLab of a colour as an eye sees it."""
    rgb = [max(0.0, sum(a * b for a, b in zip(line, linear(colour), strict=True))) for line in EYES[eye]]
    lms = [
        sum(a * b for a, b in zip(line, rgb, strict=True)) ** (1 / 3)
        for line in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    long, middle, short = lms
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("strong", [False, True], ids=["usual", "high contrast"])
def test_every_text_is_readable_on_every_surface(look: Look, strong: bool) -> None:
    roles = stronger(look.roles) if strong else look.roles
    pairs = [*itertools.product(INKS, SURFACES), *PAIRS]
    poor = {
        f"{ink} on {surface}": round(contrast(getattr(roles, ink), getattr(roles, surface)), 2)
        for ink, surface in pairs
        if contrast(getattr(roles, ink), getattr(roles, surface)) < READABLE
    }
    assert poor == {}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_client_colour_is_readable(look: Look) -> None:
    poor: dict[str, float] = {}
    for key, tones in {**look.clients, "desk": look.desk}.items():
        pairs = {"band": (tones.on_band, tones.band), "disc": (tones.on_disc, tones.disc), "soft": (tones.text, tones.soft)}
        pairs |= {surface: (tones.text, getattr(look.roles, surface)) for surface in SURFACES}
        poor |= {f"{key} {name}": round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READABLE}
    assert poor == {}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("eye", list(EYES))
def test_client_colours_are_told_apart_by_every_eye(look: Look, eye: str) -> None:
    points = {key: seen(tones.disc, eye) for key, tones in look.clients.items()}
    near = {
        f"{one} and {other}": round(math.dist(points[one], points[other]), 3)
        for one, other in itertools.combinations(points, 2)
        if math.dist(points[one], points[other]) < 0.06
    }
    assert near == {}


def test_the_clients_have_exactly_the_colours_of_the_domain() -> None:
    for look in LOOKS:
        assert list(look.clients) == [colour.value for colour in Colour]


def test_a_switch_is_live_and_quick(theme: Theme, qtbot: QtBot) -> None:
    label = Text(theme, "Rosa", tone="muted")
    qtbot.addWidget(label)
    label.show()
    light = theme.roles.muted
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK)
    assert theme.dark
    assert theme.roles.muted != light
    assert label.palette().windowText().color() == theme.roles.muted
    assert QApplication.palette().window().color() == theme.roles.shell
    schemes = (Scheme.LIGHT, Scheme.DARK) * 4
    # Less than a theme takes to be made, which every start pays for.
    made = min(_seconds(lambda scheme=scheme: Theme(resources.path(), scheme)) for scheme in schemes)  # type: ignore[misc]  # mypy cannot type a default here
    assert min(_seconds(lambda scheme=scheme: theme.choose(scheme)) for scheme in schemes) < made  # type: ignore[misc]  # as above


def _seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def test_sizes_and_fonts_come_from_the_base_font(theme: Theme) -> None:
    base = theme.font().pointSizeF()
    assert [round(theme.font(size).pointSizeF() / base, 2) for size in Size] == [0.85, 1.0, 1.15, 1.5, 2.0]
    large = Theme(resources.ROOT, Scheme.LIGHT, text_scale=2.0)
    assert large.sizes.one >= theme.sizes.one * 2 - 1
    assert large.sizes.row > theme.sizes.row


def test_figures_can_stand_under_each_other(theme: Theme) -> None:
    from_metrics = theme.font(tabular=True)
    widths = {QFontMetricsF(from_metrics).horizontalAdvance(digit * 8) for digit in "0123456789"}
    assert max(widths) - min(widths) < 0.5


def test_icons_are_drawn_in_their_colour_and_kept(theme: Theme) -> None:
    one = theme.pixmap("send", theme.roles.danger, 24, 2.0)
    assert one.width() == 48
    assert theme.pixmap("send", theme.roles.danger, 24, 2.0).cacheKey() == one.cacheKey()
    image = one.toImage()
    drawn = {image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255}
    assert drawn == {theme.roles.danger.name()}
    with pytest.raises(FileNotFoundError):
        theme.pixmap("no-such-icon", theme.roles.text, 24, 1.0)


def test_every_icon_is_of_one_set() -> None:
    for file in resources.path("icons").glob("*.svg"):
        if file.stem == "cmdesk":
            continue  # the program's own mark is in colour
        text = file.read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in text, file.name
        assert 'stroke-width="1.75"' in text, file.name
        assert 'stroke="currentColor"' in text, file.name
        assert "#" not in text, file.name
