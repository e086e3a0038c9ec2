"""What the list of posts lets through, in which order, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import PostId
from cmdesk.domain.views import PostRow
from cmdesk.services import searching
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.view import ALL, DRAFTS, NEEDS_YOU, PLANNED, SENT, PostsView

translate = QCoreApplication.translate

#: What a filter lets through.
STATES = (
    (DRAFTS, frozenset({PostState.DRAFT})),
    (PLANNED, frozenset({PostState.PLANNED, PostState.SENDING})),
    (NEEDS_YOU, frozenset({PostState.NEEDS_YOU})),
    (SENT, frozenset({PostState.SENT, PostState.PARTLY_SENT, PostState.GONE})),
)
#: Posts read at once, and hits of a search.
PAGE = 100
HITS = 200


def passes(row: PostRow, chosen: str) -> bool:
    """Whether a filter shows this post."""
    return chosen == ALL or any(row.state in states for key, states in STATES if key == chosen)


def in_order(rows: Sequence[PostRow], chosen: str) -> list[PostRow]:
    """What is planned by its time, everything else by its last change."""
    if chosen == PLANNED:
        return sorted(rows, key=lambda row: row.planned.utc if row.planned else row.updated_at)
    return list(rows)


def say_empty(view: PostsView, chosen: str, asked: str) -> None:
    """What stands in place of the list."""
    if asked:
        title, sentence = (
            translate("Composer", "Nothing found"),
            translate("Composer", "No post has these words. Try fewer letters."),
        )
    elif chosen == DRAFTS:
        title, sentence = translate("Composer", "No drafts"), translate("Composer", "What you begin and leave is kept here.")
    elif chosen == PLANNED:
        title, sentence = (
            translate("Composer", "Nothing planned"),
            translate("Composer", "Posts with a time wait here until they go out."),
        )
    elif chosen == NEEDS_YOU:
        title, sentence = (
            translate("Composer", "Nothing needs you"),
            translate("Composer", "Late, uncertain or refused posts show up here."),
        )
    elif chosen == SENT:
        title, sentence = (
            translate("Composer", "Nothing is live yet"),
            translate("Composer", "Published posts stay here, with their links."),
        )
    else:
        title, sentence = (
            translate("Composer", "No posts yet"),
            translate("Composer", "Drafts, planned and live posts are listed here."),
        )
    view.say_nothing_listed(title, sentence)


def hits(ws: Workspace, asked: str) -> set[PostId] | None:
    """The posts that have these words; None when nothing is asked."""
    if not asked:
        return None
    return {hit.post for hit in searching.search(ws, asked, HITS) if hit.post is not None}
