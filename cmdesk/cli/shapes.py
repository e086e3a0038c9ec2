"""The shapes that programs read: plain JSON made of the trade's values, and a contract (docs/command-line.md)."""

from collections.abc import Sequence

from cmdesk.cli.output import Json
from cmdesk.cli.text import iso
from cmdesk.cli.words import Words
from cmdesk.domain.account import Account
from cmdesk.domain.client import Client
from cmdesk.domain.delivery import Attempt, Delivery
from cmdesk.domain.guard import QueueHold
from cmdesk.domain.ids import ClientId, Kind, ref
from cmdesk.domain.limits import Limits, Problem
from cmdesk.domain.message import Message
from cmdesk.domain.post import MediaItem, Post, Variant
from cmdesk.domain.quota import Quota
from cmdesk.domain.schedule import PlannedTime
from cmdesk.domain.views import AccountMark, AgendaEntry, ClientCard, InboxRow, OutboxRow, PostRow, SearchHit, ThreadItem
from cmdesk.services.late_desk import Batch, LateItem


def client(one: Client) -> dict[str, Json]:
    """A client as stored."""
    return {
        "id": one.id,
        "name": one.name,
        "colour": one.colour.value,
        "timezone": one.timezone,
        "language": one.language.value,
        "grace_minutes": one.grace_minutes,
        "quiet": None if one.quiet is None else str(one.quiet),
        "created_at": iso(one.created_at),
        "archived_at": None if one.archived_at is None else iso(one.archived_at),
    }


def card(one: ClientCard) -> dict[str, Json]:
    """A client in a list, also one whose file is in trouble."""
    return {
        "id": one.id,
        "name": one.name,
        "colour": one.colour.value,
        "archived": one.archived,
        "awaiting": one.awaiting,
        "needs_you": one.needs_you,
        "trouble": None if one.trouble is None else one.trouble.value,
        "folder": one.folder,
        "unwritable": None if one.unwritable is None else one.unwritable.value,
    }


def account(client_id: ClientId, one: Account, quotas: Sequence[Quota] = ()) -> dict[str, Json]:
    """A linked account, and what its network said it may still do."""
    return {
        "id": ref(client_id, Kind.ACCOUNT, one.id),
        "client": client_id,
        "network": one.identity.network.value,
        "server": one.identity.server,
        "remote_id": one.identity.remote_id,
        "handle": one.identity.handle,
        "display_name": one.identity.display_name,
        "profile_url": one.identity.profile_url,
        "software": one.software,
        "health": one.health.value,
        "health_since": iso(one.health_since),
        "linked_at": iso(one.linked_at),
        "unlinked_at": None if one.unlinked_at is None else iso(one.unlinked_at),
        "roles": sorted(role.value for role in one.roles),
        "limits": limits(one.limits),
        "quotas": [
            {
                "name": quota.name,
                "remaining": quota.remaining,
                "allowed": quota.allowed,
                "resets_at": None if quota.resets_at is None else iso(quota.resets_at),
                "read_at": iso(quota.read_at),
            }
            for quota in quotas
        ],
        "fetches": [
            {
                "kind": fetch.kind.value,
                "succeeded_at": None if fetch.succeeded_at is None else iso(fetch.succeeded_at),
                "tried_at": None if fetch.tried_at is None else iso(fetch.tried_at),
                "problem": fetch.problem,
            }
            for fetch in one.fetches
        ],
    }


def limits(one: Limits) -> dict[str, Json]:
    """What a server accepts, and when it said so."""
    return {
        "max_characters": one.max_characters,
        "unit": one.unit.value,
        "url_weight": one.url_weight,
        "max_media": one.max_media,
        "alt_limit": one.alt_limit,
        "poll_options": one.poll_options,
        "read_at": None if one.read_at is None else iso(one.read_at),
    }


def mark(one: AccountMark) -> dict[str, Json]:
    """An account beside something else."""
    return {
        "id": ref(one.client, Kind.ACCOUNT, one.id),
        "network": one.network.value,
        "handle": one.handle,
        "health": one.health.value,
    }


def planned(one: PlannedTime | None) -> Json:
    """A planned time: the instant, and the wall clock of its zone as it was meant."""
    if one is None:
        return None
    wall = one.wall.isoformat(timespec="seconds")
    return {"at": iso(one.utc), "wall": wall, "zone": one.zone, "shift": one.shift.value}


