"""Reads the plain text out of a status's HTML: what a person would read, with whole links; hostile input costs nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

LONGEST: Final = 100_000
_TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>?|[^<]+|<+(?![a-zA-Z/!])|<", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([a-zA-Z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_BLOCKS: Final = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_LINES: Final = frozenset({"li", "tr"})
_SILENT: Final = frozenset({"script", "style", "template", "head", "title", "iframe", "object", "noscript"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """A foreign text without control characters and half characters."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def plain(html: str) -> str:
    """The text of a fragment: paragraphs apart by an empty line, ``br`` as a line break, links as their whole address.

    A mention or a hashtag stays as written. Never raises; input beyond 100,000 characters is cut.
    """
    reader = _Reader()
    for match in _TOKEN.finditer(html[:LONGEST]):
        reader.take(match.group())
    return reader.text()


class _Reader:
    """Walks once over the pieces; keeps a flat state instead of a tree, so that depth costs nothing."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._silent = ""
        self._href = ""
        self._link: list[str] | None = None
        self._keep_words = False
        self._preserved = 0

    def take(self, piece: str) -> None:
        name = _NAME.match(piece) if piece.startswith("<") else None
        if name is not None:
            self._tag(piece, name.group(1).lower(), closing=piece.startswith("</"))
        elif not piece.startswith("<!--"):
            self._words(piece)

    def _words(self, piece: str) -> None:
        if self._silent:
            return
        text = clean(unescape(piece))
        if not self._preserved:
            text = _SPACES.sub(" ", text)
        (self._out if self._link is None else self._link).append(text)

    def _tag(self, piece: str, name: str, *, closing: bool) -> None:
        if self._silent:
            if closing and name == self._silent:
                self._silent = ""
            return
        if name in _SILENT:
            self._silent = "" if closing else name
        elif name == "a":
            self._close_link()
            if not closing:
                self._open_link(piece)
        elif name == "br":
            self._break("\n")
        elif name in _BLOCKS:
            self._preserved = max(0, self._preserved + (-1 if closing else 1)) if name == "pre" else self._preserved
            self._break("\n\n")
        elif name in _LINES:
            self._break("\n" if closing else "\n• " if name == "li" else "\n")

    def _break(self, text: str) -> None:
        (self._out if self._link is None else self._link).append(text)

    def _open_link(self, piece: str) -> None:
        attributes = {
            found.group(1).lower(): unescape(next(value for value in found.groups()[1:] if value is not None))
            for found in _ATTRIBUTE.finditer(piece[:8192])
        }
        classes = attributes.get("class", "").split()
        self._href = clean(attributes.get("href", "")).strip()
        self._keep_words = bool({"mention", "hashtag", "u-url"} & set(classes))
        self._link = []

    def _close_link(self) -> None:
        if self._link is None:
            return
        words = "".join(self._link)
        self._link = None
        self._out.append(words if self._keep_words else _spoken(words, self._href))

    def text(self) -> str:
        """What was read."""
        self._close_link()
        lines = "".join(self._out).split("\n")
        return _MANY_BREAKS.sub("\n\n", "\n".join(line.strip(" ") for line in lines)).strip()


def _spoken(words: str, href: str) -> str:
    """A link for plain reading: the whole address where the words only show a part of it, else words and address."""
    if not href.lower().startswith(("https://", "http://")):
        return words
    shown = words.strip().rstrip("…").lower()
    bare = href.split("://", 1)[1]
    if not shown or href.lower().startswith(shown) or bare.lower().startswith(shown):
        return href
    if shown.startswith(("@", "#")) or href.lower() in words.lower():
        return words
    return f"{words} ({href})"
