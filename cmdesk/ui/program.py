"""What the program as a whole offers to the rooms that change it: settings, the practice desk, the data folder."""

from pathlib import Path
from typing import Protocol

from cmdesk.domain.settings import Settings
from cmdesk.services.desk import Desk
from cmdesk.services.practising import Practising


class Program(Protocol):
    """The composition root as seen by welcome, accounts and preferences."""

    @property
    def settings(self) -> Settings:
        """The choices in force."""

    @property
    def home(self) -> Path:
        """The data folder in use."""

    @property
    def desk(self) -> Desk:
        """All clients."""

    @property
    def practising(self) -> Practising:
        """The practice network of this folder."""

    @property
    def practice(self) -> bool:
        """Whether this is the practice desk."""

    def change_settings(self, settings: Settings) -> None:
        """Puts other choices in force at once and keeps them. Raises ReadOnly; they hold until the end of the run then."""

    def open_practice(self) -> None:
        """Leaves this desk, as it is, for the practice desk."""

    def leave_practice(self) -> None:
        """Goes back from the practice desk to the user's own."""
