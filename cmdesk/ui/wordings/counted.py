"""Says numbers of things in the plural of the language in force.

Words with a number live in a class, because lupdate sees a plural only in a ``tr`` of one.
"""

from PySide6.QtCore import QObject


class Counted(QObject):
    """Numbers of things in words. It holds nothing: make one where it is needed."""

    def minutes(self, count: int) -> str:
        """A length of time in minutes."""
        return self.tr("%n minute(s)", "", count)

    def hours(self, count: int) -> str:
        """A length of time in hours."""
        return self.tr("%n hour(s)", "", count)

    def days(self, count: int) -> str:
        """A length of time in days."""
        return self.tr("%n day(s)", "", count)

    def parts(self, count: int) -> str:
        """The parts of a thread."""
        return self.tr("%n part(s)", "", count)

    def publish(self, count: int, client: str) -> str:
        """The button that publishes on several accounts."""
        return self.tr("Publish on %n account(s) · {client}", "", count).format(client=client)

    def schedule(self, count: int, client: str) -> str:
        """The button that schedules for several accounts."""
        return self.tr("Schedule for %n account(s) · {client}", "", count).format(client=client)

    def change(self, count: int, client: str) -> str:
        """The button that changes what is live on several accounts."""
        return self.tr("Change on %n account(s) · {client}", "", count).format(client=client)

    def move(self, count: int, client: str) -> str:
        """The button that moves for several accounts."""
        return self.tr("Move for %n account(s) · {client}", "", count).format(client=client)
