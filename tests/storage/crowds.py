"""Bulk inserts for tests that need many rows."""

from domain.records import Post, User
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewEdge, NewPost, NewUser
from tests.world import World


async def make_crowd(storage: Storage, number: int, *, name: str = "crowd") -> list[User]:
    """Insert accounts. Return them in the order of their ids."""
    aliases = [f"{name}{place}" for place in range(number)]
    assert await Maintenance(storage).bulk.insert_users(NewUser(alias, "A", "B") for alias in aliases) == number
    return sorted(await Maintenance(storage).bulk.find_users(aliases), key=lambda user: user.id)


async def make_followers(storage: Storage, followee: User, followers: list[User], *, push_from: int) -> None:
    edges = [NewEdge(follower.id, followee.id, push_from) for follower in followers]
    assert await Maintenance(storage).bulk.insert_edges(edges) == len(edges)


async def make_followees(storage: Storage, follower: User, followees: list[User], *, push_from: int) -> None:
    edges = [NewEdge(follower.id, followee.id, push_from) for followee in followees]
    assert await Maintenance(storage).bulk.insert_edges(edges) == len(edges)


async def make_posts(storage: Storage, authors: list[User]) -> list[Post]:
    """Insert a post in flight by each author. Return the posts in the order of their ids."""
    numbers = [storage.users.draw_id() for _ in authors]
    rows = [NewPost(number, author.id, "hello") for number, author in zip(numbers, authors, strict=True)]
    assert await Maintenance(storage).bulk.insert_posts(rows) == len(rows)
    return sorted(await storage.posts.find_by_ids(numbers), key=lambda post: post.id)


async def complete(storage: Storage) -> None:
    """Complete every post, as if its author had no pushed follower."""
    await storage.mongo.collection("posts").update_many({}, {"$unset": {"in_flight": ""}})


async def assert_exact(world: World, reader: User, *, page_sizes: tuple[int, ...] = (1, 3, 7, 100)) -> list[int]:
    """Check that the feed equals the oracle's at each page size, from both ends. Return the feed."""
    truth = await world.oracle(reader)
    for page_size in page_sizes:
        assert await world.feed(reader, page_size=page_size) == truth
        assert await world.feed_backwards(reader, page_size=page_size) == truth
    return truth
