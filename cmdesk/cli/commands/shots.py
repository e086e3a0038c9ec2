"""Draws every screen of the practice desk into picture files, offscreen."""

from cmdesk.cli import reading
from cmdesk.cli.exits import Exit
from cmdesk.cli.run import Call
from cmdesk.cli.words import LOCALES
from cmdesk.domain.errors import BadInput


def shots(call: Call) -> Exit:
    """Prints the files that were drawn. Not a coroutine: Qt wants the main thread."""
    from cmdesk.ui.shots import render

    args = call.args
    folder = reading.path(args.folder)
    themes = list(dict.fromkeys(args.theme or ["light", "dark"]))
    locales = [args.locale] if args.locale is not None else [LOCALES[0], LOCALES[2]]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BadInput(field="file", reason="name", given=args.folder[:80]) from None
    files = render(folder, args.screen, themes, locales)
    call.output.result([str(file) for file in files], "\n".join(str(file) for file in files))
    return Exit.DONE
