"""Says the day in one line, for the room and for the first sight of it."""

from PySide6.QtCore import QCoreApplication, QObject

translate = QCoreApplication.translate


class DayCounts(QObject):
    """Sentences with a number in them: the extracting tool sees their plurals only in ``self.tr``."""

    def decisions(self, count: int) -> str:
        """What waits for a person."""
        return self.tr("%n decision(s) to take", "", count)

    def awaiting(self, count: int) -> str:
        """Who waits."""
        return self.tr("%n person(s) awaiting an answer", "", count)

    def going_out(self, count: int) -> str:
        """What is still planned for the day."""
        return self.tr("%n post(s) still to go out", "", count)


def summary(decisions: int, awaiting: int, going_out: int) -> str:
    """The numbers that are not 0, or that nothing needs anybody."""
    counts = DayCounts()
    parts = [
        words(count)
        for words, count in ((counts.decisions, decisions), (counts.awaiting, awaiting), (counts.going_out, going_out))
        if count
    ]
    return " · ".join(parts) if parts else translate("Today", "Nothing needs you right now.")
