"""Says before sending what a network would refuse, or what a person should look at once more.

Codes are stable; the words belong to the screens:

======================  ========  =====================================  =========================================
code                    severity  params                                 meaning
======================  ========  =====================================  =========================================
empty                   block                                            a part has neither text nor media
too_long                block     count, limit, over                     text (and warning) beyond the limit
too_many_bytes          block     count, limit, over                     few characters that need too many bytes
media_required          block                                            this network takes no post without media
too_many_media          block     count, limit                           more files than the network takes
mixed_media             block                                            a video or sound beside another file
media_type              block     name, mime                             a file type the server does not take
media_too_large         block     name, size, limit                      bytes beyond the limit
media_too_many_pixels   block     name, pixels, limit                    width × height beyond the limit
alt_missing             warn      name                                   a file without alt text
alt_too_short           block     name, count, limit                     the server wants a longer alt text
alt_too_long            block     name, count, limit                     alt text beyond the limit
poll_with_media         block                                            a poll and files exclude each other
poll_not_supported      block                                            this server has no polls
poll_options            block     count, limit                           too few (limit 2) or too many choices
poll_option_empty       block     number                                 a choice without words
poll_option_too_long    block     number, count, limit                   a choice beyond the limit
poll_option_twice       block     number                                 the same choice twice
poll_time               block     seconds, least, most                   open for too short or too long
visibility              block     visibility                             this server does not know it
direct_without_mention  warn                                             a direct post that names nobody
control_characters      block                                            characters no server keeps as they are
limits_unknown          warn                                             the server's limits were never read
warning_not_supported   block                                            this network puts no words before a post
quote_not_supported     block                                            this network shows no post inside another
quote_address           block                                            what is to be quoted is no address
gate_not_supported      warn                                             here everybody may answer and quote
gate_on_reply           warn                                             only who began a conversation says who answers
labels_not_supported    warn                                             this network knows no labels of content
too_many_labels         block     count, limit                           more labels than a post may carry
label_words             block     label                                  a label that is no short word
too_many_languages      block     count, limit                           a post speaks three languages at most
======================  ========  =====================================  =========================================

Of another client (all warn): ``other_client_handle``, ``other_client_link``, ``other_client_hashtag``, ``other_client_word``
(words, client), ``other_client_media`` (client).

By the client's own rule before planning (block): ``mistakes`` (count, words), found by the language desk.

From the network itself, after a try (all block): ``refused`` (status, detail), ``media_refused`` (name, detail),
``media_failed`` (detail), ``media_missing`` (name), ``media_changed`` (name), ``gone`` (status, detail),
``quote_gone`` (address).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cmdesk.domain.counting import count, count_plain
from cmdesk.domain.limits import Limits, Problem, Severity, Unit, Visibility
from cmdesk.domain.post import Content, MediaItem, Part, Poll

_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS: Final = re.compile(r"(?:https?|at)://[^\s]{3,1000}")
_LABEL: Final = re.compile(r"!?[A-Za-z0-9][A-Za-z0-9-]{0,126}")
#: What Bluesky takes (lexicon app.bsky.feed.post, langs); other networks are told the first.
MOST_LANGUAGES: Final = 3
_MENTION: Final = re.compile(r"(?<![\w/@])@\w")


def check(content: Content, limits: Limits) -> tuple[Problem, ...]:
    """Everything in a content that goes against the limits, part by part; empty when it can go as it is."""
    found: list[Problem] = []
    for index, part in enumerate(content.parts):
        found += _part(part, index, content, limits)
    if content.poll is not None:
        found += _poll(content.poll, content, limits)
    if content.visibility not in limits.visibilities:
        found.append(_problem("visibility", visibility=content.visibility.value))
    words = " ".join(part.text for part in content.parts)
    if content.visibility is Visibility.DIRECT and not _MENTION.search(words):
        found.append(_problem("direct_without_mention", severity=Severity.WARN))
    if content.warning and not limits.warnings:
        found.append(_problem("warning_not_supported"))
    if _CONTROLS.search(content.warning):
        found.append(_problem("control_characters"))
    found += _extras(content, limits)
    if limits.read_at is None:
        found.append(_problem("limits_unknown", severity=Severity.WARN))
    return tuple(found)


def _extras(content: Content, limits: Limits) -> Iterator[Problem]:
    extras = content.extras
    if extras.quote and not limits.quotes:
        yield _problem("quote_not_supported")
    elif extras.quote and _ADDRESS.fullmatch(extras.quote) is None:
        yield _problem("quote_address")
    if extras.gated and not limits.gates:
        yield _problem("gate_not_supported", severity=Severity.WARN)
    elif extras.repliers is not None and content.reply_to is not None:
        yield _problem("gate_on_reply", severity=Severity.WARN)
    if extras.content_labels and not limits.max_labels:
        yield _problem("labels_not_supported", severity=Severity.WARN)
    elif len(extras.content_labels) > limits.max_labels:
        yield _problem("too_many_labels", count=len(extras.content_labels), limit=limits.max_labels)
    for label in extras.content_labels:
        if _LABEL.fullmatch(label) is None:
            yield _problem("label_words", label=label[:80])
    if len(extras.languages) >= MOST_LANGUAGES:
        yield _problem("too_many_languages", count=len(extras.languages) + 1, limit=MOST_LANGUAGES)


def _problem(code: str, index: int | None = None, severity: Severity = Severity.BLOCK, **params: str | int) -> Problem:
    return Problem(code, severity, tuple(params.items()), index)


def _part(part: Part, index: int, content: Content, limits: Limits) -> Iterator[Problem]:
    if not part.text.strip() and not part.media:
        yield _problem("empty", index)
    if _CONTROLS.search(part.text):
        yield _problem("control_characters", index)
    counted = count(part.text, limits, content.warning)
    if counted.over:
        code = "too_many_bytes" if counted.unit is Unit.BYTES else "too_long"
        yield _problem(code, index, count=counted.count, limit=counted.limit, over=counted.over)
    if limits.media_required and not part.media and content.reply_to is None and index == 0:
        yield _problem("media_required", index)
    if limits.max_media is not None and len(part.media) > limits.max_media:
        yield _problem("too_many_media", index, count=len(part.media), limit=limits.max_media)
    single = [item for item in part.media if not item.mime.startswith("image/")]
    if single and len(part.media) > 1 and not limits.mixed_media:
        yield _problem("mixed_media", index)
    for item in part.media:
        yield from _media(item, index, limits)


def _media(item: MediaItem, index: int, limits: Limits) -> Iterator[Problem]:
    name = item.original_name
    if limits.mime_types and item.mime.lower() not in limits.mime_types:
        yield _problem("media_type", index, name=name, mime=item.mime)
    image = item.mime.startswith("image/")
    most_bytes, most_pixels = (limits.image_bytes, limits.image_pixels) if image else (limits.video_bytes, limits.video_pixels)
    if most_bytes is not None and item.size > most_bytes:
        yield _problem("media_too_large", index, name=name, size=item.size, limit=most_bytes)
    pixels = (item.width or 0) * (item.height or 0)
    if most_pixels is not None and pixels > most_pixels:
        yield _problem("media_too_many_pixels", index, name=name, pixels=pixels, limit=most_pixels)
    length = len(item.alt)
    if limits.alt_limit is not None and length > limits.alt_limit:
        yield _problem("alt_too_long", index, name=name, count=length, limit=limits.alt_limit)
    elif length < limits.alt_minimum:
        yield _problem("alt_too_short", index, name=name, count=length, limit=limits.alt_minimum)
    elif not item.alt.strip():
        yield _problem("alt_missing", index, Severity.WARN, name=name)


def _poll(poll: Poll, content: Content, limits: Limits) -> Iterator[Problem]:
    if limits.poll_options == 0:
        yield _problem("poll_not_supported", 0)
        return
    if content.parts[0].media:
        yield _problem("poll_with_media", 0)
    if len(poll.options) < 2:
        yield _problem("poll_options", 0, count=len(poll.options), limit=2)
    if len(poll.options) > limits.poll_options:
        yield _problem("poll_options", 0, count=len(poll.options), limit=limits.poll_options)
    seen: set[str] = set()
    for number, option in enumerate(poll.options, 1):
        words = option.strip()
        length = count_plain(option, limits.unit)
        if not words:
            yield _problem("poll_option_empty", 0, number=number)
        elif words in seen:
            yield _problem("poll_option_twice", 0, number=number)
        if length > limits.poll_option_characters:
            yield _problem("poll_option_too_long", 0, number=number, count=length, limit=limits.poll_option_characters)
        seen.add(words)
    if not limits.poll_min_seconds <= poll.expires_in <= limits.poll_max_seconds:
        yield _problem("poll_time", 0, seconds=poll.expires_in, least=limits.poll_min_seconds, most=limits.poll_max_seconds)
