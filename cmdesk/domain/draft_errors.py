"""The errors that carry a post or its problems: apart from the tree, so that ids and values can use the tree themselves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cmdesk.domain.errors import Param, StoreProblem, UserProblem
from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import Post, PostEdit


class DraftDamaged(StoreProblem):
    """The words of post number ``post`` differ from what was saved: the disk or the file was damaged.

    ``last_good`` is the newest kept version whose words are sound, if there is one.
    """

    CODE = "draft_damaged"

    last_good: PostEdit | None = None

    def __init__(self, post: int, **more: Param) -> None:
        self.post = post
        super().__init__(post=post, **more)


class StaleRevision(UserProblem):
    """A save was based on revision ``expected``, but ``found`` is stored; ``stored`` is that post. Nothing was overwritten."""

    CODE = "stale_revision"

    stored: Post | None = None

    def __init__(self, expected: int, found: int, **more: Param) -> None:
        self.expected = expected
        self.found = found
        super().__init__(expected=expected, found=found, **more)


class BlockedByProblems(UserProblem):
    """The post can't go out as it is; ``codes`` name why, ``problems`` say it in full per account."""

    CODE = "blocked_by_problems"

    problems: Mapping[AccountId, tuple[Problem, ...]] = MappingProxyType({})

    def __init__(self, codes: tuple[str, ...], **more: Param) -> None:
        self.codes = codes
        super().__init__(codes=codes, **more)
