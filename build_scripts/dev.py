"""The one door for developers: `python3 build_scripts/dev.py VERB` prepares whatever is missing, then does it.

    run [arguments of cmdesk]     opens the window (or runs a command of the command line)
    test [arguments of pytest]    the whole suite, or a part of it
    check                         format, lint, types, walls between the rooms, house rules, sense of proportion
    prove [--long] [ROW ...]      proves the promises about publishing by simulation, prints one table
    bench [names]                 measures, prints JSON
    shots [DIR] [arguments]       draws every screen to PNG files
    i18n [--check]                brings the words' files up to date, or tells what is stale or unfinished
    build                         builds the wheel into dist/
    lock                          makes the locked requirements again
    setup                         only prepares the environment
    packages                      names Debian's packages that it needs, for machines where another one installs them

`--python 3.12`, `--python 3.13` or `--python PATH` does the same in an environment of its own.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one file that older Pythons get to see
    sys.exit("cmdesk needs Python 3.11 or newer; this one is " + sys.version.split()[0])

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_scripts import environment, grammalecte, places, proportion, servers, system, words

NO_DISPLAY = (
    "There is no display here: `python3 build_scripts/dev.py shots` draws every screen to picture files, and the "
    "command line does everything without a window (`{program} --help`)."
)
_OPTIONS_WITH_VALUE = {"--home", "--locale"}


def _environment(**more: str) -> dict[str, str]:
    """The caller's environment, with byte code cached: start-up and tests take twice the time without."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}


def _offscreen() -> dict[str, str]:
    return _environment(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))


