"""Sentences of the inbox with a number in them: the extracting tool sees their plurals only in ``self.tr``."""

from PySide6.QtCore import QObject


class InboxCounts(QObject):
    """One method per sentence; the number decides its form."""

    def too_many(self, most: int) -> str:
        """More were chosen than can be acted on at once."""
        return self.tr("That is a lot at once. Choose at most %n message(s).", "", most)

    def snoozed(self, count: int) -> str:
        """With a placeholder for the time."""
        return self.tr("%n message(s) snoozed until {time}", "", count)

    def answered(self, count: int) -> str:
        """Marked as answered."""
        return self.tr("%n message(s) marked as answered", "", count)

    def in_hand(self, count: int) -> str:
        """Taken in hand."""
        return self.tr("%n message(s) taken in hand", "", count)

    def waiting(self, count: int) -> str:
        """Waiting on the client."""
        return self.tr("%n message(s) waiting on the client", "", count)

    def set_aside(self, count: int) -> str:
        """Set aside."""
        return self.tr("%n message(s) set aside", "", count)

    def awaiting(self, count: int) -> str:
        """Awaiting an answer again."""
        return self.tr("%n message(s) awaiting an answer again", "", count)

    def new(self, count: int) -> str:
        """What has come in."""
        return self.tr("%n new message(s)", "", count)

    def found(self, count: int) -> str:
        """What a search found."""
        return self.tr("%n message(s) found, in every state", "", count)

    def newest_found(self, count: int) -> str:
        """What a search shows of more."""
        return self.tr("The newest %n message(s) found, in every state", "", count)

    def earlier(self, count: int) -> str:
        """What a person wrote before."""
        return self.tr("%n earlier message(s)", "", count)

    def chosen(self, count: int) -> str:
        """How many are chosen."""
        return self.tr("%n message(s) chosen", "", count)

    def more_chosen(self, count: int) -> str:
        """More than can be counted at once are chosen."""
        return self.tr("More than %n message(s) chosen", "", count)
