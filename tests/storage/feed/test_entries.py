"""Entries: duplicates are ignored, other errors are raised, and the ranges of readers are separate."""

import pytest
from pymongo.errors import BulkWriteError

from domain.ids import MAX_ID
from storage import Storage

ABOVE = MAX_ID + 1


async def newest(storage: Storage, reader: int, *, floor: int = 0, below: int = ABOVE, limit: int = 100) -> list[int]:
    return await storage.feed.entries.newest(reader, floor=floor, below=below, limit=limit)


async def test_entries_written_twice_are_stored_once(storage: Storage) -> None:
    rows = [(1, post, 9) for post in range(10)]
    await storage.feed.entries.insert_entries(rows)
    await storage.feed.entries.insert_entries([*rows, (1, 10, 9)])
    assert await newest(storage, 1) == list(range(10, -1, -1))


async def test_inserting_no_entries_is_no_error(storage: Storage) -> None:
    await storage.feed.entries.insert_entries([])
    assert await newest(storage, 1) == []


async def test_more_entries_than_a_batch_are_all_written(storage: Storage) -> None:
    await storage.feed.entries.insert_entries((reader, 1, 9) for reader in range(2_501))
    assert await storage.mongo.collection("feeds").count_documents({}) == 2_501


async def test_an_error_other_than_a_duplicate_is_raised(storage: Storage) -> None:
    """A strike after a refused write would lose the entries for ever."""
    await storage.feed.entries.insert_entries([(1, 1, 9)])
    command = storage.mongo.database.command
    await command({"collMod": "feeds", "validator": {"author": {"$lt": 100}}})
    try:
        with pytest.raises(BulkWriteError):
            await storage.feed.entries.insert_entries([(1, 1, 9), (1, 2, 500), (1, 3, 9)])
    finally:
        await command({"collMod": "feeds", "validator": {}})


async def test_a_range_of_entries_belongs_to_one_reader_and_is_half_open(storage: Storage) -> None:
    extremes = [0, 1, 5, MAX_ID - 1, MAX_ID]
    await storage.feed.entries.insert_entries((reader, post, 9) for reader in (0, 1, 2, MAX_ID) for post in extremes)
    for reader in (0, 1, 2, MAX_ID):
        assert await newest(storage, reader) == extremes[::-1]
    assert await newest(storage, 1, floor=1, below=MAX_ID) == [MAX_ID - 1, 5, 1]
    assert await newest(storage, 1, below=5, limit=1) == [1]


async def test_the_nth_newest_is_counted_from_one_and_down_to_the_floor(storage: Storage) -> None:
    await storage.feed.entries.insert_entries((1, post, 9) for post in (10, 20, 30))
    assert [await storage.feed.entries.nth_newest(1, floor=0, nth=nth) for nth in (1, 3, 4)] == [30, 10, None]
    assert await storage.feed.entries.nth_newest(1, floor=11, nth=3) is None
    assert await storage.feed.entries.nth_newest(2, floor=0, nth=1) is None


async def test_deleting_below_the_floor_affects_only_that_reader(storage: Storage) -> None:
    await storage.feed.entries.insert_entries((reader, post, 9) for reader in (1, 2, 3) for post in (10, 20, 30))
    assert not await storage.feed.entries.delete_below(2, 20, limit=1)
    assert not await storage.feed.entries.delete_below(2, 20, limit=1)
    assert await newest(storage, 2) == [30, 20]
    assert await newest(storage, 1) == await newest(storage, 3) == [30, 20, 10]


async def test_deleting_below_the_floor_goes_in_pieces_from_the_oldest(storage: Storage) -> None:
    await storage.feed.entries.insert_entries((1, post, 9) for post in range(7))
    for left in ([6, 5, 4, 3, 2], [6, 5, 4]):
        assert await storage.feed.entries.delete_below(1, 6, limit=2), "more entries are left"
        assert await newest(storage, 1) == left
    assert not await storage.feed.entries.delete_below(1, 6, limit=2)
    assert await newest(storage, 1) == [6]
