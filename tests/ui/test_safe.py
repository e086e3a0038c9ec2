"""Foreign text: whatever arrives is shown as a few harmless lines; nothing is fetched, opened or run."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.ui.plaintext import LONGEST_RUN, MOST, name, plain
from cmdesk.ui.safetext import DEEPEST, TAGS, safe_html, safe_plain
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.safe import SafeText
from cmdesk.ui.widgets.safelabel import SafeLabel

HOSTILE = [
    '<img src="http://127.0.0.1:9/pixel.png">',
    '<img src="file:///etc/passwd">',
    "<img src=x onerror=alert(1)>",
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<img srcset="http://127.0.0.1:9/a 1x">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="smb://host/share">x</a>',
    '<a href="data:text/html,<script>1</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="qrc:/secret">x</a>',
    '<a href="tel:911">x</a>',
    '<a href="ms-settings:x">x</a>',
    '<a href="/relative">x</a>',
    '<a href="#fragment">x</a>',
    '<a href="//host/x">x</a>',
    '<a href="https://ok.example" onclick="x()">x</a>',
    '<a href="https://ok.example" style="font-size:900px">x</a>',
    "<script>alert(1)</script>",
    "<script src=http://127.0.0.1:9/x.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<style>@import url(http://127.0.0.1:9/x.css)</style>",
    "<style>p{background:url(file:///etc/passwd)}</style>",
    '<p style="background:url(http://127.0.0.1:9/x)">x</p>',
    '<p style="font-size:4000px">x</p>',
    '<link rel=stylesheet href="http://127.0.0.1:9/x.css">',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9">',
    '<base href="file:///">',
    '<iframe src="http://127.0.0.1:9"></iframe>',
    '<object data="http://127.0.0.1:9"></object>',
    '<embed src="http://127.0.0.1:9">',
    "<svg onload=alert(1)><image href='file:///etc/passwd'/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x></style></mglyph></table></mtext></math>",
    "<video src=http://127.0.0.1:9 autoplay></video>",
    "<audio src=http://127.0.0.1:9></audio>",
    "<form action=http://127.0.0.1:9><input name=x></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<table background=http://127.0.0.1:9/x><tr><td>x</table>",
    "<body background=http://127.0.0.1:9/x>x",
    "<marquee>x</marquee>",
    "<font size=7 color=red>x</font>",
    "<h1>x</h1>",
    "<details open ontoggle=alert(1)>x</details>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!-- comment --><p>x</p>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='http://127.0.0.1:9/x'?>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img src=x></textarea>",
    "<title><img src=x></title>",
    "<plaintext><img src=x>",
    "<xmp><img src=x></xmp>",
    "\u202e<p>gnp.exe</p>",
    "<p>a\u0000b\u0007c\u001bd</p>",
    "<p>\u2066\u2067\u2068 x</p>",
    "<p>zero\u200bwidth\ufeff</p>",
    "<p>\ud800</p>",
    "<" * 5000,
    "&" * 5000,
    "<p" * 3000,
    "<a href='https://a.example/" + "x" * 5000 + "'>x</a>",
    "<blockquote>" * 20_000 + "x",
    "<ul><li>" * 10_000 + "x",
    "</p>" * 20_000,
    "w" * 200_000,
    "<p>" + "w" * 200_000 + "</p>",
    "<p>" + "\u0301" * 10_000,
    "Z\u0351\u036b\u0343" * 5000,
    "🏳️‍🌈" * 5000,
]

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^>]*)?)>")


def check_clean(clean: str) -> None:
    """Only allowed tags, no attribute but an address of three schemes, everything else escaped, closed and bounded."""
    depth = deepest = 0
    for closing, tag, attributes in TAG.findall(clean):
        assert tag in TAGS
        assert attributes == "" or (tag == "a" and re.fullmatch(r' href="(?:https?|mailto):[^"<>]*"', attributes)), attributes
        if tag != "br":
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= DEEPEST
    bare = TAG.sub("", clean)
    assert "<" not in bare
    assert ">" not in bare
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", bare)
    assert len(bare) <= MOST * 6


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_html_is_reduced(number: int) -> None:
    check_clean(safe_html(HOSTILE[number].encode("utf-8", "replace").decode("utf-8")))


@given(st.text(alphabet=st.sampled_from("<>/\"'= apbr&;#x:ut\u202e\n\x00"), max_size=200))
def test_any_soup_is_reduced(soup: str) -> None:
    check_clean(safe_html(soup))
    check_clean(safe_plain(soup))


def test_what_people_write_survives() -> None:
    written = (
        '<p>Bonjour <a href="https://ok.example/@rosa" class="mention" rel="nofollow">@<span>rosa</span></a> !<br>Merci</p>'
        "<ul><li><strong>un</strong></li><li><em>2</em></li></ul><blockquote>bis</blockquote><code>x &lt; y</code><del>z</del>"
    )
    assert safe_html(written) == (
        '<p>Bonjour <a href="https://ok.example/@rosa">@rosa</a> !<br>Merci</p>'
        "<ul><li><strong>un</strong></li><li><em>2</em></li></ul><blockquote>bis</blockquote><code>x &lt; y</code><del>z</del>"
    )
    assert safe_plain("<b>1 < 2</b>\nfin") == "&lt;b&gt;1 &lt; 2&lt;/b&gt;<br>fin"


def test_scripts_and_pictures_leave_no_words_behind() -> None:
    assert safe_html("a<script>alert(1)</script><style>p{}</style><svg><text>x</text></svg>b") == "ab"


def test_long_runs_get_places_to_break() -> None:
    text = re.sub(r"<[^>]*>", "", safe_html("<p>" + "w" * 1000 + "</p>"))
    assert max(len(run) for run in text.split("\u200b")) == LONGEST_RUN


def test_names_stand_apart_in_their_direction() -> None:
    assert name(" Rosa\n\u202eevil\u0000 ") == "\u2068Rosa evil\u2069"
    assert len(name("x" * 5000)) == 202
    assert plain("a\u0007b\u2028c\ud800") == "a b c "


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt was asked to load or to open."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    return asked


def _seconds_to_show(view: SafeText, html: str) -> float:
    start = time.thread_time()
    view.show_html(html)
    assert view.sizeHint().height() > 0
    return time.thread_time() - start


def test_the_widget_loads_nothing_and_lays_out_at_once(theme: Theme, qtbot: QtBot, watched: list[str], tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    view = SafeText(theme)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    honest = min(_seconds_to_show(view, "<p>" + "un pain au levain " * 5_000 + "</p>") for _ in range(3))
    for hostile in [*HOSTILE, f'<img src="{picture.as_uri()}"><p>x</p>']:
        # No more than some dozen times what as many honest words take: a second, and not minutes.
        assert _seconds_to_show(view, hostile.encode("utf-8", "replace").decode("utf-8")) < 50 * honest
        assert "<img" not in view.toHtml()
    for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource):
        assert view.loadResource(kind, QUrl(picture.as_uri())) == b""
        assert not view.document().loadResource(kind.value, QUrl(picture.as_uri()))
    assert watched == []


def test_a_click_on_a_link_is_told_with_what_was_shown(theme: Theme, qtbot: QtBot, watched: list[str]) -> None:
    view = SafeText(theme)
    qtbot.addWidget(view)
    view.resize(400, 100)
    view.show_html('<a href="https://other.example/x">ok.example/<strong>page</strong></a>')
    view.show()
    qtbot.waitExposed(view)
    with qtbot.waitSignal(view.link) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, 8))
    assert told.args == ["https://other.example/x", "ok.example/page"]
    assert watched == []
    assert view.toPlainText() == "ok.example/page"


def test_text_is_never_markup(theme: Theme, qtbot: QtBot) -> None:
    view = SafeText(theme)
    label = SafeLabel(theme)
    qtbot.addWidget(view)
    qtbot.addWidget(label)
    view.show_text("<b>x</b>\n<img src=y>")
    assert view.toPlainText() == "<b>x</b>\n<img src=y>"
    label.setText("<b>x</b>")
    assert label.text() == "<b>x</b>"
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.show_name("<i>\u202ex")
    assert label.text() == "\u2068<i>x\u2069"


def test_the_text_is_as_high_as_its_lines(theme: Theme, qtbot: QtBot) -> None:
    view = SafeText(theme)
    qtbot.addWidget(view)
    view.resize(300, 10)
    view.show()
    view.show_text("one line")
    low = view.sizeHint().height()
    view.show_text("\n".join("line" for _ in range(20)))
    assert view.sizeHint().height() > low * 15
