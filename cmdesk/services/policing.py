"""Keeps order by the client's written policy: graded measures, the evidence first, then the network, then what came of it."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from cmdesk.domain.digest import sha256
from cmdesk.domain.errors import BadInput, CmdeskError, NotFound
from cmdesk.domain.ids import DeliveryId, MessageId
from cmdesk.domain.message import Message
from cmdesk.domain.moderation import Evidence, Measure, Policy, PolicyRule, Sanction, clean_policy, from_facts, to_facts
from cmdesk.domain.people import person_key
from cmdesk.networks.port import ReportReason
from cmdesk.services import moderating
from cmdesk.store import accounts as account_store
from cmdesk.store import clients, inbox
from cmdesk.store import policing as store
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.services.workspace import Workspace

_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_PICTURE = 10_000_000
_FOLDER = "evidence"

Deed = Callable[["Workspace", MessageId], Awaitable[object]]
_DEEDS: Mapping[Measure, Deed] = {
    Measure.HIDE: moderating.mute_thread,
    Measure.MUTE: moderating.mute_author,
    Measure.BLOCK: moderating.block,
}


def policy(ws: Workspace) -> Policy:
    """The client's policy; an empty one of version 0 when none was written."""
    with ws.read() as connection:
        return from_facts(clients.settings(connection).get("policy"))


async def write_policy(ws: Workspace, fresh: Policy) -> Policy:
    """Keeps a policy under the next version; what was done under earlier ones names those. Raises BadInput(field="policy")."""
    checked = clean_policy(fresh)
    with ws.write() as session:
        settings = clients.settings(reading(session))
        kept = replace(checked, version=from_facts(settings.get("policy")).version + 1)
        clients.set_settings(session, {**settings, "policy": to_facts(kept)})
    return kept


def suggested(ws: Workspace, message_id: MessageId, code: str) -> Measure:
    """The measure that the policy has for who wrote a message, by how often they met this rule before. Raises NotFound."""
    rule = _rule(policy(ws), code)
    message, account = _target(ws, message_id)
    with ws.read() as connection:
        return rule.measure(store.earlier(connection, _person(message, account), code))


async def take(
    ws: Workspace,
    message_id: MessageId,
    measure: Measure,
    code: str = "",
    *,
    picture: bytes | None = None,
    reason: ReportReason | None = None,
    by_rule: int | None = None,
) -> Sanction:
    """Takes a measure for a message, under a rule of the policy (``code``, or none): evidence is kept first.

    ``picture`` is the message as it was shown (PNG). Raises NotFound, BadInput(field="picture"), and what the network says;
    the measure then stays noted with that outcome, and can be taken again.
    """
    known = policy(ws)
    rule = _rule(known, code) if code else None
    message, account = _target(ws, message_id)
    name = _keep_picture(ws, picture)
    now = ws.clock.now()
    draft = Sanction(0, message.id, account.id, _person(message, account), measure, code, known.version, by_rule, now, "begun")
    with ws.write() as session:
        facts = _facts(message, account, rule, known, store.history(reading(session), message.id))
        number = store.add_sanction(session, draft)
        seal = store.seal(facts, picture or b"")
        store.add_evidence(session, message.id, number, facts, picture=name, sha256=seal, at=now)
    outcome = ""
    try:
        await _carry_out(ws, message, measure, reason)
    except CmdeskError as problem:
        outcome = problem.code
        raise
    finally:
        with ws.write() as session:
            store.settle_sanction(session, number, outcome)
    return replace(draft, id=number, outcome="")


async def _carry_out(ws: Workspace, message: Message, measure: Measure, reason: ReportReason | None) -> None:
    deed = _DEEDS.get(measure)
    if deed is not None:
        await deed(ws, message.id)
    elif measure is Measure.REPORT:
        await moderating.report(ws, message.id, reason or ReportReason())
    elif measure is Measure.DELETE:
        for delivery in own_answers(ws, message.id):
            await moderating.delete_own(ws, delivery)


def own_answers(ws: Workspace, message_id: MessageId) -> tuple[DeliveryId, ...]:
    """Our answers to a message that are live."""
    with ws.read() as connection:
        rows = connection.execute(
            "SELECT d.id FROM post p JOIN delivery d ON d.post_id = p.id WHERE p.reply_message_id = ? AND d.state = 'sent'",
            (message_id,),
        ).fetchall()
    return tuple(DeliveryId(row[0]) for row in rows)


async def keep_evidence(ws: Workspace, message_id: MessageId, picture: bytes | None = None) -> int:
    """Keeps evidence of a message without any measure; returns its id. Raises NotFound, BadInput(field="picture")."""
    message, account = _target(ws, message_id)
    name = _keep_picture(ws, picture)
    with ws.write() as session:
        facts = _facts(message, account, None, policy(ws), store.history(reading(session), message.id))
        seal = store.seal(facts, picture or b"")
        return store.add_evidence(session, message.id, None, facts, picture=name, sha256=seal, at=ws.clock.now())


