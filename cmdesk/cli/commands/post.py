"""The posts: written, listed, changed, planned, taken back."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TypedDict

from msgspec.structs import replace

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.changing import change_live
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import settle
from cmdesk.cli.text import iso, table
from cmdesk.domain.delivery import PostState
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.extras import NONE, Extras
from cmdesk.domain.ids import AccountId, Kind, ref
from cmdesk.domain.limits import Problem, Severity, Visibility
from cmdesk.domain.post import MediaItem, PostEdit, Variant, edit_of
from cmdesk.domain.schedule import PlannedTime
from cmdesk.domain.views import PostRow
from cmdesk.services import arranging, composing, linking, moderating, planning, resolving, slots
from cmdesk.services.workspace import Workspace


async def add(call: Call) -> Exit:
    """Writes a post. With a time, nothing is stored unless everything is right; without one it is kept as a draft as it is."""
    args = call.args
    text = given_text(call)
    pictures = given_pictures(args)
    if not (text or "").strip() and not pictures:
        raise BadInput(field="text", reason="empty")
    async with open_desk(call) as desk:
        workspace = finding.working_client(desk, args.client)
        accounts = list({one.id: one for one in (finding.account(workspace, named) for named in args.account)}.values())
        planned = None if args.at is None else told.planned(call, future(workspace, reading.when(workspace, args.at)))
        if args.next_slot:
            planned = told.planned(call, slots.next_slot(workspace, [one.id for one in accounts]))
        if args.reply_to is not None and len(accounts) != 1:
            raise BadInput(field="reply_to", reason="many")
        edit = PostEdit(
            text=text or "",
            warning=reading.clean_text(args.cw or ""),
            visibility=Visibility.PUBLIC if args.visibility is None else Visibility(args.visibility),
            language=workspace.client.language.value if args.lang is None else reading.language_tags(args.lang)[0],
            extras=changed_extras(args, NONE),
            variants=tuple(Variant(account=one.id) for one in accounts),
        )
        if args.reply_to is not None:
            target = await resolving.reply_target(workspace, accounts[0].id, reading.address(args.reply_to))
            edit = replace(edit, reply_to=target)
        edit = replace(edit, media=await attach(workspace, pictures))
        found = composing.problems(edit, accounts, media_folder=workspace.media_folder)
        if (args.now or planned) and blocks(found):
            return told.blocked(call, workspace, found)
        told.problems(call, workspace, found)
        if planned is not None:
            told.problems(call, workspace, _of_its_time(workspace, edit, planned))
        post = await composing.create(workspace, edit)
        if planned is not None:
            await arranging.plan(workspace, post.id, planned)
        elif args.now:
            await planning.now(workspace, post.id)
        if args.now:
            return await settle(call, desk, workspace, post.id)
        return told.post_added(call, workspace, post.id)


def _of_its_time(workspace: Workspace, edit: PostEdit, planned: PlannedTime) -> Mapping[AccountId, Sequence[Problem]]:
    """What the time runs into: another post, the same words. What the clocks do is told with the time itself."""
    found = slots.warnings(workspace, edit, planned, [one.account for one in edit.variants])
    return {account: [one for one in listed if not one.code.startswith("clock_")] for account, listed in found.items()}


def given_text(call: Call) -> str | None:
    """The words on the command line or on standard input; None when neither is asked for. Raises BadInput(field="text")."""
    if call.args.text_stdin:
        return reading.text_of(call.around.stdin)
    return None if call.args.text is None else reading.clean_text(call.args.text)


def given_pictures(args: Namespace) -> list[tuple[str, str]]:
    """Files and their words, paired in order. Raises BadInput(field="alt")."""
    if len(args.alt) > len(args.media):
        raise BadInput(field="alt", reason="count", alts=len(args.alt), files=len(args.media))
    return [(file, reading.clean_text(args.alt[place]) if place < len(args.alt) else "") for place, file in enumerate(args.media)]


def future(workspace: Workspace, planned: PlannedTime) -> PlannedTime:
    """The time, if it has not passed. Raises BadInput(field="time", reason="past")."""
    if planned.utc <= workspace.clock.now():
        raise BadInput(field="time", reason="past")
    return planned


async def attach(workspace: Workspace, pictures: Sequence[tuple[str, str]]) -> tuple[MediaItem, ...]:
    """Copies files into the client's folder, each with its words."""
    items = []
    for file, alt in pictures:
        items.append(replace(await composing.attach(workspace, reading.existing(file)), alt=alt))
    return tuple(items)


