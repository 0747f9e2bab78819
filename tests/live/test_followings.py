"""The index of followers behaves like a dict of sets and takes less memory."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from live.followings import FIRST_BUCKETS, MOST_PER_BUCKET, FollowerIndex, IntegerSet

numbers = st.one_of(st.integers(0, 5), st.sampled_from([FIRST_BUCKETS, 2 * FIRST_BUCKETS, 2**62 - 1]))
pairs = st.tuples(numbers, numbers)


@given(st.lists(pairs))
def test_the_index_finds_followers_by_author(toggled: list[tuple[int, int]]) -> None:
    followings, known = FollowerIndex(), set[tuple[int, int]]()
    for author, viewer in toggled:
        if (author, viewer) in known:
            followings.remove(author, viewer)
        else:
            followings.add(author, viewer)
        known ^= {(author, viewer)}
        assert sorted(followings.viewers_of(author)) == sorted(v for a, v in known if a == author)
    assert len(followings) == len(known)


def test_the_index_keeps_every_pair_when_it_grows() -> None:
    followings, many = FollowerIndex(), 3 * FIRST_BUCKETS * MOST_PER_BUCKET
    for author in range(many):
        followings.add(author, author + 1)
    assert all(followings.viewers_of(author) == [author + 1] for author in range(many))


@given(st.sets(numbers), st.lists(numbers), st.sets(numbers))
def test_an_integer_set_behaves_like_a_set(begun: set[int], toggled: list[int], other: set[int]) -> None:
    kept, known = IntegerSet(begun), set(begun)
    for number in toggled:
        (kept.discard if number in known else kept.add)(number)
        (kept.discard if number not in kept else kept.add)(number)
        known ^= {number}
        assert (number in kept) == (number in known)
    assert list(kept) == sorted(known)
    assert set(kept.difference(IntegerSet(other))) == known - other


def test_five_thousand_followees_take_less_than_forty_bytes_each() -> None:
    authors = [number << 21 | number for number in range(5_000)]
    followings = FollowerIndex()
    tracemalloc.start()
    kept = IntegerSet(authors)
    for author in authors:
        followings.add(author, 1)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == len(followings) == 5_000
    assert used < 40 * 5_000