async def undone(ws: Workspace, sanction: int) -> None:
    """The measure was taken back on the network; it no longer counts. Raises NotFound."""
    with ws.write() as session:
        if not store.undo_sanction(session, sanction, ws.clock.now()):
            raise NotFound(what="sanction", ref=str(sanction))


def sanctions(ws: Workspace, message_id: MessageId | None = None) -> tuple[Sanction, ...]:
    """Measures, the newest first: for a message, or all."""
    with ws.read() as connection:
        return store.sanctions(connection, message=message_id)


def evidence(ws: Workspace, message_id: MessageId | None = None) -> tuple[Evidence, ...]:
    """Evidence, the oldest first: for a message, or all."""
    with ws.read() as connection:
        return store.evidence(connection, message_id)


def sound(ws: Workspace, one: Evidence) -> bool:
    """Whether evidence is still what was kept: facts and picture have the hash they were sealed with."""
    try:
        picture = (ws.folder / _FOLDER / one.picture).read_bytes() if one.picture else b""
    except OSError:
        return False
    return store.seal(one.facts, picture) == one.sha256


async def export_evidence(ws: Workspace, path: Path, message_id: MessageId | None = None) -> int:
    """Writes evidence (of a message, or all of it) with pictures and seals into an archive; returns how many pieces.

    Raises BadInput(field="file") when the file exists.
    """
    found = evidence(ws, message_id)
    known = {one.id: one for one in sanctions(ws)}
    document = [_exported(ws, one, known.get(one.sanction or 0)) for one in found]
    await ws.helper(_write_archive, ws.folder / _FOLDER, path, document)
    return len(found)


def _write_archive(folder: Path, path: Path, document: list[dict[str, Any]]) -> None:
    """The archive: one document, and the pictures it names."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise BadInput(field="file", reason="exists", given=path.name) from None
    with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("evidence.json", json.dumps(document, ensure_ascii=False, indent=2))
        for name in dict.fromkeys(one["picture"] for one in document if one["picture"]):
            picture = folder / Path(name).name
            if picture.is_file():
                archive.writestr(name, picture.read_bytes())


def _exported(ws: Workspace, one: Evidence, sanction: Sanction | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "client": ws.client.name,
        "taken_at": one.taken_at.isoformat(),
        "sha256": one.sha256,
        "sound": sound(ws, one),
        "picture": f"pictures/{one.picture}" if one.picture else "",
        "measure": "" if sanction is None else sanction.measure.value,
        "measure_at": "" if sanction is None else sanction.at.isoformat(),
        "outcome": "" if sanction is None else sanction.outcome or "done",
        **one.facts,
    }


def _facts(
    message: Message, account: Account, rule: PolicyRule | None, known: Policy, history: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "network": account.identity.network.value,
        "account": account.identity.handle,
        "author": message.author.handle,
        "author_name": message.author.name,
        "author_id": message.author.remote_id,
        "author_url": message.author.profile_url,
        "text": message.text,
        "warning": message.warning,
        "url": message.url,
        "remote_id": message.remote_id,
        "kind": message.kind.value,
        "visibility": message.visibility.value,
        "written_at": message.created_at.isoformat(),
        "edited_at": "" if message.edited_at is None else message.edited_at.isoformat(),
        "media": [one.url for one in message.attachments],
        "before": history,
        "rule": "" if rule is None else rule.code,
        "rule_title": "" if rule is None else rule.title,
        "rule_text": "" if rule is None else rule.text,
        "policy_version": known.version,
    }


def _keep_picture(ws: Workspace, picture: bytes | None) -> str:
    """The file that a picture is kept in, named by its content; empty without one."""
    if picture is None:
        return ""
    if not picture.startswith(_PNG) or len(picture) > _LARGEST_PICTURE:
        raise BadInput(field="picture", reason="damaged")
    folder = ws.folder / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{sha256(picture)}.png"
    if not target.exists():
        staging = target.with_suffix(".part")
        with os.fdopen(os.open(staging, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(picture)
            file.flush()
            os.fsync(file.fileno())
        staging.rename(target)
    return target.name


def _rule(known: Policy, code: str) -> PolicyRule:
    rule = known.rule(code)
    if rule is None:
        raise NotFound(what="policy_rule", ref=code[:80])
    return rule


def _target(ws: Workspace, message_id: MessageId) -> tuple[Message, Account]:
    with ws.read() as connection:
        message = inbox.message(connection, message_id)
        return message, account_store.account(connection, message.account)


def _person(message: Message, account: Account) -> str:
    return person_key(account.identity.network, message.author.remote_id, message.author.handle)
