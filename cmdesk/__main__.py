"""Hands over to the window or to a command, and imports nothing that the other one needs."""

import sys
from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: gives its exit code. Without a command the window opens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        return window(None, practice=False, locale=None)

    if given == ["--version"]:
        # Asked by scripts and installers, again and again: nothing else is needed for it.
        from cmdesk import __version__

        sys.stdout.write(f"cmdesk {__version__}\n")
        return 0

    if given == ["picture-worker"]:
        # The program starts itself like this to look at a picture in a process of its own (services.pictures).
        from cmdesk.services import picture_worker

        return picture_worker.main()

    if given == ["language-worker"]:
        # The same for reading texts (language.host).
        from cmdesk.language import worker

        return worker.main()

    from cmdesk.cli import parser, run

    around = run.real_surroundings()
    try:
        args, words = run.read_arguments(given, around.environ)
    except parser.WrongUsage as problem:
        return run.wrong_usage(given, problem, around)
    if args.command in {None, "window"}:
        return window(args.home, practice=getattr(args, "practice", False), locale=args.locale)
    return run.carry_out(args, words, around)


def window(home: str | None, *, practice: bool, locale: str | None, tell: Callable[[str], None] | None = None) -> int:
    """Opens the window and gives the program's exit code. ``tell`` is told how far the start is (``app.run_window``)."""
    import gc
    import os

    # Collecting while everything is being made finds nothing, and costs a tenth of the way to the first window.
    gc.disable()
    from cmdesk.domain.errors import CmdeskError
    from cmdesk.services.home import find_home

    try:
        from cmdesk import app

        return app.run_window(find_home(home, os.environ).path, practice=practice, locale=locale, tell=tell)
    except CmdeskError as problem:
        from cmdesk.cli import words

        sys.stderr.write(words.Words(locale).problem(problem) + "\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
