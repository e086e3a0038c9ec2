"""Says how much there is on a day by a tone of the client's colour, with words on it that can always be read."""

from __future__ import annotations

from PySide6.QtGui import QColor

from cmdesk.ui.look import Roles, Tones

#: From this share of the fullest day on a cell has the next tone.
_STEPS = (0.0, 0.25, 0.5, 0.8)
#: How much of the colour's own tone is in each.
_SHARES = (0.0, 0.3, 0.62, 1.0)

READABLE = 4.5


def level(count: int, most: int) -> int:
    """0 for nothing, else 1 to 4."""
    if count <= 0:
        return 0
    return sum(count / max(1, most) > step for step in _STEPS)


def ground(tones: Tones, wanted: int) -> QColor:
    """The ground of a cell at a level from 1 to 4."""
    return mixed(tones.soft, tones.disc, _SHARES[wanted - 1])


def cell(tones: Tones, roles: Roles, wanted: int) -> tuple[QColor, QColor]:
    """Ground and ink of a cell at a level from 1 to 4; the ground gives way where no ink could be read on it."""
    paper = ground(tones, wanted)
    inks = (roles.text, tones.on_disc, tones.text, roles.content)
    ink = max(inks, key=lambda one: contrast(one, paper))
    share = _SHARES[wanted - 1]
    while contrast(ink, paper) < READABLE and share > 0:
        share -= 0.05
        paper = mixed(tones.soft, tones.disc, max(0.0, share))
        ink = max(inks, key=lambda one: contrast(one, paper))
    return paper, ink


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """So much of the other colour in the one."""
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG counts it, 1 to 21."""
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
