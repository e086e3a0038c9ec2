"""Changes an edit of a post step by step, each step a pure function, so that every button can be tested."""

from collections.abc import Sequence

from msgspec.structs import replace

from cmdesk.domain.extras import Extras
from cmdesk.domain.ids import AccountId, MediaId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import MediaItem, PostEdit, Variant


def variant_of(edit: PostEdit, account: AccountId) -> Variant:
    """The variant of an account; an empty one when the post is not meant for it."""
    return next((one for one in edit.variants if one.account == account), Variant(account))


def text_for(edit: PostEdit, account: AccountId | None) -> str:
    """The text seen on a tab: the base text for None, else the account's own or the base it follows."""
    if account is None:
        return edit.text
    own = variant_of(edit, account).text
    return edit.text if own is None else own


def warning_for(edit: PostEdit, account: AccountId | None) -> str:
    """The content warning seen on a tab."""
    own = None if account is None else variant_of(edit, account).warning
    return edit.warning if own is None else own


def visibility_for(edit: PostEdit, account: AccountId | None) -> Visibility:
    """The visibility seen on a tab."""
    own = None if account is None else variant_of(edit, account).visibility
    return edit.visibility if own is None else own


def language_for(edit: PostEdit, account: AccountId | None) -> str:
    """The language tag seen on a tab."""
    own = None if account is None else variant_of(edit, account).language
    return edit.language if own is None else own


def differs(edit: PostEdit, account: AccountId) -> bool:
    """Whether an account has anything of its own."""
    return variant_of(edit, account) != Variant(account)


def with_text(edit: PostEdit, account: AccountId | None, text: str) -> PostEdit:
    """The text of a tab. A variant typed back to the base text follows it again."""
    if account is None:
        return replace(edit, text=text)
    return _varied(edit, replace(variant_of(edit, account), text=None if text == edit.text else text))


def with_warning(edit: PostEdit, account: AccountId | None, warning: str) -> PostEdit:
    """The content warning of a tab."""
    if account is None:
        return replace(edit, warning=warning)
    return _varied(edit, replace(variant_of(edit, account), warning=None if warning == edit.warning else warning))


def with_visibility(edit: PostEdit, account: AccountId | None, visibility: Visibility) -> PostEdit:
    """The visibility of a tab."""
    if account is None:
        return replace(edit, visibility=visibility)
    return _varied(edit, replace(variant_of(edit, account), visibility=None if visibility == edit.visibility else visibility))


def with_language(edit: PostEdit, account: AccountId | None, language: str) -> PostEdit:
    """The language of a tab."""
    if account is None:
        return replace(edit, language=language)
    return _varied(edit, replace(variant_of(edit, account), language=None if language == edit.language else language))


def with_comment(edit: PostEdit, words: str) -> PostEdit:
    """Another first comment; none when there are no words."""
    return replace(edit, extras=replace(edit.extras, first_comment=words if words.strip() else ""))


def with_extras(edit: PostEdit, extras: Extras) -> PostEdit:
    """Quote, gates, labels and languages as chosen; the first comment is typed elsewhere and stays."""
    return replace(edit, extras=replace(extras, first_comment=edit.extras.first_comment))


def reverted(edit: PostEdit, account: AccountId) -> PostEdit:
    """The account follows the base again, in everything."""
    return _varied(edit, Variant(account))


def with_targets(edit: PostEdit, accounts: Sequence[AccountId]) -> PostEdit:
    """Meant for these accounts, in this order; what one that stays had of its own stays."""
    return replace(edit, variants=tuple(variant_of(edit, account) for account in accounts))


def with_media(edit: PostEdit, item: MediaItem) -> PostEdit:
    """One more picture at the end; the same file twice is kept once."""
    if any(one.id == item.id for one in edit.media):
        return edit
    return replace(edit, media=(*edit.media, item))


def without_media(edit: PostEdit, media: MediaId) -> PostEdit:
    """One picture less."""
    return replace(edit, media=tuple(item for item in edit.media if item.id != media))


def with_alt(edit: PostEdit, media: MediaId, alt: str) -> PostEdit:
    """Another alt text for one picture."""
    return replace(edit, media=tuple(replace(item, alt=alt) if item.id == media else item for item in edit.media))


def with_part(edit: PostEdit, media: MediaId, part: int) -> PostEdit:
    """The picture goes with another part of the thread."""
    return replace(edit, media=tuple(replace(item, part=max(0, part)) if item.id == media else item for item in edit.media))


def moved_media(edit: PostEdit, media: MediaId, step: int) -> PostEdit:
    """A picture moved left (-1) or right (1); at the ends nothing happens."""
    items = list(edit.media)
    place = next((number for number, item in enumerate(items) if item.id == media), -1)
    other = place + step
    if place < 0 or not 0 <= other < len(items):
        return edit
    items[place], items[other] = items[other], items[place]
    return replace(edit, media=tuple(items))


def is_blank(edit: PostEdit) -> bool:
    """Whether nobody would miss it."""
    own = any((variant.text or "").strip() for variant in edit.variants)
    beside = edit.extras.first_comment.strip() or edit.extras.quote
    return not (edit.text.strip() or edit.warning.strip() or edit.media or edit.poll or own or beside)


def _varied(edit: PostEdit, variant: Variant) -> PostEdit:
    """With one variant replaced; an account that the post is not meant for is left out of it."""
    return replace(edit, variants=tuple(variant if one.account == variant.account else one for one in edit.variants))
