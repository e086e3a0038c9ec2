"""Reads and changes the settings of the program."""

from cmdesk.domain.errors import ReadOnly
from cmdesk.domain.settings import Settings
from cmdesk.services.home import Home
from cmdesk.store import settings as kept


def load(home: Home) -> Settings:
    """The settings in force; the defaults when there are none yet."""
    return kept.load(home.settings_file)


def save(home: Home, settings: Settings) -> None:
    """Keeps the settings. Raises ReadOnly when the folder can't be written; the old ones stay whole."""
    try:
        kept.save(home.settings_file, settings)
    except OSError as error:
        raise ReadOnly(reason=type(error).__name__, path=str(home.settings_file)) from None