def problem(one: Problem, sentence: str) -> dict[str, Json]:
    """Something in a draft, or in a network's answer, with our sentence for it."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "part": one.part,
        "params": dict(one.params),
        "message": sentence,
    }


def post(client_id: ClientId, one: Post) -> dict[str, Json]:
    """A post's words and options, as written."""
    return {
        "id": ref(client_id, Kind.POST, one.id),
        "client": client_id,
        "kind": one.kind.value,
        "text": one.text,
        "warning": one.warning,
        "visibility": one.visibility.value,
        "language": one.language,
        "sensitive": one.sensitive,
        "revision": one.revision,
        "sha256": one.sha256,
        "created_at": iso(one.created_at),
        "updated_at": iso(one.updated_at),
        "reply_to": None if one.reply_to is None else one.reply_to.url or one.reply_to.remote_id,
        "first_comment": one.extras.first_comment,
        "quote": one.extras.quote,
        "replies": None if one.extras.repliers is None else [who.value for who in one.extras.repliers],
        "quotable": one.extras.quotable,
        "content_labels": list(one.extras.content_labels),
        "languages": list(one.extras.languages),
        "media": [media(client_id, item) for item in one.media],
        "variants": [variant(client_id, each) for each in one.variants],
    }


def media(client_id: ClientId, one: MediaItem) -> dict[str, Json]:
    """A file that goes with a post. Sizes are bytes and pixels."""
    return {
        "id": ref(client_id, Kind.MEDIA, one.id),
        "name": one.original_name,
        "mime": one.mime,
        "size": one.size,
        "width": one.width,
        "height": one.height,
        "sha256": one.sha256,
        "alt": one.alt,
        "part": one.part,
    }


def variant(client_id: ClientId, one: Variant) -> dict[str, Json]:
    """What differs for one account; null follows the post."""
    return {
        "account": ref(client_id, Kind.ACCOUNT, one.account),
        "text": one.text,
        "warning": one.warning,
        "visibility": None if one.visibility is None else one.visibility.value,
        "language": one.language,
    }


def post_row(one: PostRow) -> dict[str, Json]:
    """A post in a list."""
    return {
        "id": ref(one.client, Kind.POST, one.id),
        "client": one.client,
        "kind": one.kind.value,
        "state": one.state.value,
        "preview": one.preview,
        "planned": planned(one.planned),
        "updated_at": iso(one.updated_at),
        "accounts": [mark(account) for account in one.accounts],
        "has_media": one.has_media,
    }


def delivery(client_id: ClientId, one: Delivery, handle: str, words: Words) -> dict[str, Json]:
    """One post on one account: where it stands, and its receipts."""
    return {
        "id": ref(client_id, Kind.DELIVERY, one.id),
        "post": ref(client_id, Kind.POST, one.post),
        "client": client_id,
        "account": ref(client_id, Kind.ACCOUNT, one.account),
        "handle": handle,
        "state": one.state.value,
        "held_because": None if one.held_because is None else one.held_because.value,
        "problem": None if one.problem is None else problem(one.problem, words.draft_problem(one.problem)),
        "planned": planned(one.planned),
        "retry_at": None if one.retry_at is None else iso(one.retry_at),
        "sent_at": None if one.sent_at is None else iso(one.sent_at),
        "url": one.url,
        "remote_id": one.remote_id,
        "attempts": one.attempts,
        "parts": max(1, len(one.parts)),
        "parts_out": one.parts_out,
    }


def outbox_row(one: OutboxRow, words: Words) -> dict[str, Json]:
    """A delivery in a list: the same keys, and the beginning of its words."""
    return {
        "id": ref(one.client, Kind.DELIVERY, one.id),
        "post": ref(one.client, Kind.POST, one.post),
        "client": one.client,
        "account": ref(one.client, Kind.ACCOUNT, one.account.id),
        "handle": one.account.handle,
        "state": one.state.value,
        "held_because": None if one.held_because is None else one.held_because.value,
        "problem": None if one.problem is None else problem(one.problem, words.draft_problem(one.problem)),
        "planned": planned(one.planned),
        "retry_at": None if one.retry_at is None else iso(one.retry_at),
        "sent_at": None if one.sent_at is None else iso(one.sent_at),
        "url": one.url,
        "attempts": one.attempts,
        "parts": one.parts,
        "parts_out": one.parts_out,
        "kind": one.kind.value,
        "preview": one.preview,
    }


def hold(client_: Client, one: QueueHold, sentence: str) -> dict[str, Json]:
    """A client's queue that stands still, and why."""
    return {
        "client": client_.id,
        "name": client_.name,
        "because": one.because.value,
        "since": iso(one.since),
        "retired": one.retired,
        "message": sentence,
        **{name: value for name, value in one.detail if name not in {"client", "name", "because", "since"}},
    }


def late_item(one: LateItem, words: Words) -> dict[str, Json]:
    """A delivery that waits for a person: the keys of the outbox, and what is known of it."""
    return {
        **outbox_row(one.row, words),
        "client_name": one.client_name,
        "why": one.why.value,
        "since": iso(one.since),
        "late_seconds": int(one.late_by.total_seconds()),
        "looks": one.looks,
        "next_look_at": None if one.still_looking is None else iso(one.still_looking),
        "look_at": one.link,
        "part_urls": list(one.part_links),
        "choices": [choice.value.replace("_", "-") for choice in one.choices],
        "tries": [attempt(each) for each in one.attempts],
    }


