"""Describes a post: the whole, its variant per account, its media, and the fingerprint of what was approved."""

import json
import re
from datetime import datetime
from enum import Enum
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from cmdesk.domain.account import Identity
from cmdesk.domain.digest import sha256
from cmdesk.domain.extras import Extras, facts
from cmdesk.domain.ids import AccountId, MediaId, MessageId, PostId
from cmdesk.domain.limits import Visibility

#: A line that holds only this splits a text into the parts of a thread.
THREAD_MARK = "---"
_THREAD_SPLIT = re.compile(rf"(?m)^[ \t]*{THREAD_MARK}[ \t]*$\n?")


class PostKind(Enum):
    """Why a post exists."""

    POST = "post"
    REPLY = "reply"


class MediaItem(Struct, frozen=True):
    """A file of the client's media folder, as attached to a post.

    ``file_name`` is inside the client's media folder, ``original_name`` what the user called it, ``size`` is bytes,
    ``width``/``height`` pixels, ``duration`` seconds, ``focus`` x and y from -1 to 1 as on the Mastodon API,
    ``part`` the index of the thread's part it goes with.
    """

    id: MediaId
    file_name: str
    original_name: str
    mime: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    alt: str = ""
    focus: tuple[float, float] | None = None
    part: int = 0


class Poll(Struct, frozen=True):
    """A question with choices; ``expires_in`` is seconds after publication."""

    options: tuple[str, ...]
    expires_in: int = 86_400
    multiple: bool = False
    hide_totals: bool = False


class ReplyTarget(Struct, frozen=True):
    """What a reply answers: the message as stored here (when it is) and as the network knows it."""

    remote_id: str
    url: str = ""
    handle: str = ""
    message: MessageId | None = None


class Variant(Struct, frozen=True):
    """What differs for one account. None means: as the post says."""

    account: AccountId
    text: str | None = None
    warning: str | None = None
    visibility: Visibility | None = None
    language: str | None = None

    @property
    def diverges(self) -> bool:
        """Whether its text no longer follows the post's."""
        return self.text is not None


class Post(Struct, frozen=True):
    """A post with its variants. ``revision`` grows by one at every save; ``sha256`` guards the words at rest.

    ``language`` is a BCP 47 tag or empty, ``deleted_at`` is set while it lies in the 30-day bin.
    """

    id: PostId
    kind: PostKind
    text: str
    revision: int
    sha256: str
    created_at: datetime
    updated_at: datetime
    warning: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    sensitive: bool = False
    poll: Poll | None = None
    media: tuple[MediaItem, ...] = ()
    variants: tuple[Variant, ...] = ()
    reply_to: ReplyTarget | None = None
    labels: tuple[str, ...] = ()
    approved: str | None = None  # fingerprint of exactly what was approved; None is a draft
    deleted_at: datetime | None = None
    extras: Extras = Extras()

    @property
    def accounts(self) -> tuple[AccountId, ...]:
        """The accounts it is meant for, in the order they were chosen."""
        return tuple(variant.account for variant in self.variants)

    def variant(self, account: AccountId) -> Variant:
        """The variant of one account; KeyError when the post is not meant for it."""
        for one in self.variants:
            if one.account == account:
                return one
        raise KeyError(account)


class Part(Struct, frozen=True):
    """One part of a thread; a plain post has exactly one. ``comment``: the post's own first comment, always the last part."""

    text: str
    media: tuple[MediaItem, ...] = ()
    comment: bool = False


class Content(Struct, frozen=True):
    """Exactly what one account would send: the post seen through its variant."""

    parts: tuple[Part, ...]
    warning: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    sensitive: bool = False
    poll: Poll | None = None  # goes with the first part
    reply_to: ReplyTarget | None = None
    extras: Extras = Extras()

    @property
    def text(self) -> str:
        """The first part's text."""
        return self.parts[0].text


class PostEdit(Struct, frozen=True):
    """What an editor holds: everything of a post that a person can change."""

    text: str = ""
    warning: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    sensitive: bool = False
    poll: Poll | None = None
    media: tuple[MediaItem, ...] = ()
    variants: tuple[Variant, ...] = ()
    reply_to: ReplyTarget | None = None
    labels: tuple[str, ...] = ()
    kind: PostKind = field(default=PostKind.POST)
    extras: Extras = Extras()


class PostVersion(Struct, frozen=True):
    """A kept state of a post's words. ``why`` is a code: ``autosave``, ``scheduled``, ``restored``, ``bin``."""

    id: int
    post: PostId
    revision: int
    at: datetime
    why: str
    edit: PostEdit


