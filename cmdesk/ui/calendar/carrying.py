"""What goes in and out of a calendar: tables and other programs' calendars, and the page on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageLayout
from PySide6.QtWidgets import QDialog, QFileDialog

from cmdesk import resources
from cmdesk.domain import tabular
from cmdesk.domain.client import Language
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.exchange import Action, Kind, LineError, Preview, Wish
from cmdesk.domain.tabular import FIELDS
from cmdesk.services import exchange
from cmdesk.ui import wording
from cmdesk.ui.calendar.days import Mode, month_days, week_days
from cmdesk.ui.calendar.importdialog import ImportDialog, ImportLine, ImportLook
from cmdesk.ui.calendar.printing import PrintBar, PrintItem, Sheet, print_sheet, save_pdf
from cmdesk.ui.calendar.reading import owner_of
from cmdesk.ui.calendar.seen import Seen
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.widgets.paint import one_line

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.calendar.hand import Hand
    from cmdesk.ui.calendar.view import CalendarView
    from cmdesk.ui.screens import Shell


class Carrying(QObject):
    """Of one presenter."""

    def __init__(self, seen: Seen, view: CalendarView, shell: Shell, hand: Hand) -> None:
        super().__init__()  # without a parent: what Qt keeps for another keeps the presenter alive, too
        self._of, self._view, self._shell, self._hand = seen, view, shell, hand
        self._preview: Preview | None = None

    # ---- in

    def bring(self, workspace: Workspace) -> None:
        """Asks for a file and shows what it would bring."""
        name, _kind = QFileDialog.getOpenFileName(self._view, self.tr("Import"), "", "CSV, ICS (*.csv *.tsv *.txt *.ics)")
        if name:
            self.bring_file(workspace, Path(name))

    def bring_file(self, workspace: Workspace, path: Path) -> ImportDialog:
        """Shows what a file would bring; nothing comes in before it is confirmed, and then all of it or nothing."""
        dialog = ImportDialog(self._shell.theme, self._view, owner_of(workspace), self._fields())
        try:
            data = exchange.read_file(path)
        except BadInput as error:
            dialog.say_wrong(wording.error(error, self._shell.formats))
            data = b""
        calls = self._shell.bridge.calls()
        table = not (path.suffix.lower() == ".ics" or data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR")

        def ask(mapping: Mapping[str, int] | None, plan: bool) -> None:
            if table:
                verb = exchange.preview_csv(workspace, data, mapping=mapping, plan=plan)
            else:
                verb = exchange.preview_ics(workspace, data, plan=plan)
            calls.run(verb, then=show, otherwise=fail)

        def show(found: Preview) -> None:
            self._preview = found
            dialog.show_look(self._looked(found))

        def fail(error: Exception) -> None:
            if isinstance(error, BadInput) and error.field == "mapping":
                # No heading tells the words: a person knows which column holds them.
                columns = tabular.read(data).columns
                dialog.show_look(
                    ImportLook(self.tr("Which column holds the text?"), (), columns, tabular.guess(columns), usable=False)
                )
            elif isinstance(error, CmdeskError):
                dialog.say_wrong(wording.error(error, self._shell.formats))
            else:
                raise error

        def bring() -> None:
            if self._preview is not None:
                text = self.tr("Imported.")
                self._hand.run(workspace, exchange.bring_in(workspace, self._preview), lambda: text)

        dialog.remapped.connect(ask)
        dialog.chosen.connect(bring)
        dialog.finished.connect(lambda _result: calls.close())
        if data:
            ask(None, plan=False)
        dialog.open()
        return dialog

    def _fields(self) -> list[tuple[str, str]]:
        names = {
            "text": self.tr("Text"),
            "date": self.tr("Date"),
            "time": self.tr("Time"),
            "accounts": self.tr("Accounts"),
            "labels": self.tr("Labels"),
            "campaign": self.tr("Campaign"),
            "language": self.tr("Language"),
            "warning": self.tr("Content warning"),
            "uid": self.tr("Identifier"),
        }
        return [(name, names[name]) for name in FIELDS if name in names]

    def _looked(self, found: Preview) -> ImportLook:
        formats = self._shell.formats
        counts = (
            formats.number(found.count(Action.ADD)),
            formats.number(found.count(Action.MOVE)),
            formats.number(found.count(Action.SAME)),
        )
        text = self.tr("New: {new}. Moved: {moved}. Already here: {same}. Wrong: {wrong}.")
        summary = text.format(new=counts[0], moved=counts[1], same=counts[2], wrong=formats.number(len(found.errors)))
        lines = [ImportLine(one.line, self._when(one), one.text, self._becomes(one, plans=found.plans)) for one in found.wishes]
        lines += [ImportLine(error.line, "", error.given, "", self._wrong(error)) for error in found.errors]
        lines.sort(key=lambda line: line.line)
        return ImportLook(summary, tuple(lines), found.columns, found.mapping, usable=bool(found.wishes))

    def _wrong(self, error: LineError) -> str:
        """What is wrong with a line, with what stands there."""
        field = dict(self._fields()).get(error.field, "")
        given = one_line(error.given, 60)
        if field and given:
            return self.tr("{field}: “{given}” can’t be used.").format(field=field, given=given)
        if field:
            return self.tr("{field}: nothing stands there that can be used.").format(field=field)
        return wording.error(BadInput(field=error.field, reason=error.reason, given=error.given), self._shell.formats)

    def _when(self, one: Wish) -> str:
        formats = self._shell.formats
        if one.wall is not None:
            return formats.moment(one.wall)
        return formats.date_short(one.first) if one.first is not None else ""

    def _becomes(self, one: Wish, *, plans: bool) -> str:
        if one.action is Action.SAME:
            return self.tr("Already here")
        if one.action is Action.MOVE:
            return self.tr("Moved")
        if one.kind is not Kind.POST and one.kind is not Kind.SUGGESTED:
            return self.tr("Note")
        if plans and one.accounts and one.wall is not None:
            return self.tr("Planned")
        return self.tr("Draft, suggested") if one.wall is not None else self.tr("Draft")

    # ---- out

    def export(self, workspace: Workspace) -> None:
        """The calendar of the page as a table, a calendar file or JSON."""
        kinds = {"CSV (*.csv)": ".csv", "iCalendar (*.ics)": ".ics", "JSON (*.json)": ".json"}
        start = f"{workspace.client.name} {self._of.day:%Y-%m}"
        name, kind = QFileDialog.getSaveFileName(self._view, self.tr("Export"), start, ";;".join(kinds))
        if name:
            path = Path(name)
            self.export_to(workspace, path if path.suffix else path.with_suffix(kinds.get(kind, ".csv")))

    def export_to(self, workspace: Workspace, path: Path) -> None:
        """Writes the days of the page into a file whose ending says what it is."""
        page = self._of.page
        if page is None:
            return
        found = exchange.entries(workspace, page.days[0], page.days[-1])
        make = {".ics": exchange.as_ics, ".json": exchange.as_json}.get(path.suffix.lower(), exchange.as_csv)
        try:
            exchange.write_file(path, make(workspace, found))
        except OSError as error:
            self._shell.toast(self.tr("It could not be written: {reason}").format(reason=error.strerror or type(error).__name__))
        else:
            self._shell.toast(self.tr("Written to {file}.").format(file=path.name))

    # ---- paper

    def on_paper(self) -> None:
        """The month or the week that is seen, on a printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # few people print, and not every system has it

        sheet = self.sheet()
        if sheet is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setDocName(f"{sheet.title} {sheet.name}")
        if QPrintDialog(printer, self._view).exec() == QDialog.DialogCode.Accepted:
            try:
                print_sheet(printer, sheet, Theme(resources.path(), Scheme.LIGHT))
            except OSError as error:
                self._shell.toast(self.tr("It could not be printed: {reason}").format(reason=str(error) or type(error).__name__))

    def paper(self) -> None:
        """The month or the week that is seen, as a PDF file that prints well."""
        page = self._of.page
        if page is None:
            return
        start = f"{page.title}.pdf"
        name, _kind = QFileDialog.getSaveFileName(self._view, self.tr("Save as PDF"), start, "PDF (*.pdf)")
        if name:
            self.paper_to(Path(name))

    def paper_to(self, path: Path) -> int:
        """Writes the page in the client's own language, with what the client may see; returns the number of pages."""
        sheet = self.sheet()
        if sheet is None:
            return 0
        seen = self._of.seen()
        french = len(seen) == 1 and seen[0].client.language is Language.FR_FR
        try:
            pages = save_pdf(path.with_suffix(".pdf"), sheet, Theme(resources.path(), Scheme.LIGHT), a4=french)
        except OSError as error:
            self._shell.toast(self.tr("It could not be written: {reason}").format(reason=error.strerror or type(error).__name__))
            return 0
        self._shell.toast(self.tr("Written to {file}.").format(file=path.with_suffix(".pdf").name))
        return pages

    def sheet(self) -> Sheet | None:
        """What stands on the paper: whole weeks around the current day."""
        page = self._of.page
        seen = self._of.seen()
        if page is None or not seen:
            return None
        alone = seen[0] if len(seen) == 1 else None
        formats = (
            self._shell.formats
            if alone is None
            else Formats("fr_CA" if alone.client.language.value.startswith("fr") else "en_CA")
        )
        weekly = page.mode.has_hours
        days = week_days(self._of.day, formats.first_weekday) if weekly else month_days(page.anchor, formats.first_weekday)
        items: list[PrintItem] = []
        bars: list[PrintBar] = []
        for workspace in seen:
            self._add(workspace, days, items, bars, alone=alone is not None)
        title = f"{formats.date_short(days[0])} – {formats.date(days[-1])}" if weekly else formats.month_title(page.anchor)
        if page.mode is Mode.YEAR:
            title = formats.month_title(self._of.day)
        items.sort(key=lambda one: (one.wall, one.text))
        return Sheet(
            title=title,
            name=alone.client.name if alone is not None else self.tr("All clients"),
            days=days,
            month=None if weekly else page.anchor.month,
            items=tuple(items),
            bars=tuple(sorted(bars, key=lambda one: (one.first, one.text))),
            colour=alone.client.colour if alone is not None else None,
            formats=formats,
            made=page.today,
        )

    def _add(
        self, workspace: Workspace, days: tuple[date, ...], items: list[PrintItem], bars: list[PrintBar], *, alone: bool
    ) -> None:
        client = workspace.client
        for one in exchange.entries(workspace, days[0], days[-1], for_client=alone):
            if one.kind in {Kind.NOTE, Kind.CAMPAIGN} and one.first is not None:
                bars.append(PrintBar(one.first, one.last or one.first, one.text, client.colour))
            elif one.wall is not None:
                wall = self._wall(one.wall, one.zone or client.timezone)
                where = "" if alone else client.name
                firm = one.kind is Kind.POST
                items.append(PrintItem(wall, one.text, where, client.colour, "" if alone else client.initials, firm))

    def _wall(self, wall: datetime, zone: str) -> datetime:
        shown = self._of.zone()
        if zone == shown.key:
            return wall
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(shown).replace(tzinfo=None)
