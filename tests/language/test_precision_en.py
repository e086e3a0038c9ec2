"""Nothing fires on right English posts as they are really written: names, hashtags, prices, French words, slang, lists."""

import os
from pathlib import Path

import pytest

from cmdesk.domain.language import Profile
from cmdesk.language import masks
from cmdesk.language.patterns import Patterns

POSTS = [
    line.replace("\\n", "\n") for line in (Path(__file__).parent / "precision" / "en.txt").read_text("utf-8").splitlines() if line
]
CANADA = Profile(locale="en-CA")
#: The whole desk takes some 20 ms a post; all of them are read where there is time for it.
SAMPLE = POSTS if os.environ.get("CMDESK_LANGUAGE_WHOLE") else POSTS[::12]


def test_there_are_enough_right_sentences() -> None:
    sentences = sum(max(1, sum(post.count(mark) for mark in ".!?\n")) for post in POSTS)
    assert len(set(POSTS)) == len(POSTS)
    assert sentences >= 800


def test_own_rules_leave_right_posts_alone() -> None:
    rules = Patterns("en")
    fired = {
        post: [(post[one.start : one.end], one.rule) for one in found]
        for post in POSTS
        if (found := rules(post, masks.masked(post), CANADA))
    }
    assert not fired


def test_the_whole_desk_leaves_right_posts_alone() -> None:
    pytest.importorskip("harper")
    from cmdesk.language.desk import Desk

    desk = Desk()
    fired = {
        post: [(post[one.start : one.end], one.rule) for one in found]
        for post in SAMPLE
        if (found := desk.check(post, CANADA).findings)
    }
    assert not fired
