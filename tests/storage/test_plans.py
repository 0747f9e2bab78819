"""What MongoDB examines for what the storage really sends: it never grows with anything but the answer."""

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import Chunk
from domain.watermarks import NEVER
from storage import Storage
from storage.entries import BATCH
from tests.commands import Commands, explain
from tests.storage.crowds import complete, make_crowd, make_followees, make_followers, make_posts
from tests.world import World

EVERYBODY = Chunk(number=0, after=-1, until=MAX_ID, size=0)


async def test_a_chunk_of_n_edges_examines_n_and_one_keys_and_no_document(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    crowd = await make_crowd(storage, 60)
    await make_followers(storage, author, crowd, push_from=0)
    chunk = Chunk(number=1, after=crowd[9].id, until=crowd[29].id, size=20)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            followers = await storage.edges.pushed_followers(author.id, chunk, session=session)

    assert followers == [user.id for user in crowd[10:30]]
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.keys <= 21
    assert plan.documents == 0


async def test_planning_n_edges_examines_each_about_once_and_no_document(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    await make_followers(storage, author, await make_crowd(storage, 100), push_from=0)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            chunks = await storage.edges.plan(author.id, chunk_size=30, session=session)

    assert [chunk.size for chunk in chunks] == [30, 30, 30, 10]
    plans = [await explain(storage, command) for command in sent]
    assert sum(plan.keys for plan in plans) <= 100 + 2 * len(chunks) + 10
    assert sum(plan.documents for plan in plans) == 0


async def test_the_edges_of_a_celebrity_are_not_even_examined(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    await make_followers(storage, author, await make_crowd(storage, 100), push_from=NEVER)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            assert await storage.edges.plan(author.id, chunk_size=30, session=session) == []
            assert await storage.edges.pushed_followers(author.id, EVERYBODY, session=session) == []

    plans = [await explain(storage, command) for command in sent]
    assert [plan.keys + plan.documents for plan in plans] == [0, 0, 0]


async def test_entries_are_read_and_deleted_by_their_range_alone(storage: Storage, commands: Commands) -> None:
    await storage.entries.insert((reader, post, 9) for reader in range(1, 40) for post in range(1, 31))

    with commands.during() as sent:
        assert await storage.entries.newest(20, floor=5, below=25, limit=7) == list(range(24, 17, -1))
        assert await storage.entries.nth_newest(20, floor=5, nth=3) == 28
        assert await storage.entries.delete_below(20, 4) == 3

    newest, nth, delete = [await explain(storage, command) for command in sent]
    assert newest.documents <= 8
    assert nth.documents <= 4
    assert delete.documents <= 3, "they are gone; a range looks a little beyond its ends"
    assert {"CLUSTERED_IXSCAN"} <= newest.stages & nth.stages & delete.stages
    assert "SORT" not in newest.stages | nth.stages
    assert "COLLSCAN" not in newest.stages | nth.stages | delete.stages


async def test_a_thousand_entries_are_one_command(storage: Storage, commands: Commands) -> None:
    with commands.during() as sent:
        await storage.entries.insert((reader, 1, 9) for reader in range(BATCH))
    assert len(sent) == 1


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
    await storage.users.raise_floor(reader.id, delivered[3].id)
    await make_posts(storage, [*pushed, *pulled] * 12)

    with commands.during() as sent:
        feed = await world.feed(reader, page_size=50)

    assert feed == await world.oracle(reader)
    finds = [command for command in sent if "find" in command]
    for plan in [await explain(storage, command) for command in finds]:
        assert "COLLSCAN" not in plan.stages


async def test_lists_of_follows_and_stories_read_no_more_than_their_page(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    crowd = await make_crowd(storage, 100)
    await make_followers(storage, author, crowd, push_from=0)
    await make_posts(storage, [author] * 50)

    with commands.during() as sent:
        await storage.follows.followers(author.id, PageRequest(10))
        await storage.follows.followees(crowd[0].id, PageRequest(10))
        await storage.posts.story(author.id, PageRequest(10))

    for plan in [await explain(storage, command) for command in sent]:
        assert plan.documents <= 11
        assert "SORT" not in plan.stages
