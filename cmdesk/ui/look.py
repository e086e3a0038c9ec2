"""What a look is made of, read with as little of Qt as can be: colours by their role, sizes, the base font.

The first sight of the program is painted from this alone; ``cmdesk.ui.theme`` dresses the whole program in it. Nothing here may
touch Qt's namespace ``Qt``, whose enumerations take as long to make as the first sight takes to paint.
"""

import sys
import tomllib
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication

from cmdesk.domain.client import Colour

#: Nothing at all; not by Qt's own name for it, which is in that namespace.
CLEAR = QColor(0, 0, 0, 0)


class Size(Enum):
    """The five sizes of type, as multiples of the base font."""

    SMALL = 0.85
    BODY = 1.0
    LEAD = 1.15
    TITLE = 1.5
    DISPLAY = 2.0

    # Each member is there once, so its identity will do: fonts are looked up by it for every word that is painted.
    __hash__ = object.__hash__


class Roles(Struct, frozen=True):
    """What each colour is for. A ``…_tint`` is the quiet surface under the text colour of the same name."""

    rail: QColor
    shell: QColor
    content: QColor
    raised: QColor
    sunken: QColor
    hover: QColor
    pressed: QColor
    selection: QColor
    hairline: QColor
    border: QColor
    field_border: QColor
    text: QColor
    text_soft: QColor
    muted: QColor
    disabled: QColor
    focus: QColor
    link: QColor
    accent: QColor
    on_accent: QColor
    tooltip: QColor
    on_tooltip: QColor
    positive: QColor
    positive_tint: QColor
    warning: QColor
    warning_tint: QColor
    danger: QColor
    danger_tint: QColor
    on_danger: QColor
    info: QColor
    info_tint: QColor
    doubt: QColor
    doubt_tint: QColor
    neutral: QColor
    neutral_tint: QColor


class Tones(Struct, frozen=True):
    """The tones of one client colour: large surface, mark, quiet surface, and coloured text on quiet or plain surfaces."""

    band: QColor
    on_band: QColor
    disc: QColor
    on_disc: QColor
    soft: QColor
    text: QColor


class Look(Struct, frozen=True):
    """One theme file, read."""

    name: str
    dark: bool
    roles: Roles
    desk: Tones
    clients: Mapping[str, Tones]


class Sizes(Struct, frozen=True):
    """Lengths in device-independent pixels, all from the height of the base font."""

    quarter: int
    half: int
    one: int
    one_half: int
    two: int
    three: int
    radius: int
    radius_small: int
    hairline: int
    focus: int
    stroke: int
    icon_small: int
    icon: int
    icon_large: int
    disc: int
    disc_small: int
    control: int
    field: int
    row: int
    band: int
    tabs: int
    rail: int
    reading: int
    dialog: int
    menu: int
    shadow: int

    @classmethod
    def of(cls, height: int) -> "Sizes":
        """Sizes for a font of this height in pixels."""
        return cls(
            quarter=max(2, round(height / 4)),
            half=round(height / 2),
            one=height,
            one_half=round(height * 1.5),
            two=height * 2,
            three=height * 3,
            radius=max(4, round(height * 0.42)),
            radius_small=max(3, round(height * 0.28)),
            hairline=1,
            focus=2,
            stroke=max(1, round(height * 0.1)),
            icon_small=max(12, round(height * 0.9)),
            icon=max(16, round(height * 1.15)),
            icon_large=round(height * 3),
            disc=round(height * 2.25),
            disc_small=round(height * 1.5),
            control=2 * round(height * 0.95),
            field=2 * round(height * 0.95) - 2,
            row=2 * round(height * 1.85),
            band=2 * round(height * 1.3),
            tabs=2 * round(height * 1.3),
            rail=round(height * 4),
            reading=height * 42,
            dialog=height * 27,
            menu=height * 15,
            shadow=round(height * 0.75),
        )


def read_look(file: Path) -> Look:
    """Reads a theme file; raises KeyError or ValueError naming what is wrong, because a theme is part of the program."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    base: dict[str, str] = data["base"]

    def colour(value: str) -> QColor:
        found = QColor(base.get(value, value))
        if not found.isValid():
            raise ValueError(f"{file.name}: no colour {value!r}")
        return found

    def tones(key: str) -> Tones:
        return Tones(**{name: colour(data["client"][key][name]) for name in Tones.__struct_fields__})

    roles = Roles(**{name: colour(data["roles"][name]) for name in Roles.__struct_fields__})
    clients = {one.value: tones(one.value) for one in Colour}
    return Look(name=data["name"], dark=data["dark"], roles=roles, desk=tones("desk"), clients=clients)


class Ready(Struct, frozen=True):
    """A look and the sizes that go with its base font."""

    name: str
    look: Look
    base: QFont
    sizes: Sizes

    def tones(self, colour: Colour | None) -> Tones:
        """The tones of a client's colour; those of the whole desk for None."""
        return self.look.desk if colour is None else self.look.clients[colour.value]


def ready(resources: Path, name: str, text_scale: float) -> Ready:
    """The look of this name ("light" or "dark") with its font, which is loaded once however often this is called."""
    base = base_font(resources / "fonts", text_scale)
    return Ready(name, read_look(resources / "themes" / f"{name}.toml"), base, Sizes.of(QFontMetrics(base).height()))


def font_of(base: QFont, size: Size, *, strong: bool, tabular: bool = False) -> QFont:
    """A font of the scale; ``tabular`` for figures that stand under each other or count."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * size.value)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if tabular:
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def badge_text(count: int) -> str:
    """A count as it fits on a badge."""
    return "99+" if count > 99 else str(count)


def base_font(folder: Path, scale: float) -> QFont:
    """The system's own font on Windows and macOS; Inter elsewhere, since no two Linux desktops ship the same one."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    offscreen = QGuiApplication.platformName() == "offscreen"
    if offscreen or sys.platform not in {"win32", "darwin"}:
        points = 10.0 if offscreen else min(13.0, max(10.0, font.pointSizeF()))
        for file in sorted(folder.glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        font = QFont()
        font.setFamilies(["Inter", "Noto Sans", "Noto Color Emoji"])
        font.setPointSizeF(points)
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