def _call(command: list[str], env: Mapping[str, str] | None = None) -> int:
    """Runs a program in the checkout and gives its exit code; an interrupt is the program's to handle."""
    with subprocess.Popen(command, cwd=places.ROOT, env=env or _environment()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def opens_window(arguments: list[str]) -> bool:
    """Whether these arguments of cmdesk ask for the window: no command at all, or `window`."""
    rest = iter(arguments)
    for argument in rest:
        if argument in {"-h", "--help", "--version"}:
            return False
        if argument in _OPTIONS_WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument == "window"
    return True


def has_display(env: Mapping[str, str], platform: str = sys.platform) -> bool:
    return not platform.startswith("linux") or any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(arguments: list[str], python: str | None) -> int:
    if opens_window(arguments) and not has_display(os.environ):
        program = places.program(environment.interpreter(python)[1], "cmdesk").relative_to(places.ROOT)
        system.say(NO_DISPLAY.format(program=program))
        return 1
    system.require(system.WINDOW, "for the window", wished=grammalecte.wished())
    venv = environment.prepare(python)
    grammalecte.offer()
    return _call([str(places.program(venv, "cmdesk")), *arguments])


def pytest_arguments(arguments: list[str]) -> list[str]:
    """Adds two or more workers, unless the caller chose them, debugs, or names single files."""
    chosen = any(one.startswith(("-n", "--numprocesses", "--dist", "--pdb", "-s", "--collect-only")) for one in arguments)
    single = any(one.split("::")[0].endswith(".py") for one in arguments)
    if chosen or single:
        return arguments
    return ["-n", str(min(4, max(2, os.cpu_count() or 2))), "--dist", "loadfile", *arguments]


def _prepare_tests(python: str | None) -> Path:
    system.require(
        system.WINDOW,
        "for Qt and the tests",
        wished=[*system.KEYRING, *system.FONTS, *system.UNICODE, *system.STORES, *grammalecte.wished()],
    )
    venv = environment.prepare(python)
    system.offer_snac(venv / "snac2-not-available")
    servers.offer(venv)
    grammalecte.offer()
    return venv


def test(arguments: list[str], python: str | None) -> int:
    venv = _prepare_tests(python)
    return _call([str(places.program(venv, "python")), "-m", "pytest", *pytest_arguments(arguments)], _offscreen())


def check(arguments: list[str], python: str | None) -> int:
    """Every step runs, so that one look shows all that is wrong."""
    if arguments:
        raise system.Refused("check takes no arguments.")
    system.require(system.WINDOW, "for Qt")
    venv = environment.prepare(python)
    interpreter = str(places.program(venv, "python"))
    steps = {
        "format": [interpreter, "-m", "ruff", "format", "--check", "."],
        "lint": [interpreter, "-m", "ruff", "check", "."],
        "types": [interpreter, "-m", "mypy", "cmdesk", "tests", "build_scripts"],
        "walls": [str(places.program(venv, "lint-imports"))],
        "house": [interpreter, "-m", "pytest", "-q", "-m", "not slow", "tests/house"],
    }
    failed: list[str] = []
    for name, command in steps.items():
        system.say(f"-- {name}")
        if _call(command, _offscreen()):
            failed.append(name)
    system.say("-- proportion (for information)")
    for line in proportion.report():
        system.say(line)
    system.say(f"check: {', '.join(failed)} failed" if failed else "check: all is well")
    return 1 if failed else 0


def bench(arguments: list[str], python: str | None) -> int:
    system.require(system.WINDOW, "for Qt", wished=[*system.FONTS, *grammalecte.wished()])
    venv = environment.prepare(python)
    grammalecte.offer()
    interpreter = str(places.program(venv, "python"))
    folder, file = places.ROOT / "build_scripts" / "bench", places.ROOT / "build_scripts" / "bench.py"
    start = ["-m", "build_scripts.bench"] if folder.is_dir() else [str(file)]
    return _call([interpreter, *start, *arguments], _offscreen())


def prove(arguments: list[str], python: str | None) -> int:
    system.require(system.WINDOW, "for Qt")
    venv = environment.prepare(python)
    return _call([str(places.program(venv, "python")), "-m", "tests.prove", *arguments], _offscreen())


def shots(arguments: list[str], python: str | None) -> int:
    system.require(system.WINDOW, "for Qt", wished=system.FONTS)
    venv = environment.prepare(python)
    where = [] if arguments and not arguments[0].startswith("-") else ["shots"]
    return _call([str(places.program(venv, "cmdesk")), "shots", *where, *arguments], _offscreen())


def i18n(arguments: list[str], python: str | None) -> int:
    if arguments not in ([], ["--check"]):
        raise system.Refused("i18n takes no argument but --check.")
    system.require(system.WINDOW, "for Qt's translation tools")
    venv = environment.prepare(python)
    if not arguments:
        words.refresh(venv)
        return 0
    problems = words.problems(venv)
    for line in problems:
        system.say(line)
    return 1 if problems else 0


def build(arguments: list[str], python: str | None) -> int:
    if arguments:
        raise system.Refused("build takes no arguments.")
    venv = environment.prepare(python)
    pip = [str(places.program(venv, "python")), "-m", "pip"]
    code = _call([*pip, "wheel", ".", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", "dist"])
    if code == 0:
        system.say("The wheel is in dist/. Installers for Windows, macOS and Linux are not made yet.")
    return code


def lock(arguments: list[str], python: str | None) -> int:
    """One universal file for Linux, Windows and macOS and Python 3.11 and newer; `--upgrade` looks for newer versions."""
    venv = environment.prepare(python)
    compiling = [
        str(places.program(venv, "uv")), "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", *arguments, "pyproject.toml",
    ]  # fmt: skip
    relative = {file: file.relative_to(places.ROOT).as_posix() for file in (places.LOCK, places.LOCK_RUN)}
    tools = (places.REQUIREMENTS / "dev.in").relative_to(places.ROOT).as_posix()
    return _call([*compiling, "-o", relative[places.LOCK_RUN]]) or _call(
        [*compiling, tools, "-c", relative[places.LOCK_RUN], "-o", relative[places.LOCK]]
    )


def setup(arguments: list[str], python: str | None) -> int:
    if arguments:
        raise system.Refused("setup takes no arguments.")
    system.say(f"{_prepare_tests(python).name} is ready")
    return 0


def packages(arguments: list[str], _python: str | None) -> int:
    if arguments:
        raise system.Refused("packages takes no arguments.")
    print(*system.WINDOW, *system.KEYRING, *system.FONTS, *system.UNICODE, *system.STORES, *system.LANGUAGE)
    return 0


def take_python(arguments: list[str]) -> tuple[list[str], str | None]:
    """Takes `--python X` or `--python=X` out of the arguments, wherever it stands."""
    rest: list[str] = []
    python: str | None = None
    words_left = iter(arguments)
    for word in words_left:
        if word == "--python":
            python = next(words_left, None)
            if python is None:
                raise system.Refused("--python wants a version or a path.")
        elif word.startswith("--python="):
            python = word.removeprefix("--python=")
        else:
            rest.append(word)
    return rest, python


def main(arguments: list[str]) -> int:
    verbs: dict[str, Callable[[list[str], str | None], int]] = {
        "run": run, "test": test, "check": check, "prove": prove, "bench": bench, "shots": shots, "i18n": i18n, "build": build,
        "lock": lock, "setup": setup, "packages": packages,
    }  # fmt: skip
    try:
        rest, python = take_python(arguments)
        if not rest or rest[0] in {"-h", "--help", "help"}:
            print(__doc__)
            return 0 if rest else 2
        if rest[0] not in verbs:
            raise system.Refused(f"There is no verb {rest[0]!r}; the verbs are {', '.join(verbs)}.")
        return verbs[rest[0]](rest[1:], python)
    except system.Refused as problem:
        system.say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
