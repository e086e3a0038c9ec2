"""What is left is read in every dialect, and nonsense counts as nothing said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from cmdesk.domain.quota import Quota
from cmdesk.networks._rates import quota

NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (
            {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "12", "x-ratelimit-reset": "2026-12-01T14:05:00.000000Z"},
            Quota("write", 12, 300, LATER, NOW),
        ),
        (
            {
                "ratelimit-limit": "5000;w=3600",
                "ratelimit-remaining": "0",
                "ratelimit-reset": str(int(LATER.timestamp())),
            },
            Quota("write", 0, 5000, LATER, NOW),
        ),
        ({"ratelimit-remaining": "7"}, Quota("write", 7, None, None, NOW)),
        ({"ratelimit-remaining": "7", "ratelimit-reset": "9999999999999"}, Quota("write", 7, None, NOW + timedelta(days=1), NOW)),
        ({"x-ratelimit-remaining": "-1"}, None),
        ({"x-ratelimit-remaining": "many"}, None),
        ({"x-ratelimit-remaining": "1" * 50}, None),
        ({"content-type": "text/html"}, None),
    ],
)
def test_what_is_left(headers: Mapping[str, str], found: Quota | None) -> None:
    assert quota("write", headers, NOW) == found


def test_an_allowance_is_used_up_until_its_window_begins_anew() -> None:
    left = Quota("write", 0, 300, LATER, NOW)
    assert (left.used_up(NOW), left.used_up(LATER), Quota("write", 1, 300, LATER, NOW).used_up(NOW)) == (True, False, False)
