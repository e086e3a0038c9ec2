"""Turns the theme files into palette, style sheet, fonts and sizes: the only place with colours and pixel numbers."""

from enum import Enum
from pathlib import Path
from string import Template

from msgspec.structs import replace
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from shiboken6 import isValid

from cmdesk.domain.client import Colour
from cmdesk.ui.icons import Icons
from cmdesk.ui.look import Look, Ready, Roles, Size, Sizes, Tones, base_font, font_of, read_look


class Scheme(Enum):
    """What the user chose: to follow the system, or one of the two themes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def stronger(roles: Roles) -> Roles:
    """The same roles for a system that asks for high contrast: no quiet text, no faint lines."""
    return replace(
        roles,
        muted=roles.text,
        text_soft=roles.text,
        hairline=roles.field_border,
        border=roles.text_soft,
        field_border=roles.text,
        disabled=roles.muted,
    )


def palette_of(roles: Roles) -> QPalette:
    """The palette Fusion paints with; selection is neutral, so that a client's colour stays the only loud one."""
    palette = QPalette()
    part = QPalette.ColorRole
    for role, colour in (
        (part.Window, roles.shell),
        (part.WindowText, roles.text),
        (part.Base, roles.content),
        (part.AlternateBase, roles.shell),
        (part.Text, roles.text),
        (part.PlaceholderText, roles.muted),
        (part.Button, roles.raised),
        (part.ButtonText, roles.text),
        (part.BrightText, roles.danger),
        (part.ToolTipBase, roles.tooltip),
        (part.ToolTipText, roles.on_tooltip),
        (part.Highlight, roles.selection),
        (part.HighlightedText, roles.text),
        (part.Accent, roles.accent),
        (part.Link, roles.link),
        (part.LinkVisited, roles.link),
        (part.Light, roles.raised),
        (part.Midlight, roles.hover),
        (part.Mid, roles.border),
        (part.Dark, roles.field_border),
        (part.Shadow, roles.border),
    ):
        palette.setColor(role, colour)
    for role in (part.WindowText, part.Text, part.ButtonText, part.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, roles.disabled)
    return palette


