"""Brings in Grammalecte, which no wheel carries: found where the system, a bundle or the checkout keeps it, or told as missing.

It is loaded by itself from its folder, so that nothing else of the system's Python comes along. It exists once per process and
costs about 300 MB and two seconds: only the worker loads it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

#: A folder that holds the package ``grammalecte``; a bundle that keeps it elsewhere names it so.
VARIABLE: Final = "CMDESK_GRAMMALECTE"
#: Where Debian's package ``python3-grammalecte`` puts it.
_DEBIAN: Final = Path("/usr/lib/python3/dist-packages")
_PACKAGE: Final = "grammalecte"


class Missing(Exception):
    """Grammalecte is not to be had on this machine."""


def places() -> Iterator[Path]:
    """The folders that may hold the package, the nearest first."""
    named = os.environ.get(VARIABLE)
    if named:
        yield Path(named)
        return
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        yield Path(bundle)
    package = Path(__file__).resolve().parents[1]
    yield package / "_grammalecte"
    yield package.parent / ".language"
    yield _DEBIAN


def find() -> Path | None:
    """The folder of the package itself, or None."""
    return next((place / _PACKAGE for place in places() if (place / _PACKAGE / "fr" / "gc_engine.py").is_file()), None)


@cache
def engine() -> Any:
    """Grammalecte's French engine (its module ``grammalecte.fr``), loaded. Raises Missing."""
    folder = find()
    if folder is None:
        raise Missing
    if _PACKAGE not in sys.modules:
        spec = importlib.util.spec_from_file_location(_PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)])
        if spec is None or spec.loader is None:
            raise Missing
        module = importlib.util.module_from_spec(spec)
        sys.modules[_PACKAGE] = module
        spec.loader.exec_module(module)
    french = importlib.import_module(f"{_PACKAGE}.fr")
    french.load("Python")
    return french
