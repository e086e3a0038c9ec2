"""Answers the worker's questions for moods; the first one loads what reads them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

import msgspec

from cmdesk.language.protocol import LONGEST_TEXT, Handler, Refusal, Triage, Triaged

#: Small matrices are not worth a second thread, and the other core belongs to whoever writes.
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def handlers() -> Mapping[str, Handler]:
    """What the worker can do here."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    from cmdesk.language.mood import Reader  # after that: numpy reads these names when it is loaded

    reader = Reader()
    decoder = msgspec.json.Decoder(Triage)

    def triage(body: msgspec.Raw) -> Triaged:
        asked = decoder.decode(body)
        if any(len(text) > LONGEST_TEXT for text in asked.texts):
            raise Refusal("too_long")
        return Triaged(tuple(reader.read(asked.texts, asked.corrections, asked.home)))

    return {"triage": triage}
