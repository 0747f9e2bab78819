"""Entries encoded by hand are those that the driver encodes."""

import bson
from hypothesis import given
from hypothesis import strategies as some

from domain.ids import MAX_ID
from storage.feed.encoding import encode_entries
from storage.feed.entries import entry_of

ids = some.integers(0, MAX_ID) | some.sampled_from([0, 1, 2**31 - 1, 2**31, 2**32, MAX_ID])
rows = some.lists(some.tuples(ids, ids, ids) | some.tuples(ids, some.just(5), some.just(9)), max_size=5)


@given(rows, some.booleans())
def test_an_entry_encoded_by_hand_is_that_of_the_driver(rows: list[tuple[int, int, int]], are_replies: bool) -> None:
    for row, encoded in zip(rows, encode_entries(rows, are_replies=are_replies), strict=True):
        plain = {
            name: bson.Int64(value) if type(value) is int else value
            for name, value in entry_of(*row, is_reply=are_replies).items()
        }
        assert encoded.raw == bson.encode(plain)
