"""Makes hostile texts and addresses: crafted ones by hand and by combination, generated ones by a grammar of bad manners."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Final

#: Where a picture, a sheet or a page would be fetched from: the sentinels' places are put in.
_TARGETS: Final = (
    "{web}/pixel.png", "{file}", "//{host}/x", "\\\\{host}\\share", "javascript:alert(1)", "data:text/html,<script>1</script>",
    "jAvAsCrIpT:alert(1)", "&#106;avascript:alert(1)", "java\tscript:alert(1)", "vbscript:x", "blob:{web}/x", "qrc:/x",
)  # fmt: skip
_HOLDERS: Final = (
    '<img src="{t}">', "<img src='{t}' onerror=alert(1)>", "<img srcset='{t} 1x, {t} 2x'>", '<a href="{t}">x</a>',
    '<a href="{t}"><img src="{t}"></a>', "<p style=\"background:url('{t}')\">x</p>", "<style>@import url({t});</style>",
    "<style>p{{background:url({t})}}</style>", '<link rel=stylesheet href="{t}">', '<iframe src="{t}"></iframe>',
    '<object data="{t}"></object>', '<embed src="{t}">', "<video src='{t}' autoplay poster='{t}'></video>",
    "<audio src='{t}' autoplay></audio>", "<svg><image href='{t}' xlink:href='{t}'/></svg>",
    "<svg><use href='{t}#x'/></svg>", "<math><maction actiontype=statusline xlink:href='{t}'>x</maction></math>",
    "<table background='{t}'><tr><td background='{t}'>x</table>", "<body background='{t}'>x", "<base href='{t}'><a href=x>x</a>",
    "<meta http-equiv=refresh content='0;url={t}'>", "<form action='{t}'><input type=image src='{t}'></form>",
    "<script src='{t}'></script>", "<noscript><img src='{t}'></noscript>", "<template><img src='{t}'></template>",
    "<picture><source srcset='{t}'><img src='{t}'></picture>", "<input type=image src='{t}'>",
    "<blockquote cite='{t}'>x</blockquote>",
    "<del cite='{t}'>x</del>", "<p><![CDATA[<img src='{t}'>]]></p>", "<?xml-stylesheet href='{t}'?>x",
    "<!--[if IE]><img src='{t}'><![endif]-->", "<font face=\"x;background:url({t})\">x</font>",
    "<li type='{t}' style=\"list-style-image:url({t})\">x",
    "<isindex type=image src='{t}'>", "<bgsound src='{t}'>", "<layer src='{t}'></layer>",
    "<frameset><frame src='{t}'></frameset>",
    "<a href=\"https://ok.example\" ping='{t}'>x</a>", "<details open ontoggle=\"fetch('{t}')\">x</details>",
    "<p>{t}</p>", "<code>{t}</code>",
)  # fmt: skip
_WRAPS: Final = ("{}", "<p>{}</p>", "<blockquote><p>{}</blockquote>")
_NAMES: Final = (
    "\u202etxt.exe", "\u2066\u2067\u2068x", "Ro\u200bsa", "Z\u0351\u036b\u0343\u0358" * 40, "\ufeffadmin", "rosa\u0000@x",
    "а\u0440\u0440le",
    "\U000e0041\U000e0042", "🏳️‍🌈" * 200, "\r\nFrom: bank", "<b>x</b>", "x" * 200_000,
)  # fmt: skip
_TAGS: Final = (
    "p", "br", "a", "ul", "ol", "li", "blockquote", "code", "strong", "em", "del", "img", "svg", "math", "style", "script",
    "table",
    "td", "textarea", "title", "select", "option", "form", "noscript", "template", "mglyph", "mtext", "foreignObject", "xmp",
    "plaintext", "frameset", "h1", "div", "span", "font", "marquee", "details", "summary", "iframe", "video",
)  # fmt: skip
_WORDS: Final = (
    "bonjour",
    "&lt;",
    "&#0;",
    "&#x110000;",
    "&notit;",
    "\u202e",
    "\u2066",
    "\x00",
    "\x1b[31m",
    "]]>",
    "--",
    "<",
    ">",
    '"',
    "'",
    "é" * 9,
)


def crafted(web: str, file: str) -> Iterator[str]:
    """More than a thousand texts: every holder with every target in every wrap, and the long and the deep."""
    host = web.partition("//")[2]
    for holder, target, wrap in itertools.product(_HOLDERS, _TARGETS, _WRAPS):
        yield wrap.format(holder.format(t=target.format(web=web, file=file, host=host)))
    for name in _NAMES:
        yield f"<p>{name}</p>"
    yield "w" * 200_000
    yield "<p>" + "w" * 200_000 + "</p>"
    yield "&" * 100_000
    yield "<" * 100_000
    for tag in ("blockquote", "ul><li", "strong", "a href='https://a.example'", "svg", "div"):
        yield f"<{tag}>" * 20_000 + "x"
    yield "<p>" + "\u0301" * 50_000
    yield "<br>" * 100_000
    yield "<a href='https://a.example/" + "x" * 100_000 + "'>x</a>"


def generated(dice: random.Random, web: str, file: str) -> str:
    """One text without rhyme or reason: tags that never close, attributes that never end, entities that are none."""
    host = web.partition("//")[2]
    pieces = []
    for _ in range(dice.randint(1, 24)):
        roll = dice.random()
        if roll < 0.45:
            tag = dice.choice(_TAGS)
            name = "".join(dice.choice((one, one.upper())) for one in tag)
            attribute = ""
            if dice.random() < 0.7:
                target = dice.choice(_TARGETS).format(web=web, file=file, host=host)
                key = dice.choice(("src", "href", "style", "background", "srcset", "onload", "xlink:href", "poster", "data"))
                quote = dice.choice(('"', "'", "", "`"))
                value = f"background:url({target})" if key == "style" else target
                attribute = (
                    f"{dice.choice((' ', '/', chr(9), chr(10)))}{key}={quote}{value}{quote if dice.random() < 0.9 else ''}"
                )
            pieces.append(f"<{name}{attribute}{dice.choice(('>', '/>', '', ' >'))}")
        elif roll < 0.65:
            pieces.append(f"</{dice.choice(_TAGS)}>")
        elif roll < 0.95:
            pieces.append(dice.choice(_WORDS))
        else:
            pieces.append(dice.choice(_WORDS) * dice.randint(2, 400))
    return "".join(pieces)


def addresses(host: str = "example.org") -> tuple[tuple[str, str, bool], ...]:
    """Two hundred addresses and more: (address, the text it stands under, whether it may reach the opener after consent)."""
    bad_schemes = (
        "file", "smb", "nfs", "ftp", "sftp", "ssh", "telnet", "javascript", "data", "vbscript", "about", "chrome",
    "view-source", "tel",
        "sms", "callto", "skype", "slack", "zoommtg", "vscode", "steam", "ms-msdt", "search-ms", "ms-officecmd", "ms-settings",
        "shell", "itms", "jar", "dav", "webcal", "magnet", "bitcoin", "intent", "content", "qrc", "res", "gopher", "ldap", "news",
        "cid", "mid", "x-apple.systempreferences", "blob", "filesystem", "ws", "wss", "git", "svn", "rdp", "vnc", "teams",
        "facetime", "whatsapp", "spotify", "ipfs", "onion",
    )  # fmt: skip
    found: list[tuple[str, str, bool]] = []
    for scheme in bad_schemes:
        found += [(f"{scheme}://{host}/x", "x", False), (f"{scheme.upper()}:{host}", "x", False)]
    for sign in '\\<>"`{}|^\u2028\u202e\u2066\x00\x1b\n\t ':
        found.append((f"https://{host}/a{sign}b", "x", False))
    for place in (
        f"user@{host}", f"user:pass@{host}", f"{host}@evil.example", f"evil.example\\@{host}", "", ".", "..", f".{host}",
        "exa_mple.org", "exa..mple.org", "[::1", "[zz]", "%65xample.org", "exa%2fmple.org", "a" * 64 + ".org", "-x.org", "x-.org",
        f"{host}:99999", f"{host}:x", "１２７.0.0.1:x",
    ):  # fmt: skip
        found.append((f"https://{place}/", "x", False))
    found += [
        (text, "x", False) for text in ("", " ", host, "/x", f"//{host}", "#x", "?x", "https:", "https:x", "C:\\x", "\\\\h\\s")
    ]
    found += [(f"https:{'/' * count}{host}/x", "x", False) for count in (0, 1, 3, 4)]
    found += [(f"https://{host}/" + "x" * 5000, "x", False), ("mailto:", "x", False), ("mailto:a", "x", False)]
    found += [(f"mailto:a@{host},b@{host}", "x", False), ("mailto:%0Acc:x@y.example", "x", False)]
    for path in ("", "/", "/a%20b", "/é", "/@rosa@other.example/1", "/~x/(1)", "/%2e%2e/x", "/?q=a%26b#c", "/" + "x" * 3000):
        found += [(f"{scheme}://{host}{path}", "x", True) for scheme in ("https", "http", "HTTPS")]
    for place in (
        "éléphant.example",
        "аpple.example",
        "xn--pple-43d.example",
        "[::1]:8080",
        "127.0.0.1:3000",
        "EXAMPLE.org",
        f"{host}.",
    ):
        found.append((f"https://{place}/x", "x", True))
    found += [
        (f"https://{host}/x", shown, True) for shown in ("bank.example", "https://bank.example/login", "bank\u200b.example")
    ]
    found.append((f"mailto:rosa@{host}?subject=x&attach=/etc/passwd", "x", True))
    return tuple(found)