def attempt(one: Attempt) -> dict[str, Json]:
    """A call or a look, and what is known of it."""
    return {
        "part": one.part,
        "kind": one.kind,
        "started_at": iso(one.started_at),
        "ended_at": None if one.ended_at is None else iso(one.ended_at),
        "outcome": one.outcome,
        "detail": one.detail,
    }


def batch(one: Batch) -> dict[str, Json]:
    """One decision for many: whose voices would speak, and when."""
    return {
        "decision": one.choice.value.replace("_", "-"),
        "lines": [
            {
                "client": line.client,
                "client_name": line.client_name,
                "network": line.network.value,
                "handle": line.handle,
                "number": line.number,
                "previews": list(line.previews),
                "first_at": None if line.first_at is None else iso(line.first_at),
                "last_at": None if line.last_at is None else iso(line.last_at),
            }
            for line in one.lines
        ],
        "deliveries": [ref(client_id, Kind.DELIVERY, number) for client_id, number in one.keys],
        "left_out": [ref(client_id, Kind.DELIVERY, number) for client_id, number in one.left_out],
    }


def message_row(one: InboxRow) -> dict[str, Json]:
    """A message in a list."""
    return {
        "id": ref(one.client, Kind.MESSAGE, one.id),
        "client": one.client,
        "account": ref(one.client, Kind.ACCOUNT, one.account),
        "kind": one.kind.value,
        "state": one.state.value,
        "author": one.author_handle,
        "author_name": one.author_name,
        "preview": one.preview,
        "created_at": iso(one.created_at),
        "unread": one.unread,
        "visibility": one.visibility.value,
        "deleted": one.deleted,
        "has_media": one.has_media,
        "mood": None if one.mood is None else one.mood.value,
        "reading": None if one.reading is None else one.reading.value,
        "care": one.care,
        "crisis": one.crisis,
    }


def message(client_id: ClientId, one: Message) -> dict[str, Json]:
    """A stored message. ``text`` is the plain reading of what the author wrote; the HTML stays inside."""
    return {
        "id": ref(client_id, Kind.MESSAGE, one.id),
        "client": client_id,
        "account": ref(client_id, Kind.ACCOUNT, one.account),
        "kind": one.kind.value,
        "state": one.state.value,
        "remote_id": one.remote_id,
        "url": one.url,
        "author": one.author.handle,
        "author_name": one.author.name,
        "text": one.text,
        "warning": one.warning,
        "language": one.language,
        "visibility": one.visibility.value,
        "created_at": iso(one.created_at),
        "received_at": iso(one.received_at),
        "edited_at": None if one.edited_at is None else iso(one.edited_at),
        "deleted_at": None if one.deleted_at is None else iso(one.deleted_at),
        "snoozed_until": None if one.snoozed_until is None else iso(one.snoozed_until),
        "unread": one.unread,
        "in_reply_to": one.in_reply_to,
        "delivery": None if one.delivery is None else ref(client_id, Kind.DELIVERY, one.delivery),
        "attachments": [{"kind": each.kind, "url": each.url, "alt": each.alt} for each in one.attachments],
    }


def thread_item(one: ThreadItem) -> dict[str, Json]:
    """One entry of a conversation: somebody's message, or our own post or answer."""
    return {
        "message": None if one.message is None else ref(one.client, Kind.MESSAGE, one.message),
        "delivery": None if one.delivery is None else ref(one.client, Kind.DELIVERY, one.delivery),
        "ours": one.ours,
        "author": one.author_handle,
        "author_name": one.author_name,
        "text": one.text,
        "warning": one.warning,
        "kind": one.kind.value,
        "state": None if one.state is None else one.state.value,
        "delivery_state": None if one.delivery_state is None else one.delivery_state.value,
        "visibility": one.visibility.value,
        "created_at": iso(one.created_at),
        "url": one.url,
        "edited": one.edited,
        "deleted": one.deleted,
        "focus": one.focus,
    }


def agenda_entry(one: AgendaEntry) -> dict[str, Json]:
    """A post in the calendar."""
    return {
        "post": ref(one.client, Kind.POST, one.post),
        "client": one.client,
        "kind": one.kind.value,
        "state": one.state.value,
        "planned": planned(one.planned),
        "preview": one.preview,
        "deliveries": [ref(one.client, Kind.DELIVERY, each) for each in one.deliveries],
        "accounts": [mark(each) for each in one.accounts],
        "has_media": one.has_media,
        "movable": one.movable,
    }


def hit(one: SearchHit) -> dict[str, Json]:
    """Something found; ``marks`` are half-open ranges of code points in ``preview``."""
    return {
        "client": one.client,
        "post": None if one.post is None else ref(one.client, Kind.POST, one.post),
        "message": None if one.message is None else ref(one.client, Kind.MESSAGE, one.message),
        "title": one.title,
        "preview": one.preview,
        "when": iso(one.when),
        "marks": [list(mark_) for mark_ in one.marks],
    }
