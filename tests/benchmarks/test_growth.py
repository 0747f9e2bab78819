"""The data in which growth is measured must be a state that the system can reach."""

from benchmarks.parts.growth.worlds import WINDOW, World
from domain.ids import MAX_ID
from domain.pages import PageRequest
from storage import Storage
from tests.waiting import bounded


async def feed_of(storage: Storage, reader: int) -> list[int]:
    posts: list[int] = []
    for _ in bounded():
        page = await storage.feed.page(reader, PageRequest(100, posts[-1] if posts else MAX_ID + 1))
        posts += [post.id for post in page.items]
        if not page.has_next:
            break
    return posts


async def test_a_reader_reads_below_the_window_to_the_end(storage: Storage) -> None:
    world = World(storage)
    often, rarely, celebrity, stranger = await world.make_people(4)
    await world.make_history({often: WINDOW, rarely: 60, celebrity: 200, stranger: 100})
    reader = await world.make_reader(pushed=[often, rarely], pulled=[celebrity])
    assert len(reader.feed) == WINDOW + 260
    assert await feed_of(storage, reader.id) == list(reader.feed)

    await world.put_in_flight([often, stranger], 10)
    assert (await feed_of(storage, reader.id))[5:] == list(reader.feed)
