"""The one place that knows where icons, themes, fonts and words lie: in the source tree, in a wheel, in a frozen program."""

import sys
from pathlib import Path


class ResourceMissing(FileNotFoundError):
    """A file that belongs to the program is not where it must be: the installation is damaged; ``name`` says which."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(f"{name} is missing from {folder}")
        self.name = name


def find_root(package: Path, bundle: str | None = None) -> Path:
    """The folder of the resources for a package folder; ``bundle`` is where a frozen program unpacked itself.

    A wheel carries them as ``cmdesk/_resources``, a frozen program as ``resources`` at its top, a source tree as
    ``resources`` beside the package.
    """
    if bundle is not None:
        return Path(bundle) / "resources"
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"


ROOT = find_root(Path(__file__).resolve().parent, getattr(sys, "_MEIPASS", None))


def path(*parts: str) -> Path:
    """The path of a resource (file or folder), as in ``path("icons", "send.svg")``; ResourceMissing when it is not there."""
    found = ROOT.joinpath(*parts)
    if not found.exists():
        raise ResourceMissing("/".join(parts), ROOT)
    return found


def data(*parts: str) -> bytes:
    """A resource's bytes."""
    return path(*parts).read_bytes()


def text(*parts: str) -> str:
    """A resource's text, which is always UTF-8."""
    return path(*parts).read_text("utf-8")
