"""Logs in to Bluesky with an app password: who the handle is, which server speaks for them, then one session."""

from __future__ import annotations

from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    BadInput,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    WrongIdentity,
)
from cmdesk.domain.secret import Secret
from cmdesk.networks import _values as values
from cmdesk.networks._addresses import clean_origin
from cmdesk.networks._bluesky_identity import Finder, clean_handle, is_did, server_in, service_of
from cmdesk.networks._bluesky_session import Lines, Session, dpop_post, error_name, problem_of, token, unpacked
from cmdesk.networks.http import Answer, Call, CallFailed

_LONGEST_PASSWORD = 512


async def sign_in(
    handle: str, password: Secret, *, lines: Lines, clock: Clock, server: str = "", allow_private: bool = False
) -> Session:
    """A session of the account (com.atproto.server.createSession). ``server`` is where to log in, else it is found out.

    Raises BadInput(field="handle", "server" or "password"), NetworkProblem. The password is used once and kept nowhere.
    """
    name = clean_handle(handle)
    word = password.reveal().strip()
    if not word:
        raise BadInput(field="password", reason="empty")
    if len(word) > _LONGEST_PASSWORD or not word.isprintable():
        raise BadInput(field="password", reason="not_a_password")
    expected = None
    if server:
        service = clean_origin(server, allow_private=allow_private)
    else:
        found = await Finder(lines, allow_private).find(name)
        expected, service = found.did, service_of(found.pds)
    answer = await _posted(lines, service, name, word)
    if not answer.ok:
        raise _refused(answer, clock)
    told = values.record(answer.json())
    did = values.text(told, "did", 300)
    if not is_did(did):
        raise AnswerUnreadable(reason="id")
    if did != (expected or did) or (is_did(name) and did != name):
        raise WrongIdentity(expected=name, found=values.text(told, "handle", 260))
    document = values.part(told, "didDoc")
    pds = server_in(document, did, allow_private=allow_private) if document else service
    return Session(did, pds, service, token(told, "accessJwt"), token(told, "refreshJwt"))


async def _posted(lines: Lines, service: str, name: str, word: str) -> Answer:
    line = lines(service)
    try:
        body = {"identifier": name, "password": word}
        return await line.send(Call("POST", "/xrpc/com.atproto.server.createSession", body=body, authorized=False))
    except CallFailed as failure:
        raise failure.problem from None
    finally:
        await line.close()


def _refused(answer: Answer, clock: Clock) -> NetworkProblem | BadInput:
    """Why nobody was let in, as far as the person can do something about it."""
    name = error_name(answer)
    if name == "AuthFactorTokenRequired":
        return BadInput(field="password", reason="second_factor")  # the account's own password; an app password needs no code
    if name == "AuthenticationRequired":
        return BadInput(field="password", reason="refused")
    problem = problem_of(answer, clock)
    return problem if isinstance(problem, RateLimited | AuthRevoked) or answer.status >= 500 else RefusedByNetwork(answer.status)


async def sign_out(secret: Secret, *, lines: Lines, clock: Clock) -> None:
    """Ends a session at its server: com.atproto.server.deleteSession, or the issuer's revocation. Raises NetworkProblem."""
    session = unpacked(secret)
    if session.oauth is not None:
        if not session.oauth.revocation_endpoint:
            raise RefusedByNetwork(404)
        line = lines(session.oauth.issuer)
        try:
            form = (("token", session.refresh), ("client_id", session.oauth.client_id))
            answer = await dpop_post(line, session.oauth, session.oauth.revocation_endpoint, form, nonces={}, clock=clock)
        finally:
            await line.close()
    else:
        line = lines(session.service)
        headers = {"Authorization": f"Bearer {session.refresh}"}
        try:
            answer = await line.send(Call("POST", "/xrpc/com.atproto.server.deleteSession", headers=headers, authorized=False))
        except CallFailed as failure:
            raise failure.problem from None
        finally:
            await line.close()
    if not answer.ok:
        raise RefusedByNetwork(answer.status)
