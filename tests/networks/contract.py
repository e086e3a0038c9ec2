"""One suite for every network: a connector joins by giving a ground to play on, and keeps every promise of its roles."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind, Identity, Role
from cmdesk.domain.clock import Clock
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import NetworkProblem, RefusedByNetwork, WrongIdentity
from cmdesk.domain.ids import DeliveryId, MediaId
from cmdesk.domain.keys import new_key
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import MediaItem
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Deletes, Edits, Look, Measures, Moderates, NotSent, Published, Publishes, Reacts, Receives, Whole

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class Ground:
    """What a network gives to join: a connector of one account, bad keys, and somebody who answers.

    ``warns``: it puts words before a post. ``named``: what is written bears a name of ours, so that a look finds by name.
    ``shows``: it has threads, notices and counters (a server of records alone has none).
    """

    name: str
    clock: Clock
    identity: Identity
    secret: str
    connect: Callable[[Identity, str], Whole]
    answer: Callable[[Published], Awaitable[None]]
    folder: Path
    edits: bool = True
    deletes: bool = True
    notices: bool = True
    warns: bool = True
    named: bool = False
    shows: bool = True
    bad_key: str = "no-such-key"

    def connector(self) -> Whole:
        """A connector with the right key."""
        return self.connect(self.identity, self.secret)

    def envelope(self, text: str, **more: object) -> Envelope:
        """A frozen part of this account."""
        chance = int.from_bytes(hashlib.sha256(f"{self.folder}{text}".encode()).digest()[:9])
        key = new_key(self.clock.now(), chance)
        plain = Envelope(DeliveryId(1), 0, 1, self.identity, key, text, str(self.folder), language="fr")
        return replace(plain, **more)

    def picture(self, alt: str) -> MediaItem:
        """A small picture in the client's folder."""
        (self.folder / "one.png").write_bytes(PNG)
        digest = hashlib.sha256(PNG).hexdigest()
        return MediaItem(MediaId(1), "one.png", "Été.png", "image/png", len(PNG), digest, 1, 1, alt=alt, focus=(0.1, -0.2))


