"""Takes a post's files from the client's own folder, and only the very ones that were approved."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cmdesk.domain.limits import Problem
from cmdesk.domain.post import MediaItem
from cmdesk.networks.port import Outcome, Refused


def refusal(code: str, **params: str | int) -> Refused:
    """A refusal with the parameters of its sentence."""
    return Refused(Problem(code, params=tuple(sorted(params.items()))))


class Stopped(Exception):
    """An outcome found on the way, before the status was written."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def content_of(folder: Path, item: MediaItem) -> bytes:
    """The bytes of a file of the client's own folder, the very ones that were approved."""
    if Path(item.file_name).name != item.file_name or item.file_name in {"", ".", ".."}:
        raise Stopped(refusal("media_missing", name=item.original_name))
    try:
        content = (folder / item.file_name).read_bytes()
    except OSError:
        raise Stopped(refusal("media_missing", name=item.original_name)) from None
    if hashlib.sha256(content).hexdigest() != item.sha256:
        raise Stopped(refusal("media_changed", name=item.original_name))
    return content
