"""What MongoDB examines for a page of a feed."""

from domain.pages import PageRequest
from domain.watermarks import NEVER
from storage import Storage
from tests.commands import Commands, explain
from tests.storage.crowds import complete, make_crowd, make_followees, make_posts
from tests.world import World


async def test_a_feed_page_merges_two_hundred_pulled_authors_without_sorting(
    storage: Storage, world: World, commands: Commands
) -> None:
    reader = await world.make_user()
    authors = await make_crowd(storage, 200)
    others = await make_crowd(storage, 100, name="others")
    await make_followees(storage, reader, authors, push_from=NEVER)
    for _ in range(3):
        await make_posts(storage, [*authors, *others])
    await complete(storage)

    with commands.during() as sent:
        page = await storage.feed.page(reader.id, PageRequest(20))

    assert len(page.items) == 20
    assert not any("getMore" in command for command in sent), "each list comes in one round trip"
    plans = [await explain(storage, command) for command in sent]
    assert not any({"SORT", "COLLSCAN"} & plan.stages for plan in plans)
    assert any("SORT_MERGE" in plan.stages for plan in plans)
    assert max(plan.documents for plan in plans) <= 250


async def test_the_longest_page_takes_as_few_round_trips_as_the_shortest(
    storage: Storage, world: World, commands: Commands
) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 150)
    await complete(storage)
    await storage.entries.insert((reader.id, post.id, author.id) for post in posts)
    trips = []

    for first in (1, 100):
        with commands.during() as sent:
            page = await storage.feed.page(reader.id, PageRequest(first))
        assert len(page.items) == first
        trips.append([next(iter(command)) for command in sent])

    assert trips == [["find"] * 5] * 2


async def test_no_read_of_a_feed_scans_a_collection(storage: Storage, world: World, commands: Commands) -> None:
    reader = await world.make_user()
    pushed, pulled = await make_crowd(storage, 10, name="pushed"), await make_crowd(storage, 10, name="pulled")
    await make_followees(storage, reader, pushed, push_from=0)
    await make_followees(storage, reader, pulled, push_from=NEVER)
    delivered = await make_posts(storage, pushed)
    await complete(storage)
    await storage.entries.insert((reader.id, post.id, post.author) for post in delivered[3:])
    await storage.readers.raise_floor(reader.id, delivered[3].id)
    await make_posts(storage, [*pushed, *pulled] * 12)

    with commands.during() as sent:
        feed = await world.feed(reader, page_size=50)

    assert feed == await world.oracle(reader)
    finds = [command for command in sent if "find" in command]
    for plan in [await explain(storage, command) for command in finds]:
        assert "COLLSCAN" not in plan.stages
