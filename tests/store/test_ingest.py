"""What comes in is kept once, in its thread, and nothing that a person did is undone by an older answer."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Attachment, Author, Message, MessageKind, MessageState
from cmdesk.domain.views import InboxFilter
from cmdesk.store import accounts, inbox, ingest
from cmdesk.store.database import Database
from tests.helpers.inboxes import CLIENT, LINKED, NOW, add_account, arrive, incoming, new_file


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = new_file(tmp_path)
    yield made
    made.close()


@pytest.fixture
def account(database: Database) -> AccountId:
    return add_account(database)


def stored(database: Database, account: AccountId, remote_id: str) -> Message:
    with database.read() as connection:
        found = inbox.by_remote(connection, account, remote_id)
    assert found is not None
    return found


def listed(database: Database, wanted: InboxFilter | None = None) -> list[int]:
    with database.read() as connection:
        return list(inbox.ids(connection, wanted or InboxFilter()))


def test_a_mention_awaits_and_a_repeat_of_the_page_changes_nothing(database: Database, account: AccountId) -> None:
    first = arrive(database, account, incoming("1"), incoming("2"))
    again = arrive(database, account, incoming("1"), incoming("2"))
    assert (first.new, first.fresh, again) == (2, 2, ingest.Ingested())
    assert stored(database, account, "1").state is MessageState.AWAITING
    assert len(listed(database)) == 2


def test_the_same_status_on_two_accounts_is_two_messages(database: Database, account: AccountId) -> None:
    other = add_account(database, "malik")
    arrive(database, account, incoming("1"))
    arrive(database, other, incoming("1", "Salut"))
    assert stored(database, account, "1").text == "Bonjour"
    assert stored(database, other, "1").text == "Salut"


def test_history_is_set_aside_and_recent_mentions_before_the_linking_await_without_a_notice(
    database: Database, account: AccountId
) -> None:
    old = incoming("1", created_at=LINKED - timedelta(days=15))
    recent = incoming("2", created_at=LINKED - timedelta(days=3))
    result = arrive(database, account, old, recent)
    assert (result.new, result.fresh) == (2, 0)
    assert (stored(database, account, "1").state, stored(database, account, "1").unread) == (MessageState.SET_ASIDE, False)
    assert stored(database, account, "2").state is MessageState.AWAITING


def test_what_a_person_did_outlives_any_older_or_newer_answer(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("1"))
    number = stored(database, account, "1").id
    with database.write() as session:
        ingest.set_state(session, [number], MessageState.WAITING_CLIENT, at=NOW)
    arrive(database, account, incoming("1"))
    arrive(database, account, incoming("1", "Bonsoir", edited_at=NOW))
    after = stored(database, account, "1")
    assert (after.state, after.unread, after.text) == (MessageState.WAITING_CLIENT, False, "Bonsoir")


def test_an_edit_is_taken_once_and_an_older_version_never_comes_back(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("1", "un"))
    arrive(database, account, incoming("1", "trois", edited_at=NOW, attachments=(Attachment("image", "https://x.example/a"),)))
    arrive(database, account, incoming("1", "deux", edited_at=NOW - timedelta(minutes=5)))
    after = stored(database, account, "1")
    assert (after.text, after.edited_at, len(after.attachments)) == ("trois", NOW, 1)


def test_a_status_of_a_conversation_becomes_a_message_when_it_turns_out_to_be_for_us(
    database: Database, account: AccountId
) -> None:
    arrive(database, account, incoming("1", kind=MessageKind.STATUS, event_id=""))
    assert listed(database) == []
    result = arrive(database, account, incoming("1"))
    assert (result.new, result.updated, result.fresh) == (1, 0, 1)
    assert stored(database, account, "1").state is MessageState.AWAITING
    arrive(database, account, incoming("1", kind=MessageKind.STATUS, event_id=""))
    assert stored(database, account, "1").kind is MessageKind.MENTION


def test_unknown_kinds_are_kept_and_events_do_not_swallow_each_other(database: Database, account: AccountId) -> None:
    liked = incoming("900", kind=MessageKind.FAVOURITE, raw_kind="favourite", about_remote_id="900")
    arrive(
        database,
        account,
        replace(liked, event_id="n1"),
        replace(liked, event_id="n2"),
        incoming("900", event_id="n3", kind=MessageKind.OTHER, raw_kind="collection_update"),
    )
    with database.read() as connection:
        rows = inbox.rows(connection, CLIENT, listed(database))
    assert sorted(row.kind.value for row in rows) == ["favourite", "favourite", "other"]
    assert {row.state for row in rows} == {MessageState.INFO}


def test_an_empty_page_deletes_nothing_and_keeps_the_cursor(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("1"))
    with database.write() as session:
        accounts.fetch_succeeded(session, account, FetchKind.NOTIFICATIONS, "55", NOW)
    with database.write() as session:
        ingest.ingest(session, account, (), linked_at=LINKED, now=NOW)
        accounts.fetch_succeeded(session, account, FetchKind.NOTIFICATIONS, None, NOW)
    with database.read() as connection:
        assert accounts.cursor(connection, account, FetchKind.NOTIFICATIONS) == "55"
    assert len(listed(database)) == 1


@pytest.mark.parametrize("order", list(itertools.permutations("abcd")))
def test_a_thread_is_one_thread_in_whatever_order_its_statuses_arrive(
    database: Database, account: AccountId, order: tuple[str, ...]
) -> None:
    parents = {"a": None, "b": "a", "c": "b", "d": "b"}
    for name in order:
        arrive(database, account, incoming(name, in_reply_to=parents[name]))
    assert {stored(database, account, name).thread_id for name in parents} == {"a"}


def test_answers_in_a_circle_end(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("a", in_reply_to="b"), incoming("b", in_reply_to="a"))
    assert stored(database, account, "a").thread_id == stored(database, account, "b").thread_id


@pytest.mark.parametrize("ours_first", [True, False])
def test_an_answer_written_on_the_telephone_settles_the_message_once(
    database: Database, account: AccountId, ours_first: bool
) -> None:
    us = Author("1", "rosa@example.social", "Rosa", is_us=True)
    ours = incoming("2", author=us, kind=MessageKind.STATUS, in_reply_to="1", event_id="")
    for item in (ours, incoming("1")) if ours_first else (incoming("1"), ours):
        arrive(database, account, item)
    assert stored(database, account, "1").state is MessageState.ANSWERED
    with database.write() as session:
        ingest.set_state(session, [stored(database, account, "1").id], MessageState.AWAITING, at=NOW)
    arrive(database, account, ours, incoming("1"))
    assert stored(database, account, "1").state is MessageState.AWAITING


def test_foreign_text_is_made_fit_for_the_file(database: Database, account: AccountId) -> None:
    nasty = incoming("1", "a\x00b\x1b[2J\ud800c" + "x" * 30_000, author=Author("7", "z@x.example", "Zo\x02é\udfff"))
    arrive(database, account, nasty)
    after = stored(database, account, "1")
    assert after.text.startswith("ab[2Jc")
    assert (len(after.text), after.author.name) == (20_000, "Zoé")


def test_a_clock_that_runs_ahead_pins_nothing_to_the_top(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("1", created_at=NOW + timedelta(days=400)))
    assert stored(database, account, "1").created_at == NOW


def test_a_snoozed_message_comes_back_and_a_tombstone_stays(database: Database, account: AccountId) -> None:
    arrive(database, account, incoming("1"))
    number = stored(database, account, "1").id
    with database.write() as session:
        ingest.set_state(session, [number], MessageState.SNOOZED, at=NOW, until=NOW + timedelta(hours=1))
        assert ingest.wake(session, NOW + timedelta(minutes=59)) == 0
        assert ingest.wake(session, NOW + timedelta(hours=1)) == 1
        assert ingest.tombstone(session, account, "1", NOW)
        assert not ingest.tombstone(session, account, "1", NOW)
    after = stored(database, account, "1")
    assert (after.state, after.unread, after.deleted_at) == (MessageState.AWAITING, True, NOW)


def test_the_tally_and_the_lists_agree_whatever_happens(database: Database, account: AccountId) -> None:
    arrive(database, account, *(incoming(str(number)) for number in range(40)))
    with database.write() as session:
        ingest.set_state(session, listed(database)[:11], MessageState.ANSWERED, at=NOW)
        ingest.set_state(session, listed(database)[5:9], MessageState.INFO, at=NOW)
    with database.read() as connection:
        counts = inbox.counts(connection)
        for state in MessageState:
            assert counts[state] == len(inbox.ids(connection, InboxFilter(states=frozenset({state}))))
    assert (counts[MessageState.ANSWERED], counts[MessageState.INFO]) == (7, 4)


def test_lists_page_by_page_are_the_whole_list(database: Database, account: AccountId) -> None:
    other = add_account(database, "malik")
    for number in range(30):
        at = NOW - timedelta(minutes=number // 3)  # several of one moment
        who = other if number % 2 else account
        kind = MessageKind.DIRECT if number % 5 == 0 else MessageKind.MENTION
        arrive(database, who, incoming(str(number), created_at=at, kind=kind))
    open_states = frozenset({MessageState.AWAITING, MessageState.IN_HAND})
    with database.write() as session:
        ingest.set_state(session, listed(database)[::4], MessageState.IN_HAND, at=NOW)
    for wanted in (
        InboxFilter(),
        InboxFilter(states=open_states),
        InboxFilter(accounts=frozenset({other})),
        InboxFilter(accounts=frozenset({account, other}), states=open_states),
        InboxFilter(kinds=frozenset({MessageKind.DIRECT})),
        InboxFilter(unread_only=True),
    ):
        whole = listed(database, wanted)
        found: list[int] = []
        with database.read() as connection:
            while page := inbox.ids(connection, wanted, before=MessageId(found[-1]) if found else None, limit=4):
                found += page
            times = [row.created_at for row in inbox.rows(connection, CLIENT, whole)]
        assert found == whole
        assert times == sorted(times, reverse=True)
        assert whole


def test_rows_come_in_the_order_asked_for_and_at_most_128(database: Database, account: AccountId) -> None:
    arrive(database, account, *(incoming(str(number), visibility=Visibility.DIRECT) for number in range(3)))
    wanted = listed(database)[::-1]
    with database.read() as connection:
        assert [row.id for row in inbox.rows(connection, CLIENT, [*wanted, 999])] == wanted
        with pytest.raises(ValueError, match="129"):
            inbox.rows(connection, CLIENT, [0] * 129)


def test_the_fiftieth_page_costs_no_more_than_the_first(database: Database, account: AccountId) -> None:
    pages = [
        [incoming(f"{page}-{number}", f"Message {number} de la page {page}", in_reply_to=f"{page}-0" if number else None)
         for number in range(80)]
        for page in range(50)
    ]  # fmt: skip
    seconds = []
    with database.write() as session:
        for page in pages:
            begun = time.thread_time()
            ingest.ingest(session, account, page, linked_at=LINKED, now=NOW)
            seconds.append(time.thread_time() - begun)
    assert len(listed(database)) == 4_000
    # A page that looked through what is there already would take many times as long at the end.
    assert min(seconds[-10:]) < 5 * min(seconds[:10])


def test_newer_words_win_inside_one_page_too(database: Database, account: AccountId) -> None:
    newer = incoming("1", "neuf", edited_at=NOW)
    arrive(database, account, newer, replace(newer, text="vieux", edited_at=None))
    assert stored(database, account, "1").text == "neuf"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@levainfou Ouvert dimanche?", "Ouvert dimanche?"),
        ("@levainfou@practice @leo: et le seigle", "et le seigle"),
        ("@levainfou", "@levainfou"),
        ("Bravo @levainfou", "Bravo @levainfou"),
        ("@ home", "@ home"),
        ("@levainfou @leo", "@levainfou @leo"),
    ],
)
def test_a_preview_leaves_out_whom_it_is_addressed_to(text: str, shown: str) -> None:
    assert ingest.preview_of(incoming("1", text=text)) == shown
