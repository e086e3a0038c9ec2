"""What tests of the screen share: the look and the words, dressed on the one application."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from cmdesk import resources
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The light theme, installed once for all tests."""
    theme = Theme(resources.ROOT, Scheme.LIGHT)
    theme.install(qapp)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Theme:
    """The light theme, whatever the test before chose."""
    dressed.choose(Scheme.LIGHT)
    QLocale.setDefault(QLocale("en_CA"))
    return dressed


@pytest.fixture
def english() -> Formats:
    """Canadian English ways of writing."""
    return Formats("en_CA")


@pytest.fixture
def french() -> Formats:
    """Québec ways of writing."""
    return Formats("fr_CA")