@pytest.mark.asyncio
class Contract:
    """The promises; a subclass gives the fixture ``ground``."""

    async def test_whoami_is_stable_and_has_its_roles(self, ground: Ground) -> None:
        one = ground.connector()
        assert (await one.whoami()).same_as(ground.identity)
        assert (await one.whoami()) == await one.whoami()
        for role in (Publishes, Receives, Deletes, Reacts, Moderates, Measures):
            assert isinstance(one, role)
        assert isinstance(one, Edits) is (Role.EDITS in one.roles) or not ground.edits
        profile = await one.profile()
        assert profile.limits.read_at == ground.clock.now()
        assert profile.limits.max_characters >= 300
        assert profile.roles == one.roles
        await one.close()

    async def test_a_bad_key_is_a_problem_and_writes_nothing(self, ground: Ground) -> None:
        one = ground.connect(ground.identity, ground.bad_key)
        with pytest.raises(NetworkProblem):
            await one.whoami()
        with pytest.raises(NotSent):
            await one.publish(ground.envelope("never"))
        await one.close()

    async def test_another_identity_writes_nothing(self, ground: Ground) -> None:
        other = replace(ground.identity, remote_id="somebody-else")
        one, two = ground.connector(), ground.connect(other, ground.secret)
        start = ground.clock.now()
        with pytest.raises(NotSent) as refused:
            await one.publish(replace(ground.envelope("not ours"), identity=other))
        assert isinstance(refused.value.cause, WrongIdentity)
        with pytest.raises(NotSent) as refused:
            await two.publish(replace(ground.envelope("not ours"), identity=other))
        assert isinstance(refused.value.cause, WrongIdentity)
        assert (await one.find(ground.envelope("not ours"), start)).look is Look.ABSENT
        await one.close()
        await two.close()

    async def test_find_finds_what_publish_made_and_only_that(self, ground: Ground) -> None:
        one = ground.connector()
        start = ground.clock.now()
        text = "Bonjour à tous!\n\nDeuxième ligne <b>&amp; https://example.org/a?b=c #été"
        envelope = ground.envelope(text)
        assert (await one.find(envelope, start)).look is Look.ABSENT
        made = await one.publish(envelope)
        assert isinstance(made, Published)
        found = await one.find(envelope, start)
        assert found.look is Look.FOUND
        assert found.published is not None
        assert found.published.remote_id == made.remote_id
        others = [replace(envelope, text=text + ".")]
        if ground.warns:
            others.append(replace(envelope, warning="attention"))
        for other in others:
            assert (await one.find(other, start)).look is (Look.CANNOT_TELL if ground.named else Look.ABSENT)
        assert (await one.find(ground.envelope(text + "."), start)).look is Look.ABSENT
        await one.close()

    async def test_a_picture_goes_with_its_words(self, ground: Ground) -> None:
        one = ground.connector()
        start = ground.clock.now()
        envelope = ground.envelope("Une image", media=(ground.picture("Un point gris"),), warning="image" if ground.warns else "")
        made = await one.publish(envelope)
        assert isinstance(made, Published)
        assert (await one.find(envelope, start)).look is Look.FOUND
        if not ground.named:
            assert (await one.find(replace(envelope, media=()), start)).look is Look.ABSENT
        if ground.shows:
            shown = (await one.context(made.remote_id)).items[-1]
            assert [item.alt for item in shown.attachments] == ["Un point gris"]
            assert shown.warning == envelope.warning
        await one.close()

    async def test_edit_react_and_delete(self, ground: Ground) -> None:
        one = ground.connector()
        made = await one.publish(ground.envelope("Avant"))
        assert isinstance(made, Published)
        await one.favourite(made.remote_id, True)
        await one.favourite(made.remote_id, False)
        if ground.edits and isinstance(one, Edits):
            assert isinstance(await one.edit(made.remote_id, ground.envelope("Après")), Published)
            assert (await one.context(made.remote_id)).items[-1].text == "Après"
        if ground.shows:
            assert [each.remote_id for each in await one.counters((made.remote_id, "404404"))] == [made.remote_id]
        if not ground.deletes:
            with pytest.raises(RefusedByNetwork):
                await one.delete(made.remote_id)
            await one.close()
            return
        await one.delete(made.remote_id)
        await one.delete(made.remote_id)
        start = ground.clock.now()
        for words in ("Avant", "Après"):
            gone = await one.find(ground.envelope(words), start)
            assert gone.look is Look.ABSENT, (gone, made)
        await one.close()

    async def test_the_cursor_advances_and_a_repeat_brings_nothing(self, ground: Ground) -> None:
        if not ground.notices:
            pytest.skip("this server tells of answers later than a test can wait")
        one = ground.connector()
        before = await one.inbox(FetchKind.NOTIFICATIONS, None)
        made = await one.publish(ground.envelope("Qu'en pensez-vous?"))
        assert isinstance(made, Published)
        await ground.answer(made)
        after = await one.inbox(FetchKind.NOTIFICATIONS, before.cursor)
        assert any(item.in_reply_to == made.remote_id for item in after.items)
        assert list(after.items) == sorted(after.items, key=lambda item: item.created_at)
        again = await one.inbox(FetchKind.NOTIFICATIONS, after.cursor)
        assert again.items == ()
        assert (again.cursor, again.more) == (after.cursor, False)
        thread = await one.context(made.remote_id)
        assert {item.thread_id for item in thread.items} == {made.remote_id}
        await one.close()

    async def test_a_direct_answer_is_found_again(self, ground: Ground) -> None:
        one = ground.connector()
        start = ground.clock.now()
        first = await one.publish(ground.envelope("Première partie"))
        assert isinstance(first, Published)
        second = ground.envelope("Deuxième partie", reply_to=first.remote_id, visibility=Visibility.PUBLIC)
        assert isinstance(await one.publish(second), Published)
        assert (await one.find(second, start)).look is Look.FOUND
        if not ground.named:
            assert (await one.find(replace(second, reply_to=None), start)).look is Look.ABSENT
        await one.close()

    async def test_no_key_in_logs_errors_and_reprs(self, ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
        canary = "canary-" + "5e1d" * 6

        async def key() -> Secret:
            return Secret(canary)

        said = [repr(await key())]
        with caplog.at_level(logging.DEBUG):
            one = ground.connect(ground.identity, canary)
            said.append(repr(one))
            try:
                await one.publish(ground.envelope("rien"))
            except NotSent as problem:
                said += [repr(problem), str(problem), repr(problem.cause), repr(problem.__context__)]
            await one.close()
        assert canary not in "\n".join(said) + "\n".join(r.getMessage() for r in caplog.records if "mastodon_mock" not in r.name)
