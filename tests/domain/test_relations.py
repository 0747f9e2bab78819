"""The end of a mute."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import FieldErrorCode, InvalidInput
from domain.relations import MAX_MUTE, check_mute_end
from domain.visibility import FollowOptions, Viewpoint

NOW = datetime(2030, 1, 31, 12, tzinfo=UTC)
A_MILLISECOND = timedelta(milliseconds=1)
OPTIONS = FollowOptions()


@pytest.mark.parametrize("until", [None, NOW + A_MILLISECOND, NOW + timedelta(days=1), NOW + MAX_MUTE])
def test_a_mute_may_end_in_the_future_or_never(until: datetime | None) -> None:
    assert check_mute_end(until, now=NOW) == until


@pytest.mark.parametrize(
    "until", [NOW, NOW - A_MILLISECOND, NOW + timedelta(microseconds=999), NOW + MAX_MUTE + A_MILLISECOND]
)
def test_another_end_of_a_mute_is_refused(until: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_mute_end(until, now=NOW)
    assert [(error.field, error.code) for error in refused.value.fields] == [("until", FieldErrorCode.INVALID)]


def test_an_end_is_kept_in_whole_milliseconds_as_the_database_stores_it() -> None:
    until = NOW + timedelta(microseconds=5_999)
    assert check_mute_end(until, now=NOW) == NOW + timedelta(milliseconds=5)


@pytest.mark.parametrize(
    ("view", "is_wanted"),
    [
        (Viewpoint(viewer=1, follows={2: OPTIONS}), True),
        (Viewpoint(viewer=1, follows={2: FollowOptions(shows_reposts=False)}), True),
        (Viewpoint(viewer=1), False),
        (Viewpoint(viewer=1, follows={3: OPTIONS}), False),
        (Viewpoint(viewer=1, follows={2: FollowOptions(is_in_feed=False)}), False),
        (Viewpoint(viewer=1, follows={2: OPTIONS}, muted={2}), False),
        (Viewpoint(viewer=1, follows={2: OPTIONS}, blocked={2}), False),
        (Viewpoint(viewer=1, follows={2: OPTIONS}, blocked_by={2}), False),
    ],
)
def test_posts_come_from_followees_who_are_in_the_feed_and_not_hidden(view: Viewpoint, is_wanted: bool) -> None:
    assert view.wants(2) is is_wanted
