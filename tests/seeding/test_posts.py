"""Posts with past dates are delivered like those of people, also below the floor of a feed."""

from datetime import UTC, datetime, timedelta

from audit.findings import FindingKind
from domain.ids import first_id_at
from seeding.posts import deliver, store, trim
from storage import Storage
from storage.maintenance.bulk import NewPost, NewRepost
from tests.audited import audited_world
from tests.seeding.looking import services
from tests.world import World

NOW = datetime.now(UTC)


async def test_entries_of_posts_that_are_older_than_a_feed_reaches_are_removed(storage: Storage, world: World) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    await storage.readers.raise_floor(reader.id, first_id_at(NOW - timedelta(days=1)))
    assert await store(services(storage), [NewPost(first_id_at(NOW - timedelta(days=2)), author.id, "old")], []) == 1
    await deliver(services(storage), [author.id])
    assert await audited_world(world) == {FindingKind.LEFTOVER: 1}
    await trim(services(storage), [reader.id, author.id])
    assert not await audited_world(world)
    assert await world.feed(reader, page_size=5) == await world.oracle(reader) != []


async def test_a_post_whose_key_is_known_and_an_equal_repost_are_not_missing(storage: Storage, world: World) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    some, number = services(storage), first_id_at(NOW)
    original = await world.post(reader, "to be reposted")
    posts = [NewPost(number, author.id, "once", key="seed-1"), NewPost(number, author.id, "of the same id")]
    repost = NewRepost(original.id + 1, author.id, original)
    assert await store(some, posts, [repost]) == 3
    assert await store(some, [NewPost(number + 99, author.id, "twice", key="seed-1")], [repost]) == 0
    await deliver(some, [author.id, reader.id])
    assert sorted(post.text for post in await some.maintenance.bulk.find_posts([author.id])) == [
        "of the same id",
        "once",
    ]
    assert await storage.feed.ledgers.count_in_flight(limit=1) == 0
    assert not await audited_world(world)
