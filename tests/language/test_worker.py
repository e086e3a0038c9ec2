"""The worker answers every line, whatever it says, and nothing a checker prints gets between the answers."""

from __future__ import annotations

import io
import subprocess
import sys

import msgspec
import pytest

from cmdesk.domain.language import Profile
from cmdesk.language.host import command
from cmdesk.language.protocol import LONGEST_LINE, LONGEST_TEXT, Answer, Check, Checked, Handler, Refusal, Request
from cmdesk.language.worker import Worker

encode = msgspec.json.encode


def echoing() -> dict[str, Handler]:
    def echo(body: msgspec.Raw) -> object:
        return msgspec.json.decode(body)

    def fail(body: msgspec.Raw) -> object:
        raise ZeroDivisionError

    def refuse(body: msgspec.Raw) -> object:
        raise Refusal("too_long")

    return {"echo": echo, "fail": fail, "refuse": refuse}


def answer(line: bytes) -> Answer:
    return msgspec.json.decode(Worker({"echo": echoing, "fail": echoing, "refuse": echoing}).answer(line), type=Answer)


def test_a_kind_is_answered_by_its_handler() -> None:
    told = answer(encode({"id": 7, "do": "echo", "body": {"é": ["😀"]}}))
    assert (told.id, msgspec.json.decode(told.body), told.error) == (7, {"é": ["😀"]}, "")


@pytest.mark.parametrize(
    ("line", "number", "error"),
    [
        (b"{", 0, "bad_request"),
        (b"null", 0, "bad_request"),
        (b'{"id":1}', 0, "bad_request"),
        (b'{"id":"1","do":"echo"}', 0, "bad_request"),
        (b"\xff\xfe", 0, "bad_request"),
        (b"[" * 100_000, 0, "bad_request"),
        (b'{"id":3,"do":"sing"}', 3, "unknown"),
        (b'{"id":3,"do":"fail"}', 3, "failed"),
        (b'{"id":3,"do":"refuse"}', 3, "too_long"),
    ],
)
def test_a_bad_line_is_an_answer_too(line: bytes, number: int, error: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(line)
    assert (told.id, told.error) == (number, error)
    assert "sing" not in capsys.readouterr().err, "what was asked is nobody's business"


def test_each_kind_is_loaded_once_and_late() -> None:
    loaded = []

    def load() -> dict[str, Handler]:
        loaded.append(1)
        return {"echo": lambda _body: 1}

    worker = Worker({"echo": load})
    assert not loaded
    for _ in range(3):
        worker.answer(encode(Request(1, "echo")))
    assert loaded == [1]


def test_lines_that_are_too_long_are_refused_and_the_next_is_read() -> None:
    target = io.BytesIO()
    lines = b"x" * (LONGEST_LINE + 10) + b"\n\n" + encode({"id": 2, "do": "echo", "body": 5}) + b"\n"
    Worker({"echo": echoing}).serve(io.BytesIO(lines), target)
    answers = [msgspec.json.decode(line, type=Answer) for line in target.getvalue().splitlines()]
    assert [(one.id, one.error) for one in answers] == [(0, "too_long"), (2, "")]


def test_the_real_process_reads_french_and_english_and_ends_with_its_input() -> None:
    requests = [
        Request(1, "check", msgspec.Raw(encode(Check("We definately recieved it.", Profile(locale="en-CA"))))),
        Request(2, "check", msgspec.Raw(encode(Check("😀 Une colection", Profile(locale="fr-CA"))))),
        Request(3, "check", msgspec.Raw(encode(Check("a" * (LONGEST_TEXT + 1), Profile(locale="fr-CA"))))),
        Request(4, "check", msgspec.Raw(b'{"text": 5}')),
    ]
    done = subprocess.run(
        command(), input=b"\n".join(encode(one) for one in requests) + b"\n", capture_output=True, timeout=60, check=True
    )
    answers = [msgspec.json.decode(line, type=Answer) for line in done.stdout.splitlines()]
    english, french = (msgspec.json.decode(one.body, type=Checked) for one in answers[:2])
    assert [one.fixes[0] for one in english.findings] == ["definitely", "received"]
    assert [(one.start, one.end, one.fixes[0]) for one in french.findings] == [(6, 15, "collection")]
    assert [one.error for one in answers[2:]] == ["too_long", "bad_request"]


def test_what_a_checker_prints_does_not_reach_the_answers() -> None:
    code = (
        "import sys, cmdesk.language.worker as w\n"
        "def load():\n"
        "    def talk(body):\n"
        "        print('hello'); import os; os.system('echo there'); return 1\n"
        "    return {'talk': talk}\n"
        "w.LOADERS = {'talk': load}\n"
        "w.Worker.__init__.__defaults__ = (w.LOADERS,)\n"
        "sys.exit(w.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b'{"id":1,"do":"talk"}\n', capture_output=True, timeout=30, check=True
    )
    assert msgspec.json.decode(done.stdout, type=Answer).id == 1
