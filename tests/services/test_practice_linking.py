"""The practice network is linked, pulled and answered by the real connector, and needs no keyring at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from keyring.errors import NoKeyringError
from msgspec.structs import replace

from cmdesk.domain.account import Health, Network
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.views import InboxFilter
from cmdesk.services import inbox, linking, replying, safekeeping, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising
from cmdesk.services.publishing import Publisher
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import at_once
from tests.helpers.keyrings import RaisingKeyring

pytestmark = pytest.mark.asyncio


async def test_a_persona_is_linked_pulled_answered_unlinked_and_erased_without_a_keyring(tmp_path: Path) -> None:
    clock = FakeClock()
    home = Home(tmp_path)
    home.prepare()
    practising = Practising(home, clock)
    desk = Desk(
        home,
        vault=Vault(RaisingKeyring(NoKeyringError("none"))),
        clock=clock,
        on_change=lambda _changes: None,
        connectors=practising.connector,
        helper=at_once,
    )
    ws = await desk.create("Rosa")
    account = await practising.link(ws, practising.people()[0].key)
    assert (account.health, account.identity.network) == (Health.OK, Network.PRACTICE)
    await syncing.pull(ws, account.id)
    awaiting = inbox.ids(ws, InboxFilter(states=frozenset({MessageState.AWAITING})))
    assert awaiting
    number = MessageId(awaiting[0])
    draft = replying.draft_for(ws, number)
    assert draft.text.startswith(f"@{inbox.message(ws, number).author.handle}")
    await replying.send(ws, number, replace(draft, text=draft.text + "Oui, avec plaisir."))
    await Publisher(desk, clock, random.Random(1)).tick(ws)
    assert inbox.message(ws, number).state is MessageState.ANSWERED
    await syncing.pull(ws, account.id)
    assert sum("avec plaisir" in item.text for item in await inbox.refresh_thread(ws, number)) == 1
    assert not await linking.unlink(ws, account.id)
    await safekeeping.purge(desk, ws.client.id, "Rosa")
    assert desk.cards() == ()
    await desk.close()