def edit_of(post: Post) -> PostEdit:
    """The editable side of a stored post."""
    return PostEdit(
        text=post.text,
        warning=post.warning,
        visibility=post.visibility,
        language=post.language,
        sensitive=post.sensitive,
        poll=post.poll,
        media=post.media,
        variants=post.variants,
        reply_to=post.reply_to,
        labels=post.labels,
        kind=post.kind,
        extras=post.extras,
    )


def split_thread(text: str) -> tuple[str, ...]:
    """The parts of a text, outer blank lines removed; empty parts vanish, but there is always one part."""
    parts = tuple(part.strip() for part in _THREAD_SPLIT.split(text.replace("\r\n", "\n")))
    return tuple(part for part in parts if part) or ("",)


def content_for(post: Post | PostEdit, account: AccountId) -> Content:
    """What this account would send; KeyError when the post is not meant for it."""
    variant = next((one for one in post.variants if one.account == account), None)
    if variant is None:
        raise KeyError(account)
    texts = split_thread(post.text if variant.text is None else variant.text)
    last = len(texts) - 1
    parts = tuple(
        Part(text, tuple(item for item in post.media if min(item.part, last) == index)) for index, text in enumerate(texts)
    )
    if post.extras.first_comment.strip():
        parts += (Part(post.extras.first_comment.strip(), comment=True),)
    return Content(
        parts=parts,
        warning=post.warning if variant.warning is None else variant.warning,
        visibility=post.visibility if variant.visibility is None else variant.visibility,
        language=post.language if variant.language is None else variant.language,
        sensitive=post.sensitive,
        poll=post.poll,
        reply_to=post.reply_to,
        extras=post.extras,
    )


def cleaned(edit: PostEdit) -> PostEdit:
    """The same edit as a file can hold it: line ends in one form, no NUL, no half of a surrogate pair."""
    return replace(
        edit,
        text=_storable(edit.text),
        warning=_storable(edit.warning),
        variants=tuple(
            replace(
                one,
                text=None if one.text is None else _storable(one.text),
                warning=None if one.warning is None else _storable(one.warning),
            )
            for one in edit.variants
        ),
        media=tuple(replace(item, alt=_storable(item.alt)) for item in edit.media),
        poll=None if edit.poll is None else replace(edit.poll, options=tuple(_storable(one) for one in edit.poll.options)),
        labels=tuple(_storable(label) for label in edit.labels),
        extras=replace(
            edit.extras, first_comment=_storable(edit.extras.first_comment), quote=_storable(edit.extras.quote).strip()
        ),
    )


def _storable(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


#: How many code points of a text a list shows.
PREVIEW: Final = 140


def preview(text: str, limit: int = PREVIEW) -> str:
    """The beginning of a text on one line, for lists; at most ``limit`` code points."""
    line = " ".join(text[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def text_hash(edit: PostEdit) -> str:
    """SHA-256 (hex) over every word of a draft: kept beside it so that damage at rest is noticed."""
    words = [edit.text, edit.warning, *(f"{v.account}\x1f{v.text!r}\x1f{v.warning!r}" for v in edit.variants)]
    words += [f"{item.id}\x1f{item.alt}" for item in edit.media]
    words += list(edit.poll.options) if edit.poll else []
    if edit.extras.first_comment or edit.extras.quote:
        words += [edit.extras.first_comment, edit.extras.quote]
    return sha256("\x1e".join(words).encode("utf-8", "surrogatepass"))


def _content_facts(content: Content) -> dict[str, object]:
    # What was approved before there were extras stays approved: they only count where there are any.
    extras = facts(content.extras)
    return {
        **({"extras": extras} if extras else {}),
        "parts": [
            {"text": part.text, "media": [[item.sha256, item.alt, item.focus] for item in part.media]} for part in content.parts
        ],
        "warning": content.warning,
        "visibility": content.visibility.value,
        "language": content.language,
        "sensitive": content.sensitive,
        "poll": None
        if content.poll is None
        else [
            list(content.poll.options),
            content.poll.expires_in,
            content.poll.multiple,
            content.poll.hide_totals,
        ],
        "reply_to": content.reply_to.remote_id if content.reply_to else None,
    }


def fingerprint(post: Post | PostEdit, identities: dict[AccountId, Identity]) -> str:
    """SHA-256 (hex) of text, media, options and targets of a post: an approval is bound to it, any edit breaks it.

    ``identities`` holds the identity of every account the post is meant for; KeyError when one is missing.
    """
    facts = [
        {
            "target": list(identity.voice),
            "content": _content_facts(content_for(post, account)),
        }
        for account, identity in sorted(((v.account, identities[v.account]) for v in post.variants), key=lambda pair: pair[0])
    ]
    canonical = json.dumps(facts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode())
