"""Turns what the services tell into the values the composer's view shows: words, dates and marks of the language in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from cmdesk.domain.account import Account, Network
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import NEEDS_DECISION, Delivery, PostState, State
from cmdesk.domain.ids import AccountId, ClientId, MediaId
from cmdesk.domain.limits import Count, Problem, Severity, Visibility
from cmdesk.domain.post import Content, MediaItem, PostEdit, PostKind, content_for, preview
from cmdesk.domain.quota import Quota
from cmdesk.domain.views import AccountMark, OutboxRow, PostRow
from cmdesk.ui import wording
from cmdesk.ui.composer.draft import differs
from cmdesk.ui.composer.marking import marked_for
from cmdesk.ui.composer.values import DeliveryLook, MediaLook, PostLine, PreviewLook, PreviewPart, ProblemLine, TargetLook
from cmdesk.ui.i18n import Formats
from cmdesk.ui.widgets.rowlist import RowLook
from cmdesk.ui.wordings.counted import Counted

translate = QCoreApplication.translate

#: How far a preview is worked out; nobody reads a longer thread beside its text.
MOST_PARTS = 25
_WHERE: Mapping[str, str] = {
    "poll": "poll",
    "alt": "media",
    "media": "media",
    "visibility": "visibility",
    "too": "text",
    "mixed": "media",
    "quote": "reach",
    "gate": "reach",
    "label": "reach",
    "labels": "reach",
}


def short_handles(accounts: Sequence[Account]) -> dict[AccountId, str]:
    """The part before the server where that tells accounts apart, else the whole handle; always with its @."""
    locals_ = [account.identity.handle.partition("@")[0].lower() for account in accounts]
    return {
        account.id: f"@{account.identity.handle.partition('@')[0] if locals_.count(local) == 1 else account.identity.handle}"
        for account, local in zip(accounts, locals_, strict=True)
    }


def post_line(row: PostRow, formats: Formats, now: datetime, zone: str, colour: Colour | None = None) -> PostLine:
    """A post in the list. ``colour`` draws the client's edge in the list of all clients."""
    place = ZoneInfo(zone)
    local_now = now.astimezone(place).replace(tzinfo=None)
    if row.planned is not None and row.state not in {PostState.DRAFT, PostState.CANCELLED}:
        when = formats.near(row.planned.wall, local_now)
    else:
        when = formats.near(row.updated_at.astimezone(place).replace(tzinfo=None), local_now)
    handles = ", ".join(f"@{mark.handle.partition('@')[0]}" for mark in row.accounts)
    icons = tuple(filter(None, ("reply" if row.kind is PostKind.REPLY else "", "image" if row.has_media else "")))
    title = row.preview or translate("Composer", "Nothing written yet")
    look = RowLook(
        title=title,
        detail=handles or translate("Composer", "No account chosen"),
        time=when,
        chip=(row.state.value, wording.post_state(row.state)),
        faded=row.state in {PostState.CANCELLED, PostState.GONE} or not row.preview,
        strong=bool(row.preview),
        colour=colour,
        icons=icons,
    )
    return PostLine(row, look)


def target_looks(
    accounts: Sequence[Account],
    edit: PostEdit,
    counts: Mapping[AccountId, tuple[Count, ...]],
    found: Mapping[AccountId, tuple[Problem, ...]],
    allowances: Mapping[AccountId, str] | None = None,
) -> tuple[TargetLook, ...]:
    """The account chips. The count shown is that of the fullest part."""
    shorts = short_handles(accounts)
    chosen = {variant.account for variant in edit.variants}
    return tuple(
        TargetLook(
            account=account.id,
            network=account.identity.network,
            network_name=wording.network(account.identity.network),
            short=shorts[account.id],
            handle=f"@{account.identity.handle}",
            chosen=account.id in chosen,
            differs=differs(edit, account.id),
            count=min(counts.get(account.id, ()), key=lambda count: count.left, default=None),
            blocked=any(one.severity is Severity.BLOCK and one.code != "empty" for one in found.get(account.id, ())),
            trouble="" if account.writable else wording.health(account.health),
            allowance=(allowances or {}).get(account.id, ""),
        )
        for account in accounts
    )


def allowance(quotas: Sequence[Quota], formats: Formats, now: datetime, zone: str) -> str:
    """What a network still takes from an account until when, as it last said; nothing where it said nothing that still counts."""
    told = []
    for one in quotas:
        if not one.name.startswith("write") or one.allowed is None or one.resets_at is None or one.resets_at <= now:
            continue
        when = formats.near(one.resets_at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)))
        left, whole = formats.number(one.remaining), formats.number(one.allowed)
        words = translate("Composer", "The network takes {left} of {whole} more, anew at {time}")
        told.append(words.format(left=left, whole=whole, time=when))
    return "\n".join(told)


def problem_lines(
    accounts: Sequence[Account], found: Mapping[AccountId, tuple[Problem, ...]], *, blank: bool
) -> tuple[ProblemLine, ...]:
    """Problems in sentences, said once when all accounts share them. An empty sheet is no mistake yet."""
    shorts = short_handles(accounts)
    shared: dict[tuple[str, Severity, str], list[AccountId]] = {}
    for account, problems in found.items():
        for one in problems:
            if one.code == "empty" and blank:
                continue
            shared.setdefault((wording.problem(one), one.severity, _where(one.code)), []).append(account)
    lines = []
    for (sentence, severity, where), whose in shared.items():
        everywhere = len(whose) == len(found)
        names = ", ".join(shorts[account] for account in whose if account in shorts)
        said = sentence if everywhere else translate("Composer", "{handles}: {sentence}").format(handles=names, sentence=sentence)
        lines.append(ProblemLine(severity is Severity.BLOCK, said, where, None if everywhere else whose[0]))
    return tuple(lines)


