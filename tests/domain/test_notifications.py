"""The order of notifications, and whom a post notifies."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import IDS_OF_DAY, IDS_OF_HOUR, MAX_ID
from domain.notifications import (
    BEFORE_ALL,
    MAX_NOTIFIED,
    PERIODS,
    RANKS,
    GroupKey,
    NotificationKind,
    Position,
    groups_below,
    kind_of,
    notified_by,
    position_of_group,
)
from domain.records import Post

group_kinds = st.sampled_from(list(PERIODS))
begins = st.integers(0, 5).map(lambda hours: (40 + hours) * IDS_OF_HOUR)
posts = st.integers(0, 3)


@st.composite
def groups(draw: st.DrawFn) -> tuple[NotificationKind, GroupKey]:
    kind = draw(group_kinds)
    begin = draw(begins)
    is_follow = kind is NotificationKind.FOLLOW
    return kind, GroupKey(begin - begin % PERIODS[kind], 0 if is_follow else draw(posts))


positions = st.one_of(
    groups().map(lambda group: position_of_group(*group)),
    st.builds(Position, begins.flatmap(lambda begin: st.integers(begin - 2, begin + 2)), st.integers(0, 7), posts),
    st.just(BEFORE_ALL),
)


@given(groups(), positions)
def test_the_bound_of_a_position_separates_the_groups_below_it(
    group: tuple[NotificationKind, GroupKey], position: Position
) -> None:
    kind, key = group
    assert (key < groups_below(kind, position)) == (position_of_group(kind, key) < position)


@given(st.integers(0, MAX_ID))
def test_a_group_stands_at_its_last_id(number: int) -> None:
    for kind, period in PERIODS.items():
        place = position_of_group(kind, GroupKey(number - number % period, 0)).place
        assert number <= place < number + period
        assert (place + 1) % period == 0


def test_ranks_never_change() -> None:
    """Cursors hold them."""
    assert {kind.value: rank for kind, rank in RANKS.items()} == {
        "MENTION": 1,
        "REPLY": 2,
        "QUOTE": 3,
        "LIKE": 4,
        "REPOST": 5,
        "FOLLOW": 6,
    }
    assert (IDS_OF_HOUR >> 21, IDS_OF_DAY >> 21) == (3_600_000, 86_400_000)


def test_a_post_notifies_its_parents_author_the_quoted_one_and_the_mentioned_each_once() -> None:
    by = {author: Post(id=author, author=author, text="") for author in (1, 2, 3)}
    assert notified_by(9, reply_to=by[2], quote=by[1], mentioned=[3, 1, 9, 3]) == [2, 1, 3]
    assert notified_by(9, reply_to=by[2], quote=by[2], mentioned=[2]) == [2]
    assert notified_by(1, reply_to=by[1], quote=by[1], mentioned=[1]) == []
    assert len(notified_by(9, mentioned=range(100, 200))) == MAX_NOTIFIED


def test_a_post_is_a_reply_else_a_quote_else_a_mention() -> None:
    post = Post(id=5, author=1, text="", reply_to=3, reply_to_author=7, quote=4, quote_author=8)
    assert [kind_of(viewer, post).value for viewer in (7, 8, 9)] == ["REPLY", "QUOTE", "MENTION"]
    both = Post(id=5, author=1, text="", reply_to=3, reply_to_author=7, quote=4, quote_author=7)
    assert kind_of(7, both) is NotificationKind.REPLY