def blocks(found: Mapping[AccountId, Sequence[Problem]]) -> bool:
    """Whether anything stands in the way of sending."""
    return any(one.severity is Severity.BLOCK for problems in found.values() for one in problems)


async def list_posts(call: Call) -> Exit:
    """Prints posts, the last changed first."""
    args = call.args
    most = reading.limit(args.limit)
    async with open_desk(call) as desk:
        rows = [row for workspace in finding.clients(desk, args.client) for row in _rows(workspace, args.state, most)]
    rows = sorted(rows, key=lambda row: row.updated_at, reverse=True)[:most]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "state", "time", "accounts", "text"))
    lines = [
        (
            ref(row.client, Kind.POST, row.id),
            words(f"post_state.{row.state.value}"),
            told.wall(row.planned),
            ", ".join(mark.handle for mark in row.accounts),
            told.preview(row.preview),
        )
        for row in rows
    ]
    call.output.result([shapes.post_row(row) for row in rows], table(header, lines) if lines else words("post.none"))
    return Exit.DONE


def _rows(workspace: Workspace, state: str | None, most: int) -> list[PostRow]:
    """The last changed posts in a state; pages are read until there are enough."""
    found: list[PostRow] = []
    before: PostRow | None = None
    while len(found) < most:
        page = composing.post_rows(workspace, limit=200, before=before)
        found += [row for row in page if state is None or row.state is PostState(state)]
        if len(page) < 200:
            break
        before = page[-1]
    return found[:most]


async def show(call: Call) -> Exit:
    """Prints one post with its variants and deliveries."""
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, call.args.post, call.args.client)
        return told.post_shown(call, workspace, post_id)


class _Change(TypedDict, total=False):
    """What an edit changes, by the names that a post and a variant share."""

    text: str
    warning: str
    visibility: Visibility
    language: str


async def edit(call: Call) -> Exit:
    """Changes a post, or its variant for one account; what was planned is held until it is planned again.

    What is live keeps its words, unless ``--live`` asks for them to be changed there too.
    """
    args = call.args
    text = given_text(call)
    pictures = given_pictures(args)
    said = (text, args.cw, args.visibility, args.lang, args.first_comment, args.quote, args.replies, args.label)
    if all(value is None for value in said) and not args.no_quotes and not pictures and not args.live:
        raise BadInput(field="edit", reason="nothing")
    if args.account is not None and (pictures or any(value is not None for value in said[4:]) or args.no_quotes):
        raise BadInput(field="edit", reason="media_of_variant")
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, args.post, args.client)
        stored = composing.load(workspace, post_id)
        before = edit_of(stored)
        if args.live:
            finding.in_work(workspace)
            if not told.live(workspace, post_id):
                raise NotAllowed(from_state="not_sent", to_state="changed")
        changed = _changed(args, text)
        if args.account is not None:
            account = finding.account(workspace, args.account)
            if account.id not in stored.accounts:
                raise BadInput(field="account", reason="not_meant", given=account.identity.handle)
            variants = tuple(replace(one, **changed) if one.account == account.id else one for one in before.variants)
            after = replace(before, variants=variants)
        else:
            after = replace(before, **changed, extras=changed_extras(args, before.extras))
            if pictures:
                after = replace(after, media=await attach(workspace, pictures))
        await composing.save(workspace, post_id, after, stored.revision if args.revision is None else args.revision)
        accounts = [one for one in linking.accounts(workspace, with_unlinked=True) if one.id in after_accounts(after)]
        told.problems(call, workspace, composing.problems(after, accounts, media_folder=workspace.media_folder))
        if args.live:
            return await change_live(call, workspace, post_id)
        names = told.handles(workspace)
        if live := ", ".join(names[one.account] for one in told.live(workspace, post_id)):
            call.output.say(call.words("post.keeps", handles=live))
        return told.post_shown(call, workspace, post_id)


