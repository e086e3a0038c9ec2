"""Reduces foreign text and HTML to what may be shown: a handful of tags, no attribute but a link's address, bounded in size."""

import re
from html.parser import HTMLParser
from itertools import islice
from typing import Final

import nh3

from cmdesk.ui.plaintext import MOST, broken, escaped, plain

DEEPEST: Final = 32
#: Deep nesting costs the cleaner its square: 20,000 nested lists took 2 s, 1,000 take 12 ms.
MOST_TAGS: Final = 1_000
#: An ampersand may grow to five characters and shrink again; so many of them take some milliseconds.
MOST_ENTITIES: Final = 4_000
TAGS: Final = frozenset({"p", "br", "a", "ul", "ol", "li", "blockquote", "code", "strong", "em", "del"})
SCHEMES: Final = frozenset({"http", "https", "mailto"})

_VOID = "br"


def safe_html(foreign: str) -> str:
    """Foreign HTML reduced to p, br, a, ul, ol, li, blockquote, code, strong, em and del; addresses of http, https, mailto.

    At most 20,000 characters of text and 1,000 tags, nested at most 32 deep; longer words are given break points.
    """
    clean = nh3.clean(
        _few_tags(foreign[: MOST * 4]),
        tags=set(TAGS),
        clean_content_tags={"script", "style", "title", "textarea", "noscript", "svg", "math", "template", "iframe", "object"},
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
        generic_attribute_prefixes=None,
    )
    flat = _Flattener()
    flat.feed(clean)
    flat.close()
    return flat.result()


def _few_tags(foreign: str) -> str:
    """What stands before the 1,001st tag and the 4,001st entity."""
    for sign, most in ((r"<(?!/)", MOST_TAGS), ("&", MOST_ENTITIES)):
        following = next(islice(re.finditer(sign, foreign), most, None), None)
        foreign = foreign if following is None else foreign[: following.start()]
    return foreign


def safe_plain(foreign: str) -> str:
    """Foreign plain text as the same small HTML: escaped, line ends kept."""
    text = escaped(broken(plain(foreign)))
    return "<br>".join(text.split("\n"))


class _Flattener(HTMLParser):
    """Writes the clean HTML again, bounded in depth and length. Its input has passed nh3: only allowed tags arrive."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._left = MOST
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or self._left <= 0:
            return
        if tag == _VOID:
            self._parts.append("<br>")
            return
        if len(self._open) >= DEEPEST:
            self._skipped += 1
            return
        if tag == "a":
            self._link(dict(attrs).get("href"))
            return
        self._open.append(tag)
        self._parts.append(f"<{tag}>")

    def _link(self, address: str | None) -> None:
        """A link with an address of a page or a mailbox; links do not stand in each other, and a relative one leads nowhere."""
        if "a" in self._open:
            self.handle_endtag("a")
        if address and address.partition(":")[0].lower() in SCHEMES:
            self._open.append("a")
            self._parts.append(f'<a href="{escaped(plain(address))}">')

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag in self._open:
            while True:
                last = self._open.pop()
                self._parts.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        text = broken(plain(data))[: max(0, self._left)]
        self._left -= len(text)
        self._parts.append(escaped(text))

    def result(self) -> str:
        """The text, with everything closed that was opened."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))
