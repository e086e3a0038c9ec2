"""Editing on the Mastodon API: one PUT and never a POST of a status, and an honest word about every way it can fail."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from cmdesk.networks.port import Edits, NotSent, Published, Refused, Unknown
from tests.networks.test_mastodon import US, Platform, connect, envelope, error, status

GET, PUT = "GET /api/v1/statuses/100", "PUT /api/v1/statuses/100"


async def edited(platform: Platform) -> tuple[str, str]:
    """What an edit came to, and its code."""
    one = connect(platform)
    assert isinstance(one, Edits)
    try:
        outcome = await one.edit("100", envelope("Autre"))
    except NotSent as proof:
        return "not_sent", proof.cause.code
    finally:
        await one.close()
        assert not platform.writes, "an edit never makes a status"
    if isinstance(outcome, Refused):
        return "refused", outcome.problem.code
    if isinstance(outcome, Unknown):
        return "unknown", outcome.reason
    assert isinstance(outcome, Published)
    return "published", outcome.remote_id


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(), ("published", "100")),
        (httpx.ConnectError("x"), ("not_sent", "no_network")),
        (httpx.ReadTimeout("x"), ("unknown", "timeout")),
        (httpx.ReadError("x"), ("unknown", "reset")),
        (error(500, "x"), ("unknown", "server_error")),
        (error(401, "x"), ("not_sent", "auth_revoked")),
        (error(403, "This action is outside the authorized scopes"), ("not_sent", "scope_missing")),
        (error(422, "Validation failed"), ("refused", "refused")),
        (error(404, "Record not found"), ("refused", "gone")),
        (error(429, "x", {"Retry-After": "60"}), ("not_sent", "rate_limited")),
        (httpx.Response(200, text="<html>"), ("unknown", "unreadable")),
        (status(account={"id": "8", "acct": "zoe"}), ("unknown", "wrong_identity")),
    ],
)
async def test_what_the_write_answers(answer: Any, told: tuple[str, str]) -> None:
    platform = Platform(**{GET: status(), PUT: answer})
    assert await edited(platform) == told
    assert sum(request.method == "PUT" for request in platform.requests) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (error(404, "Record not found"), ("refused", "gone")),
        (error(410, "x"), ("refused", "gone")),
        (error(503, "x"), ("not_sent", "server_trouble")),
        (httpx.ConnectError("x"), ("not_sent", "no_network")),
        (httpx.Response(200, text="<html>"), ("not_sent", "answer_unreadable")),
        (status(media_attachments=[{"type": "image"}]), ("not_sent", "answer_unreadable")),
    ],
)
async def test_what_the_look_before_it_answers(answer: Any, told: tuple[str, str]) -> None:
    platform = Platform(**{GET: answer, PUT: status()})
    assert await edited(platform) == told
    assert not any(request.method == "PUT" for request in platform.requests)


@pytest.mark.asyncio
async def test_another_accounts_words_are_never_put_there() -> None:
    platform = Platform(**{GET: status(), PUT: status()})
    one = connect(platform)
    assert isinstance(one, Edits)
    with pytest.raises(NotSent) as proof:
        await one.edit("100", envelope(identity=replace(US, remote_id="8")))
    assert proof.value.cause.code == "wrong_identity"
    assert not any(request.method == "PUT" for request in platform.requests)