def after_accounts(changed: PostEdit) -> frozenset[AccountId]:
    """The accounts an edit is meant for."""
    return frozenset(one.account for one in changed.variants)


def _changed(args: Namespace, text: str | None) -> _Change:
    """The fields that the options change, by the names that a post and a variant share."""
    changed = _Change()
    if text is not None:
        changed["text"] = text
    if args.cw is not None:
        changed["warning"] = reading.clean_text(args.cw)
    if args.visibility is not None:
        changed["visibility"] = Visibility(args.visibility)
    if args.lang is not None:
        changed["language"] = reading.language_tags(args.lang)[0]
    return changed


def changed_extras(args: Namespace, before: Extras) -> Extras:
    """What only some networks know, as the options change it; an empty word takes something away. Raises BadInput."""
    found = before
    if args.first_comment is not None:
        found = replace(found, first_comment=reading.clean_text(args.first_comment))
    if args.quote is not None:
        found = replace(found, quote=args.quote.strip())
    if args.replies is not None:
        found = replace(found, repliers=reading.repliers(args.replies))
    if args.no_quotes:
        found = replace(found, quotable=False)
    if args.label is not None:
        found = replace(found, content_labels=tuple(dict.fromkeys(one.strip() for one in args.label if one.strip())))
    if args.lang is not None:
        found = replace(found, languages=reading.language_tags(args.lang)[1:])
    return found


async def move(call: Call) -> Exit:
    """Plans a draft, moves what is planned, or sends it now."""
    args = call.args
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, args.post, args.client)
        finding.in_work(workspace)
        planned = None if args.at is None else told.planned(call, future(workspace, reading.when(workspace, args.at)))
        post = composing.load(workspace, post_id)
        accounts = [one for one in linking.accounts(workspace) if one.id in post.accounts]
        if args.next_slot:
            planned = told.planned(call, slots.next_slot(workspace, post.accounts))
        found = composing.problems(post, accounts, media_folder=workspace.media_folder)
        if blocks(found):
            return told.blocked(call, workspace, found)
        told.problems(call, workspace, found)
        if planned is None:
            await planning.now(workspace, post_id)
            return await settle(call, desk, workspace, post_id)
        if told.deliveries(workspace, post_id):
            await arranging.move(workspace, post_id, planned)
        else:
            await arranging.plan(workspace, post_id, planned)
        return told.post_added(call, workspace, post_id)


async def cancel(call: Call) -> Exit:
    """Takes back what has not gone out."""
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, call.args.post, call.args.client)
        if not told.deliveries(workspace, post_id):
            raise NotAllowed(from_state="draft", to_state="cancelled")
        await planning.cancel(workspace, post_id)
        return told.post_added(call, workspace, post_id)


async def delete_remote(call: Call) -> Exit:
    """Deletes from the network what is live of a post."""
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, call.args.post, call.args.client)
        live = told.live(workspace, post_id)
        if not live:
            raise NotAllowed(from_state="not_sent", to_state="gone")
        for one in live:
            await moderating.delete_own(workspace, one.id)
        return told.post_added(call, workspace, post_id)


async def versions(call: Call) -> Exit:
    """Prints the kept versions of a post, newest first."""
    async with open_desk(call) as desk:
        workspace, post_id = finding.post(desk, call.args.post, call.args.client)
        composing.load(workspace, post_id)
        kept = composing.versions(workspace, post_id)
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("revision", "when", "why", "text"))
    lines = [(str(one.revision), iso(one.at), words(f"why.{one.why}"), told.preview(one.edit.text)) for one in kept]
    document: list[Json] = [
        {"revision": one.revision, "at": iso(one.at), "why": one.why, "text": one.edit.text, "warning": one.edit.warning}
        for one in kept
    ]
    call.output.result(document, table(header, lines) if lines else words("post.no_versions"))
    return Exit.DONE
