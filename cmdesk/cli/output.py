"""The two ways out: what was asked for goes to stdout (one JSON document or words), what is said about it to stderr."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TextIO

from cmdesk.cli.text import harmless, iso
from cmdesk.cli.words import Words, visible
from cmdesk.domain.errors import CmdeskError

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


class Output:
    """Writes results and messages. With ``as_json`` stdout holds nothing but JSON."""

    def __init__(self, out: TextIO, err: TextIO, words: Words, *, as_json: bool) -> None:
        self._out = out
        self._err = err
        self.words = words
        self.as_json = as_json

    def result(self, document: Json, human: str) -> None:
        """The answer of a command, once: the document for programs or the text for people."""
        if self.as_json:
            self._out.write(_dumped(document, indent=2) + "\n")
        elif human:
            self._out.write(harmless(human).rstrip("\n") + "\n")
        self._out.flush()

    def line(self, document: Json, human: str) -> None:
        """One piece of a stream: a JSON line for programs, a line of text for people."""
        text = _dumped(document, indent=None) if self.as_json else harmless(human)
        self._out.write(text + "\n")
        self._out.flush()

    def json_line(self, document: Json) -> None:
        """One JSON line, whatever was asked for: what a command with ``--jsonl`` answers."""
        self._out.write(_dumped(document, indent=None) + "\n")
        self._out.flush()  # who hands in line after line may wait for each answer

    def say(self, sentence: str) -> None:
        """A message beside the answer, on stderr."""
        self._err.write(harmless(sentence) + "\n")
        self._err.flush()

    def failed(self, problem: CmdeskError, **more: Json) -> None:
        """A failure: its sentence on stderr and, for programs, the one document on stdout."""
        sentence = self.words.problem(problem)
        self.say(sentence)
        if self.as_json:
            self.error(problem.code, sentence, {**{n: _plain(v) for n, v in visible(problem.params).items()}, **more})

    def error(self, code: str, sentence: str, params: Mapping[str, Json]) -> None:
        """The document of a failure, for programs only."""
        if self.as_json:
            self.result(
                {
                    "error": {
                        "code": code,
                        "message": sentence,
                        **{n: v for n, v in params.items() if n not in {"code", "message"}},
                    }
                },
                "",
            )


def _dumped(document: Json, *, indent: int | None) -> str:
    # A lone surrogate cannot be written as UTF-8; as an escape it is still JSON.
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(document, ensure_ascii=True, indent=indent)
    return text


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return iso(value) if isinstance(value, datetime) else str(value)
