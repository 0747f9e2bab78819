"""Every task works in a world with reposts, which have no text. Feeds are exact after each one, on both read paths."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from audit.feeds import check_feed
from audit.findings import FindingKind, Findings
from audit.system import check_counts, check_ledgers
from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import User
from domain.visibility import REPEAT_AFTER, ids_apart
from domain.watermarks import NEVER, fresh_token
from storage.feed.entries import key_of
from storage.feed.pages import Feed
from tasks import messages
from tasks.cores import SWEEP_EVERY_S
from tasks.messages import Message
from tests.base_data import feed_by_definition
from tests.sources import feed_by_source
from tests.waiting import bounded
from tests.world import World

REPEAT = ids_apart(REPEAT_AFTER)


@pytest.fixture
async def people(world: World) -> list[User]:
    """Create a reader, two accounts that it follows, and a stranger, whose posts both repost. All is delivered."""
    reader, one, two, stranger = users = await world.make_users(4)
    for author in (one, two):
        await world.follow(reader, author, push_from=0)
    for number in range(6):
        post = await world.post(stranger)
        new = [(await world.post(one)).id]
        new += [await repost(world, author, post.id) for author in (one, two)[: 1 + number % 2]]
        await world.run_all(messages.start_fan_out(each) for each in new)
    own = await world.post(two)
    await world.run_all([messages.start_fan_out(own.id), messages.start_fan_out(await repost(world, one, own.id))])
    return users


async def repost(world: World, author: User, number: int) -> int:
    post = await world.storage.posts.find_by_id(number)
    assert post is not None
    made = await world.storage.reposts.repost(author.id, post)
    assert made is not None
    return made.id


async def events(feed: Feed, reader: User, page_size: int) -> list[tuple[int, int]]:
    """Return (event, post) of the whole feed, read page by page."""
    read: list[tuple[int, int]] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await feed.page(reader.id, PageRequest(page_size, before))
        read += [(event.id, event.post.id) for event in page.items]
        if not page.has_next:
            break
        before = page.end or page.items[-1].id
    return read


async def feeds_are_exact(world: World, reader: User) -> list[tuple[int, int]]:
    truth = [
        (event.id, event.post.id) for event in await feed_by_definition(world.storage, reader.id, repeat_after=REPEAT)
    ]
    for feed in (world.storage.feed, feed_by_source(world.storage)):
        for page_size in (1, 3, 100):
            assert await events(feed, reader, page_size) == truth
    return truth


async def set_edge(world: World, reader: User, author: User, push_from: int) -> None:
    edge = {"follower": reader.id, "followee": author.id}
    await world.storage.mongo.collection("follows").update_one(edge, {"$set": {"push_from": push_from}})


async def change(world: World, user: User, **changes: object) -> None:
    await world.storage.mongo.collection("users").update_one({"_id": user.id}, {"$set": changes})


async def fan_out(world: World, people: list[User]) -> list[Message]:
    """A repost that no message tells of: a sweep finds it."""
    number = await repost(world, people[2], (await world.post(people[3])).id)
    long_ago = {"$set": {"sent_at": datetime(2026, 1, 1, tzinfo=UTC)}}
    await world.storage.mongo.collection("posts").update_one({"_id": number}, long_ago)
    return []


async def fill(world: World, people: list[User]) -> list[Message]:
    await world.unfollow(people[0], people[1])
    await world.run_all([messages.remove_author_entries(people[0].id, people[1].id)])
    await world.follow(people[0], people[1], push_from=fresh_token())
    return [messages.fill_feed(people[0].id)]


async def trim(world: World, people: list[User]) -> list[Message]:
    world.services = World(world.storage, feed_window=3).services
    return [messages.trim_feeds([people[0].id])]


async def promote(world: World, people: list[User]) -> list[Message]:
    world.services = World(world.storage, celebrity_threshold=1).services
    return [messages.review_celebrity(people[1].id)]


async def demote(world: World, people: list[User]) -> list[Message]:
    await change(world, people[1], is_celebrity=True)
    await set_edge(world, people[0], people[1], NEVER)
    return [messages.review_celebrity(people[1].id)]


async def sleep(world: World, people: list[User]) -> list[Message]:
    await change(world, people[0], last_read_at=datetime.now(UTC) - timedelta(days=365))
    return [messages.make_dormant(people[0].id)]


async def wake(world: World, people: list[User]) -> list[Message]:
    await change(world, people[0], waking=True)
    for author in people[1:3]:
        await set_edge(world, people[0], author, NEVER)
    return [messages.wake_reader(people[0].id)]


async def unfollow(world: World, people: list[User]) -> list[Message]:
    await world.unfollow(people[0], people[1])
    return [messages.remove_author_entries(people[0].id, people[1].id)]


async def undo(world: World, people: list[User]) -> list[Message]:
    """The first sight of a post vanishes, so that its second repost shows."""
    document = await world.storage.mongo.collection("posts").find_one({"author": people[2].id, "repost_of": {"$gt": 0}})
    assert document is not None
    undone = await world.storage.reposts.undo(people[1].id, document["repost_of"])
    assert undone is not None
    return [messages.remove_post_entries(undone, people[1].id)]


async def delete_original(world: World, people: list[User]) -> list[Message]:
    document = await world.storage.mongo.collection("posts").find_one({"author": people[3].id})
    assert document is not None
    assert await world.storage.posts.delete_post(document["_id"], author=people[3].id)
    return [messages.remove_reposts(document["_id"])]


Act = Callable[[World, list[User]], Awaitable[list[Message]]]
ACTS: list[Act] = [fan_out, fill, trim, promote, demote, sleep, wake, unfollow, undo, delete_original]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_feeds_are_exact_after_each_task_and_after_every_sweep(
    world: World, people: list[User], act: Act
) -> None:
    before = await feeds_are_exact(world, people[0])
    assert any(event != post for event, post in before), "there are reposts in the feed"
    sent = await act(world, people)
    await feeds_are_exact(world, people[0])
    await world.run_all(sent)
    await feeds_are_exact(world, people[0])
    await world.run_all([Message(sweep, (), messages.MAINTENANCE) for sweep in SWEEP_EVERY_S])
    await feeds_are_exact(world, people[0])


async def test_the_trim_counts_reposts(world: World, people: list[User]) -> None:
    await world.run_all(await trim(world, people))
    assert len(await world.entries(people[0])) == 3
    assert await world.storage.readers.floor(people[0].id) > 0


async def audited(world: World, users: list[User], *, repair: bool = False) -> Findings:
    found = await check_ledgers(world.services, repair=repair)
    found += await check_counts(world.services, [user.id for user in users], repair=repair)
    for user in users:
        found += await check_feed(world.services, user.id, repair=repair)
    return found


async def test_an_audit_finds_and_repairs_the_entries_of_reposts(world: World) -> None:
    reader, one, stranger = users = await world.make_users(3)
    await world.follow(reader, one, push_from=0)
    numbers = [await repost(world, one, (await world.post(stranger)).id) for _ in range(3)]
    await world.run_all(messages.start_fan_out(number) for number in numbers)
    assert (await audited(world, users)).total() == 0, "a healthy world"

    await world.storage.mongo.collection("feeds").delete_one({"_id": key_of(reader.id, numbers[0])})
    await world.storage.mongo.collection("posts").delete_one({"_id": numbers[1]})
    found = await audited(world, users)
    assert (found[FindingKind.MISSING], found[FindingKind.LEFTOVER]) == (1, 1)

    await audited(world, users, repair=True)
    assert (await audited(world, users)).total() == 0, "all is repaired"
    assert sorted(await world.entries(reader)) == [numbers[0], numbers[2]]
