"""Reduces foreign text and HTML to what may be shown: a handful of tags, no attribute but a link's address, bounded in size."""

import html
import re
import unicodedata
from html.parser import HTMLParser
from typing import Final

import nh3

MOST: Final = 20_000
DEEPEST: Final = 32
LONGEST_RUN: Final = 200
#: Deep nesting costs the cleaner its square: 20,000 nested lists took 2 s, 2,000 take 25 ms.
MOST_TAGS: Final = 2_000
TAGS: Final = frozenset({"p", "br", "a", "ul", "ol", "li", "blockquote", "code", "strong", "em", "del"})
SCHEMES: Final = frozenset({"http", "https", "mailto"})

#: Opens and closes a run of text whose direction can't spill over to its neighbours (Unicode Bidirectional Algorithm, isolates).
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063\u2064")
_VOID = "br"
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")
#: A place where a line may break without anything being seen.
_BREAK = "\u200b"


def plain(text: str) -> str:
    """Foreign text without control characters, overrides of direction and invisible marks; at most 20,000 characters."""
    kept = []
    for character in text[: MOST * 2]:
        if character in "\n\t":
            kept.append(character)
        elif character in _OVERRIDES or character in _INVISIBLE:
            continue
        elif unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or character in "\u2028\u2029":
            kept.append(" ")
        else:
            kept.append(character)
    return "".join(kept)[:MOST]


def name(text: str, most: int = 200) -> str:
    """A foreign name on one line, isolated so that its direction can't turn what stands beside it."""
    return f"{ISOLATE}{' '.join(plain(text[: most * 4]).split())[:most]}{POP}"


def broken(text: str) -> str:
    """The text with invisible break points in runs longer than 200 characters, so that no word makes a window wider."""
    return _RUN.sub(lambda match: match[0] + _BREAK, text)


def safe_html(foreign: str) -> str:
    """Foreign HTML reduced to p, br, a, ul, ol, li, blockquote, code, strong, em and del; addresses of http, https, mailto.

    At most 20,000 characters of text and 2,000 tags, nested at most 32 deep; longer words are given break points.
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
    """What stands before the 2,001st tag."""
    pieces = foreign.split("<", MOST_TAGS + 1)
    return "<".join(pieces[: MOST_TAGS + 1])


def safe_plain(foreign: str) -> str:
    """Foreign plain text as the same small HTML: escaped, line ends kept."""
    text = html.escape(broken(plain(foreign)), quote=True)
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
        self._open.append(tag)
        address = dict(attrs).get("href") if tag == "a" else None
        if address is not None and address.partition(":")[0].lower() not in SCHEMES:
            address = None  # a relative address leads nowhere outside the page it came from
        self._parts.append(f'<a href="{html.escape(plain(address), quote=True)}">' if address else f"<{tag}>")

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
        self._parts.append(html.escape(text, quote=True))

    def result(self) -> str:
        """The text, with everything closed that was opened."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))
