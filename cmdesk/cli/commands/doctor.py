"""Looks at everything cmdesk stands on, and says in a sentence each what is not well and what to do."""

import platform
import shutil
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cmdesk import __version__
from cmdesk.cli import shapes, standing
from cmdesk.cli.commands import agent_service
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk, unwritable
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import fields, iso
from cmdesk.domain.account import Account, Health, Network
from cmdesk.domain.agent import Standing
from cmdesk.domain.delivery import NEEDS_DECISION
from cmdesk.domain.errors import VaultProblem
from cmdesk.domain.ids import Kind, ref
from cmdesk.language import grammalecte
from cmdesk.services import agents, freezing, linking, planning, publishing
from cmdesk.services.ahead import ahead
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store.database import sqlite_version
from cmdesk.vault import VaultStatus

#: Versions of SQLite with the defect in resetting the write-ahead log; it needs two connections that write at one time.
_WAL_RESET_FIRST, _WAL_RESET_FIXED = (3, 7, 0), (3, 51, 3)
_LITTLE_SPACE = 1_000_000_000
_SKEW = timedelta(hours=1)


@dataclass(slots=True)
class _Findings:
    """What was found; ``problem`` is worth the exit code 1, ``note`` is good to know."""

    call: Call
    found: list[dict[str, Json]] = field(default_factory=list)

    def add(self, severity: str, code: str, **params: object) -> None:
        """One finding, with its sentence: what it is, and what to do about it."""
        shown = {name: str(value) for name, value in params.items()}
        self.found.append({"code": code, "severity": severity, "message": self.call.words(f"doctor.{code}", **params), **shown})

    @property
    def problems(self) -> bool:
        return any(one["severity"] == "problem" for one in self.found)


async def doctor(call: Call) -> Exit:
    """Prints what is there and every finding. Asks no network: ``account check`` does."""
    findings = _Findings(call)
    async with open_desk(call) as desk:
        status = await call.engine.helper(desk.vault.status)
        accounts = [(room, one) for room in desk.all_workspaces for one in linking.accounts(room)]
        sqlite, keyring = _sqlite(findings), _keyring(findings, status, bool(accounts))
        free, clock = _disk(findings, desk.home.path), _clock(findings, desk)
        health = [await _account(findings, room, one, usable=status.usable) for room, one in accounts]
        _clients(findings, desk)
        if grammalecte.find() is None:
            findings.add("note", "grammalecte")
        held = _queues(findings, desk)
        agent = await _agent(findings, desk)
        cards, home = desk.cards(), str(desk.home.path)
    document: dict[str, Json] = {
        "ok": not findings.problems,
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "sqlite": sqlite,
        "keyring": keyring,
        "home": home,
        "free_bytes": free,
        "clock": clock,
        "clients": [shapes.card(card) for card in cards],
        "accounts": health,
        "queues_held": held,
        "agent": agent,
        "findings": findings.found,
    }
    words = call.words
    pairs = [
        ("cmdesk", __version__),
        ("Python", f"{platform.python_version()} ({sys.executable})"),
        ("SQLite", str(sqlite["version"])),
        (words("doctor.name.keyring"), str(keyring["backend"] or "–")),
        (words("doctor.name.home"), home),
        (words("doctor.name.free"), words.size(free)),
        (words("doctor.name.clock"), f"{clock['now']} ({clock['zone']}, {clock['zone_rules']})"),
    ]
    lines = [f"{words('doctor.mark.' + str(one['severity']))} {one['message']}" for one in findings.found]
    call.output.result(document, "\n".join([fields(pairs), "", *(lines or [words("doctor.well")])]))
    if any(isinstance(one, dict) and not one["retired"] for one in held):
        return Exit.DECISION
    return Exit.PROBLEM if findings.problems else Exit.DONE


def _queues(findings: _Findings, desk: Desk) -> list[Json]:
    """The queues that stand still, and whether this computer can remember where they were armed."""
    call = findings.call
    for room in desk.workspaces:
        hold, frozen = standing.hold_now(call, room), freezing.state(room)
        if hold is not None:
            findings.add("note" if hold.retired else "problem", "held", sentence=standing.sentence(call, room, hold))
        if frozen is not None:
            findings.add("note", "frozen", name=room.client.name, id=room.client.id)
        moved = len(planning.retimed(room))
        if moved:
            findings.add("note", "retimed", name=room.client.name, number=moved)
    if not desk.machine().outside.sound:
        findings.add("note", "outside")
    return standing.documents(call, desk.workspaces)