def _where(code: str) -> str:
    if code == "too_many_media":
        return "media"
    return _WHERE.get(code.partition("_")[0], "text")


def tabs(accounts: Sequence[Account], edit: PostEdit, chosen: AccountId | None) -> tuple[list[tuple[AccountId | None, str]], str]:
    """The tabs above the text, marked where an account has words of its own, and a note on the chosen one."""
    shorts = short_handles(accounts)
    found: list[tuple[AccountId | None, str]] = [(None, translate("Composer", "All accounts"))]
    for variant in edit.variants:
        mark = " •" if differs(edit, variant.account) else ""
        found.append((variant.account, f"{shorts.get(variant.account, '@')}{mark}"))
    if chosen is None:
        return found, ""
    if differs(edit, chosen):
        return found, translate("Composer", "This account has words of its own.")
    return found, translate("Composer", "Follows all accounts until you change it here.")


def visibilities() -> list[tuple[Visibility, str]]:
    """Who can see it, to choose from."""
    return [(one, wording.visibility(one)) for one in Visibility]


def languages(chosen: str) -> list[tuple[str, str]]:
    """The languages to choose from; a tag that we do not know stays in the list as long as it is chosen."""
    tags = [one.value for one in Language]
    tags += [] if chosen in {*tags, ""} else [chosen]
    return [(tag, language_words(tag)) for tag in (*tags, "")]


def media_looks(
    items: Sequence[MediaItem], accounts: Sequence[Account], thumbnails: Mapping[MediaId, QImage]
) -> tuple[MediaLook, ...]:
    """The pictures under the text; the strictest account decides the room for alt text."""
    limits = [account.limits.alt_limit for account in accounts if account.limits.alt_limit is not None]
    return tuple(
        MediaLook(
            item.id, item.original_name, _facts(item), item.alt, min(limits, default=1500), item.part, thumbnails.get(item.id)
        )
        for item in items
    )


def _facts(item: MediaItem) -> str:
    size = wording.megabytes(item.size)
    if item.width and item.height:
        return translate("Composer", "{width} × {height}, {size}").format(width=item.width, height=item.height, size=size)
    return size


def preview_looks(accounts: Sequence[Account], edit: PostEdit, thumbnails: Mapping[MediaId, QImage]) -> tuple[PreviewLook, ...]:
    """One card per account; accounts that would show the very same are put together."""
    by_id = {account.id: account for account in accounts}
    groups: dict[tuple[Content, str], list[Account]] = {}
    for variant in edit.variants:
        account = by_id.get(variant.account)
        if account is not None:
            groups.setdefault((content_for(edit, account.id), account.identity.server), []).append(account)
    return tuple(_preview(content, members, thumbnails) for (content, _server), members in groups.items())


def _preview(content: Content, members: Sequence[Account], thumbnails: Mapping[MediaId, QImage]) -> PreviewLook:
    first = members[0].identity
    parts = tuple(
        PreviewPart(marked_for(first, part.text), tuple(thumbnails[item.id] for item in part.media if item.id in thumbnails))
        for part in content.parts[:MOST_PARTS]
    )
    facts = [wording.visibility(content.visibility), language_words(content.language)]
    count = len(content.parts)
    if count > 1:
        facts.insert(0, Counted().parts(count))
    return PreviewLook(
        key=first.remote_id,
        name=", ".join(dict.fromkeys(member.identity.display_name or member.identity.handle for member in members)),
        handles=", ".join(f"@{member.identity.handle}" for member in members),
        facts=" · ".join(filter(None, facts)),
        parts=parts,
        warning=content.warning,
        poll=content.poll.options if content.poll else (),
        multiple=content.poll.multiple if content.poll else False,
    )


def language_words(tag: str) -> str:
    """A language tag in words; one that we have no word for stays as it is."""
    known = {one.value: one for one in Language}
    if tag in known:
        return wording.language(known[tag])
    return tag or translate("Composer", "Language not said")


def outbox_row(client: ClientId, delivery: Delivery, account: Account, text: str, kind: PostKind) -> OutboxRow:
    """A delivery as lists and cards show it."""
    mark = AccountMark(client, account.id, account.identity.network, account.identity.handle, account.health)
    return OutboxRow(
        client=client,
        id=delivery.id,
        post=delivery.post,
        account=mark,
        state=delivery.state,
        planned=delivery.planned,
        preview=preview(text),
        attempts=delivery.attempts,
        held_because=delivery.held_because,
        problem=delivery.problem,
        url=delivery.url,
        retry_at=delivery.retry_at,
        sent_at=delivery.sent_at,
        parts=max(1, len(delivery.parts)),
        parts_out=delivery.parts_out,
        kind=kind,
    )


def delivery_look(row: OutboxRow, account: Account, formats: Formats, zone: str) -> DeliveryLook:
    """A delivery under the editor."""
    if row.sent_at is not None:
        local = row.sent_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        when = translate("Composer", "Went out {when}").format(when=formats.moment(local))
    else:
        when = translate("Composer", "Planned for {when}").format(when=formats.moment(row.planned.wall))
    identity = account.identity
    page = identity.profile_url
    if not page and identity.network is Network.MASTODON:
        page = f"{identity.server}/@{identity.handle.partition('@')[0]}"
    return DeliveryLook(
        row=row,
        sentence=wording.known(row, formats),
        when=when,
        look_at=page,
        decide=row.state in NEEDS_DECISION,
        cancellable=row.state is State.PLANNED,
    )


def wall_now(now: datetime, zone: str) -> datetime:
    """The naive wall time of a zone."""
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def in_past(moment: datetime, now: datetime, zone: str) -> bool:
    """Whether a wall time of the zone has passed."""
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) <= now
