"""The data in which growth is measured must be a state that the system can reach."""

from benchmarks.parts.growth.worlds import WINDOW, World
from domain.ids import MAX_ID
from domain.pages import PageRequest
from storage import Storage
from tests.waiting import bounded


async def feed_of(storage: Storage, reader: int) -> list[int]:
    events: list[int] = []
    for _ in bounded():
        page = await storage.feed.page(reader, PageRequest(100, events[-1] if events else MAX_ID + 1))
        events += [event.id for event in page.items]
        if not page.has_next:
            break
    return events


async def test_a_reader_reads_below_the_window_to_the_end(storage: Storage) -> None:
    world = World(storage)
    often, rarely, celebrity, stranger = await world.make_people(4)
    await world.make_history({often: WINDOW, rarely: 60, celebrity: 200, stranger: 100})
    reader = await world.make_reader(pushed=[often, rarely], pulled=[celebrity])
    assert len(reader.feed) == WINDOW + 260
    assert await feed_of(storage, reader.id) == list(reader.feed)

    await world.put_in_flight([often, stranger], 10)
    assert (await feed_of(storage, reader.id))[5:] == list(reader.feed)


async def test_a_reader_of_reposts_reads_each_of_them(storage: Storage) -> None:
    world = World(storage)
    author, reposter = await world.make_people(2)
    await world.make_history({author: 150})
    await world.make_reposts([reposter])
    reader = await world.make_reader(pushed=[reposter])
    assert len(reader.feed) == 150
    assert await feed_of(storage, reader.id) == list(reader.feed)


async def test_a_reader_without_entries_reads_what_is_pulled(storage: Storage) -> None:
    world = World(storage)
    authors = await world.make_people(3)
    await world.make_history(dict.fromkeys(authors, 60))
    reader = await world.make_reader(pushed=[], pulled=authors[:2])
    assert len(reader.feed) == 120
    assert await feed_of(storage, reader.id) == list(reader.feed)
