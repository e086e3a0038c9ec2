"""The preview links what each network will link, and shows a stranger's letters as letters."""

from __future__ import annotations

import pytest

from cmdesk.domain.account import Identity, Network
from cmdesk.ui.composer.marking import marked_for

BLUESKY = Identity(Network.BLUESKY, "https://pds.example.org", "did:plc:a", "rosa.test", "Rosa")
MASTODON = Identity(Network.MASTODON, "https://example.social", "1", "rosa@example.social", "Rosa")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@leo.test", '<p><a href="https://bsky.app/profile/leo.test">@leo.test</a></p>'),
        ("#été", '<p><a href="https://bsky.app/hashtag/été">#été</a></p>'),
        ("example.org", '<p><a href="https://example.org">example.org</a></p>'),
        ("<b> & @leo", "<p>&lt;b&gt; &amp; @leo</p>"),
        ("a\n\nb\nc", "<p>a</p><p>b<br>c</p>"),
    ],
)
def test_on_bluesky_a_link_is_what_the_post_says(text: str, shown: str) -> None:
    assert marked_for(BLUESKY, text) == shown


def test_elsewhere_the_server_knows_its_people() -> None:
    assert marked_for(MASTODON, "@leo") == '<p><a href="https://example.social/@leo">@leo</a></p>'
