"""Each feed is measured in turn, regardless of the ids of readers and posts."""

from collections import Counter

import pytest

from tasks.trimming import TRIM_EVERY, trim_some


@pytest.mark.parametrize("entries", [1, 3])
def test_each_feed_is_drawn_once_for_trim_every_entries(entries: int) -> None:
    """The salt of a delivery is the id of its post. The ids of readers are arbitrary."""
    readers = range(7, 7 + 5 * TRIM_EVERY, 31)
    looked = Counter[object]()
    for salt in range(TRIM_EVERY):
        for message in trim_some(dict.fromkeys(readers, entries), salt=salt):
            (due,) = message.args
            assert isinstance(due, list)
            looked.update(due)
    assert looked == dict.fromkeys(readers, entries)