class Theme(QObject):
    """The look in force: hand it to widgets, read it while painting, follow ``changed`` for what is cached.

    ``resources`` is the folder with themes/, fonts/, icons/ and style.qss. ``contrast`` and ``motion`` follow the
    system where Qt knows them.
    """

    changed = Signal()

    def __init__(
        self, resources: Path, choice: Scheme = Scheme.SYSTEM, text_scale: float = 1.0, *, ready: Ready | None = None
    ) -> None:
        """``ready`` is what the first sight was painted from, at the same scale."""
        super().__init__()
        self._folder = resources / "themes"
        self._looks: dict[str, Look] = {}
        self._template = Template((resources / "style.qss").read_text(encoding="utf-8"))
        self._icons = Icons(resources / "icons")
        self._choice = choice
        # Kept: PySide deletes the accessibility hints with the wrapper they were read through.
        self._hints = QGuiApplication.styleHints()
        self._base = base_font(resources / "fonts", text_scale) if ready is None else ready.base
        if ready is not None:
            self._looks[ready.name] = ready.look
        self._fonts: dict[tuple[Size, bool, bool], QFont] = {}
        self._letters: dict[int, QFont] = {}
        self._installed: QApplication | None = None
        self._sheet = True
        self._top: QWidget | None = None
        self._look = self._wanted()
        self._roles = self._wanted_roles()
        self.sizes = Sizes.of(QFontMetrics(self._base).height())

    @property
    def choice(self) -> Scheme:
        """What the user chose."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark theme is in force."""
        return self._look.dark

    @property
    def roles(self) -> Roles:
        """The colours by what they are for."""
        return self._roles

    def tones(self, colour: Colour | str | None) -> Tones:
        """The tones of a client's colour; those of the whole desk for None."""
        if colour is None:
            return self._look.desk
        return self._look.clients[colour.value if isinstance(colour, Colour) else colour]

    def font(self, size: Size = Size.BODY, *, strong: bool = False, tabular: bool = False) -> QFont:
        """A font of the scale; ``tabular`` for figures that stand under each other or count.

        All get the same object, since lists ask for it with every word: whoever changes it takes a copy first.
        """
        key = (size, strong, tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = font_of(self._base, size, strong=strong, tabular=tabular)
        return found

    def letters(self, pixels: int) -> QFont:
        """The strong font in which initials are so many pixels high; not to be changed either."""
        found = self._letters.get(pixels)
        if found is None:
            found = self._letters[pixels] = QFont(self.font(strong=True))
            found.setPixelSize(max(1, pixels))
        return found

    def pixmap(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        """An icon in a colour, ``size`` logical pixels wide, sharp at this device pixel ratio."""
        return self._icons.pixmap(name, colour, size, ratio)

    def icon(self, name: str, colour: QColor | None = None) -> QIcon:
        """An icon for Qt's own menus and buttons, in the text colour or another, greyed when disabled."""
        return self._icons.icon(name, colour or self._roles.text_soft, self._roles.disabled, self.sizes.icon)

    def icon_size(self) -> QSize:
        """The usual icon size."""
        return QSize(self.sizes.icon, self.sizes.icon)

    def motion_ms(self, widget: QWidget | None = None) -> int:
        """How long a movement may take; 0 when the system asks for none."""
        style = widget.style() if widget is not None else QApplication.style()
        wanted = style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget)
        return min(140, max(0, wanted))

    def install(self, app: QApplication, *, sheet: bool = True) -> None:
        """Dresses the application and follows the system from now on.

        Without ``sheet`` the style sheet waits for ``put_on_sheet``: Qt reads it anew for every widget that finds its
        place in another, which takes half of the time in which a window is built.
        """
        self._sheet = sheet
        self._installed = app
        app.setStyle("Fusion")
        app.setFont(self._base)
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self._dress()

    def put_on_sheet(self, top: QWidget) -> None:
        """The style sheet for one window and all that is in it, once it is built and before it shows.

        On the application it would be read anew for each widget that finds its place while rooms are built, too.
        """
        self._top = top
        top.setStyleSheet(self.style_sheet())

    def choose(self, choice: Scheme) -> None:
        """Follows another choice of the user, at once."""
        self._choice = choice
        self._system_changed()

    def style_sheet(self) -> str:
        """The style sheet of the theme in force."""
        values = {name: _css(getattr(self._roles, name)) for name in Roles.__struct_fields__}
        values |= {name: str(getattr(self.sizes, name)) for name in Sizes.__struct_fields__}
        return self._template.substitute(values)

    def _system_changed(self) -> None:
        look = self._wanted()
        self._look = look
        roles = self._wanted_roles()
        if roles == self._roles:
            return
        self._roles = roles
        if self._installed is not None:
            self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        QApplication.setPalette(palette_of(self._roles))
        if self._installed is not None and self._sheet:
            self._installed.setStyleSheet(self.style_sheet())
        if self._top is not None and isValid(self._top):
            self._top.setStyleSheet(self.style_sheet())

    def _wanted(self) -> Look:
        dark = self._hints.colorScheme() is Qt.ColorScheme.Dark if self._choice is Scheme.SYSTEM else self._choice is Scheme.DARK
        name = "dark" if dark else "light"
        if name not in self._looks:
            self._looks[name] = read_look(self._folder / f"{name}.toml")
        return self._looks[name]

    def _wanted_roles(self) -> Roles:
        preference = self._hints.accessibility().contrastPreference()
        if preference is Qt.ContrastPreference.HighContrast:
            return stronger(self._look.roles)
        return self._look.roles


def _css(colour: QColor) -> str:
    return colour.name(QColor.NameFormat.HexArgb if colour.alpha() < 255 else QColor.NameFormat.HexRgb)


__all__ = [
    "Look",
    "Roles",
    "Scheme",
    "Size",
    "Sizes",
    "Theme",
    "Tones",
    "palette_of",
    "read_look",
    "stronger",
]