async def _agent(findings: _Findings, desk: Desk) -> dict[str, Json]:
    """Whether the agent that the system should run is run, and what goes out only while this computer is awake."""
    call = findings.call
    service = agent_service.service_of(call, desk.home)
    state = await call.engine.helper(agents.look, service, desk.home, desk.machine(), desk.clock.now())
    if state.standing in {Standing.CHANGED, Standing.FOREIGN}:
        findings.add("problem", "agent_changed", file=state.file)
    elif state.standing is Standing.INSTALLED and state.active is False:
        findings.add("problem", "agent_stopped")
    for sentence in agent_service.warnings(call, state, ahead(desk)):
        findings.add("note", "ahead", sentence=sentence)
    return agent_service.document(state)


def _sqlite(findings: _Findings) -> dict[str, Json]:
    version = sqlite_version()
    number = tuple(int(part) for part in version.split("."))
    defect = _WAL_RESET_FIRST <= number < _WAL_RESET_FIXED
    if defect:
        findings.add("note", "wal_reset", version=version)
    return {"version": version, "wal_reset_defect": defect}


def _keyring(findings: _Findings, status: VaultStatus, needed: bool) -> dict[str, Json]:
    if status.problem is not None:
        findings.add("problem" if needed else "note", "keyring", sentence=findings.call.words(f"error.{status.problem}"))
    return {"backend": status.backend, "usable": status.usable, "problem": status.problem}


def _disk(findings: _Findings, home: Path) -> int:
    free = shutil.disk_usage(home).free
    if free < _LITTLE_SPACE:
        findings.add("problem", "disk", megabytes=free // 1_000_000)
    return free


def _clock(findings: _Findings, desk: Desk) -> dict[str, Json]:
    now = desk.clock.now()
    newest = max((room.client.created_at for room in desk.all_workspaces), default=now)
    if newest > now + _SKEW:
        findings.add("problem", "clock", now=now, newest=newest)
    return {"now": iso(now), "zone": desk.clock.zone_name(), "zone_rules": desk.clock.tzdata_version()}


async def _account(findings: _Findings, room: Workspace, one: Account, *, usable: bool) -> dict[str, Json]:
    """An account's health as last seen, and whether its access is in this computer's keyring."""
    reference = ref(room.client.id, Kind.ACCOUNT, one.id)
    secret: bool | None = None
    if usable and one.identity.network is not Network.PRACTICE:  # practising needs no secret
        try:
            secret = TOKEN in await room.helper(room.secrets.names, one.uid)
        except VaultProblem:
            secret = None
    if secret is False:
        findings.add("problem", "secret", handle=one.identity.handle, id=reference)
    elif one.health is Health.UNREACHABLE:
        findings.add("note", "unreachable", handle=one.identity.handle, id=reference)
    elif one.health is not Health.OK:
        findings.add(
            "problem",
            "account",
            handle=one.identity.handle,
            id=reference,
            health=findings.call.words(f"health.{one.health.value}"),
        )
    return {"id": reference, "handle": one.identity.handle, "health": one.health.value, "secret_here": secret}


def _clients(findings: _Findings, desk: Desk) -> None:
    words = findings.call.words
    for card in desk.cards():
        if card.trouble is not None:
            findings.add("problem", "client", name=card.name, sentence=words(f"trouble.{card.trouble.value}", folder=card.folder))
    for why, sentence in unwritable(findings.call, desk):
        findings.add("problem", "unwritable", why=why.value, sentence=sentence)
    for room in desk.all_workspaces:
        for line in room.database.quick_check():
            findings.add("problem", "file", name=room.client.name, detail=line)
        waiting = sum(1 for row in publishing.outbox_rows(room) if row.state in NEEDS_DECISION)
        if waiting:
            findings.add("note", "decisions", name=room.client.name, number=waiting)
