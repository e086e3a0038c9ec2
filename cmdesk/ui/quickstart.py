"""Keeps the byte code of Qt for Python's own helpers, which it would otherwise compile from source at every start.

Qt for Python carries a package of Python modules (``shibokensupport``) inside its library and runs them through ``compile``
each time it is imported: a quarter of what a bare window costs. Python keeps the byte code of every other module in
``__pycache__``; this does the same for those, with the same trust, and by the same rules of where and whether to write.
"""

import builtins
import contextlib
import marshal
import os
import sys
import tempfile
from _imp import source_hash
from collections.abc import Callable, Iterator
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

_PACKAGE = "shibokensupport/"
_KEY = int.from_bytes(MAGIC_NUMBER, "little")


@contextlib.contextmanager
def kept_byte_code(file: Path | None = None) -> Iterator[None]:
    """While this holds, modules of that package are taken from ``file``, or compiled and kept there.

    ``file`` lies beside this module's own byte code unless given. A file that is missing, damaged, or of another version of
    Python or Qt costs nothing but the time to compile.
    """
    where = file or place()
    kept = _read(where)
    used: dict[str, tuple[bytes, CodeType]] = {}
    compiled = False
    real: Callable[..., Any] = builtins.compile

    def compile_or_take(source: Any, filename: Any, mode: str, *rest: Any, **named: Any) -> Any:
        nonlocal compiled
        if rest or named or mode != "exec" or not isinstance(source, bytes) or not str(filename).startswith(_PACKAGE):
            return real(source, filename, mode, *rest, **named)
        fingerprint = source_hash(_KEY, source)
        before = kept.get(filename)
        if before is None or before[0] != fingerprint:
            compiled = True
            before = fingerprint, real(source, filename, mode)
        used[filename] = before
        return before[1]

    builtins.compile = compile_or_take
    try:
        yield
    finally:
        builtins.compile = real
    if compiled and not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _write(where, used)


def place() -> Path:
    """Where the byte code is kept: beside this module's own, by Python's rules."""
    return Path(cache_from_source(__file__)).with_suffix(".support")


def _read(file: Path) -> dict[str, tuple[bytes, CodeType]]:
    try:
        found = marshal.loads(file.read_bytes())  # noqa: S302 - what Python itself does with the files beside this one
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: entry
        for name, entry in found.items()
        if isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[1], CodeType)
    }


def _write(file: Path, modules: dict[str, tuple[bytes, CodeType]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "wb") as whole:
            whole.write(marshal.dumps(modules))
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
