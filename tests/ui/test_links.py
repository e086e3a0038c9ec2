"""Links: only what is surely a web page opens, after a click, and never somewhere else than it says."""

import pytest

from cmdesk.ui.links import Link, Why, ascii_host, open_link, read_link

OPENED = {
    "https://example.org": "https://example.org/",
    "http://example.org/a b".replace(" ", "%20"): "http://example.org/a%20b",
    "HTTPS://EXAMPLE.org/Path": "https://example.org/Path",
    "https://example.org:8443/x?y=1&z=é#à": "https://example.org:8443/x?y=1&z=%C3%A9#%C3%A0",
    " https://example.org/x ": "https://example.org/x",
    "https://[::1]:8080/x": "https://[::1]:8080/x",
    "http://127.0.0.1:3000/@rosa": "http://127.0.0.1:3000/@rosa",
    "https://sub.domain.example.org./": "https://sub.domain.example.org./",
    "https://example.org/@rosa@other.example/1": "https://example.org/@rosa@other.example/1",
    "https://example.org/%2e%2e/x": "https://example.org/%2e%2e/x",
    "https://example.org?q=a%26b": "https://example.org/?q=a%26b",
    "https://localhost/x": "https://localhost/x",
    "https://example.org/~rosa/(1)": "https://example.org/~rosa/(1)",
    "https://example.org/été": "https://example.org/%C3%A9t%C3%A9",
}
ASKED = {
    "https://éléphant.example/": Why.FOREIGN_SCRIPT,
    "https://аpple.example/": Why.FOREIGN_SCRIPT,  # the first letter is Cyrillic
    "https://xn--pple-43d.example/": Why.FOREIGN_SCRIPT,
    "mailto:rosa@example.org": Why.MAIL,
    "mailto:rosa@example.org?subject=Pay&body=now&attach=/etc/passwd": Why.MAIL,
}
REFUSED = [
    "",
    " ",
    "example.org",
    "/relative",
    "//example.org",
    "#x",
    "?x",
    "https://",
    "https:///x",
    "https:example.org",
    "https:/example.org/x",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://host/share",
    "smb://host/x",
    "nfs://host",
    "ftp://host/x",
    "sftp://host",
    "ssh://host",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "about:blank",
    "chrome://settings",
    "view-source:https://x.example",
    "tel:911",
    "sms:911",
    "callto:x",
    "skype:x",
    "zoommtg://x",
    "slack://x",
    "vscode://x",
    "steam://run/1",
    "ms-msdt:/id",
    "search-ms:query=x",
    "ms-officecmd:x",
    "ms-settings:",
    "shell:startup",
    "x-apple.systempreferences:x",
    "itms://x",
    "jar:file:///x",
    "dav://x",
    "webcal://x",
    "magnet:?x",
    "bitcoin:x",
    "intent://x",
    "content://x",
    "qrc:/x",
    "C:\\Windows\\calc.exe",
    "\\\\host\\share",
    "..\\x",
    "https://example.org\\@evil.example",
    "https://user@example.org/",
    "https://user:pw@example.org/",
    "https://example.org@evil.example/",
    "https://exa mple.org",
    "https://example.org/a b",
    "https://exam\tple.org/",
    "https://example.org/\x00",
    "https://example.org/\u202egnp",
    "https://example.org/\u2066x",
    "https://example.org/<x>",
    'https://example.org/"x"',
    "https://example.org/`x`",
    "https://example.org/{x}",
    "https://example.org:99999/",
    "https://example.org:x/",
    "https://-example.org/",
    "https://exa_mple.org/",
    "https://.example.org/",
    "https://exa..mple.org/",
    "https://[::1/",
    "https://[zz]/",
    "https://" + "a" * 64 + ".org/",
    "https://" + "a." * 130 + "org/",
    "https://example.org/" + "x" * 5000,
    "mailto:",
    "mailto:rosa",
    "mailto://rosa@example.org",
    "mailto:rosa@example.org,max@example.org",
    "mailto:a b@example.org",
    "mailto:%0Acc:x@y.example",
    "https://%65xample.org/",
    "https://exa%2fmple.org/",
]


class Browser:
    def __init__(self, answer: bool = True) -> None:
        self.opened: list[str] = []
        self.asked: list[Link] = []
        self._answer = answer

    def open(self, url: str) -> bool:
        self.opened.append(url)
        return True

    def ask(self, link: Link) -> bool:
        self.asked.append(link)
        return self._answer


@pytest.mark.parametrize(("url", "written"), OPENED.items())
def test_web_pages_open(url: str, written: str) -> None:
    browser = Browser()
    assert open_link(url.strip(), browser.open, browser.ask)
    assert browser.opened == [written]
    assert browser.asked == []


@pytest.mark.parametrize(("url", "why"), ASKED.items())
def test_the_doubtful_is_asked_first(url: str, why: Why) -> None:
    refusing = Browser(answer=False)
    assert not open_link(url, refusing.open, refusing.ask)
    assert refusing.opened == []
    assert [link.asks for link in refusing.asked] == [why]
    agreeing = Browser()
    assert open_link(url, agreeing.open, agreeing.ask)
    assert all(one.isascii() for one in agreeing.opened)


@pytest.mark.parametrize("url", REFUSED)
def test_everything_else_is_refused(url: str) -> None:
    browser = Browser()
    assert not open_link(url, browser.open, browser.ask)
    assert (browser.opened, browser.asked) == ([], [])


def test_there_are_enough_of_them() -> None:
    assert len(OPENED) + len(ASKED) + len(REFUSED) >= 80


def test_a_letter_carries_only_its_address() -> None:
    link = read_link("mailto:rosa@example.org?subject=Pay&attach=/etc/passwd")
    assert link == Link("mailto:rosa@example.org", "", Why.MAIL)


@pytest.mark.parametrize(
    ("shown", "asks"),
    [
        ("example.org", None),
        ("https://example.org/long/pa…", None),
        ("www.example.org", None),
        ("notre site", None),
        ("@rosa", None),
        ("voir example.org ici", None),
        ("bank.example", Why.OTHER_HOST),
        ("https://bank.example/login", Why.OTHER_HOST),
        ("bank\u200b.example", Why.OTHER_HOST),
        ("user@bank.example", Why.OTHER_HOST),
    ],
)
def test_a_text_that_names_another_host_is_asked(shown: str, asks: Why | None) -> None:
    link = read_link("https://example.org/x", shown)
    assert link is not None
    assert link.asks is asks


def test_hosts_are_written_in_ascii() -> None:
    assert ascii_host("Éléphant.example") == "xn--lphant-9uab.example"
    assert ascii_host("") is None
    assert ascii_host("a" * 300) is None
