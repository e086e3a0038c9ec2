"""Marks links, mentions and hashtags of our own text as a network would, for the preview."""

import re

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.facets import Facet, Kind, facets
from cmdesk.ui.plaintext import escaped

_TOKEN = (
    r"(?P<url>https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]'’…])"
    r"|(?<![\w/@])@(?P<user>[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)(?:@(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,}))?"
    r"|(?<![\w&/#])#(?P<tag>\w*[^\W\d]\w*)"
)
#: What Mastodon shows of a long address before it cuts.
SHOWN_OF_URL = 30


def marked(text: str, server: str) -> str:
    """The text as the small HTML of the safe widgets: links shortened as Mastodon shows them, mentions and hashtags linked,
    paragraphs apart, so that each runs in the direction of its own letters.

    ``server`` is the account's origin (``https://example.social``), where mentions without a domain and hashtags lead.
    """
    paragraphs = (_marked(one, server) for one in re.split(r"\n(?:[ \t]*\n)+", text))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def marked_for(identity: Identity, text: str) -> str:
    """The text as the account's network will show it: Bluesky links exactly what the post says is a link, as it is typed."""
    if identity.network is not Network.BLUESKY:
        return marked(text, identity.server)
    return "".join(f"<p>{_by_facets(one)}</p>" for one in re.split(r"\n(?:[ \t]*\n)+", text))


def _by_facets(text: str) -> str:
    done: list[str] = []
    last = 0
    for one in facets(text):
        shown = escaped(text[one.start : one.end])
        done += [_plain(text[last : one.start]), f'<a href="{escaped(_address(one))}">{shown}</a>']
        last = one.end
    return "".join([*done, _plain(text[last:])])


def _address(one: Facet) -> str:
    if one.kind is Kind.LINK:
        return one.value
    return f"https://bsky.app/{'profile' if one.kind is Kind.MENTION else 'hashtag'}/{one.value}"


def _marked(text: str, server: str) -> str:
    done: list[str] = []
    last = 0
    for match in re.finditer(_TOKEN, text):
        done.append(_plain(text[last : match.start()]))
        done.append(_link(match, server))
        last = match.end()
    done.append(_plain(text[last:]))
    return "".join(done)


def _link(match: re.Match[str], server: str) -> str:
    if match["url"]:
        address = match["url"]
        bare = re.sub(r"^https?://(?:www\.)?", "", address)
        shown = bare if len(bare) <= SHOWN_OF_URL else bare[:SHOWN_OF_URL] + "…"
    elif match["user"]:
        host = f"https://{match['host']}" if match["host"] else server
        address, shown = f"{host}/@{match['user']}", f"@{match['user']}"
    else:
        address, shown = f"{server}/tags/{match['tag']}", f"#{match['tag']}"
    return f'<a href="{escaped(address)}">{escaped(shown)}</a>'


def _plain(text: str) -> str:
    return escaped(text).replace("\n", "<br>")
