"""Fan-out writes the feed of every pushed follower once, even if tasks run twice, late or never."""

from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from domain.pages import PageRequest
from domain.watermarks import NEVER
from launch.ports import free_port
from tasks import fan_out, messages
from tasks.broker import Broker, make_celery
from tasks.services import TaskServices
from tests.world import World


async def test_a_post_is_in_the_feed_before_any_task_has_run(world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    post = await world.post(author)

    assert await world.feed(reader) == [post.id]
    assert await world.entries(reader) == []


async def test_fan_out_writes_an_entry_for_each_pushed_follower_and_completes(world: World) -> None:
    author, pushed, pulled = await world.make_users(3)
    await world.follow(pushed, author, push_from=0)
    await world.follow(pulled, author, push_from=NEVER)
    post = await world.post(author)

    await world.run_all([messages.start_fan_out(post.id)])

    assert await world.entries(pushed) == [post.id]
    assert await world.entries(pulled) == []
    assert await world.feed(pushed) == await world.feed(pulled) == [post.id]
    found = await world.storage.posts.find_by_id(post.id)
    assert found is not None
    assert (found.in_flight, found.targets, found.delivered) == (False, 1, 1)
    assert found.completed_at is not None


async def test_the_watermark_of_an_edge_decides_and_not_the_flag_of_its_author(world: World) -> None:
    """Rule 2. The edges of a new celebrity are raised batch by batch and pushed to until then."""
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    await world.storage.users.set_celebrity(author.id, True)
    post = await world.post(author)

    await world.run_all([messages.start_fan_out(post.id)])

    assert await world.entries(reader) == await world.feed(reader) == [post.id]


async def test_a_post_without_pushed_followers_completes_at_once(world: World) -> None:
    author = await world.make_user()
    post = await world.post(author)

    assert await fan_out.start_fan_out(world.services, post.id) == []

    found = await world.storage.posts.find_by_id(post.id)
    assert found is not None
    assert (found.in_flight, found.targets, found.delivered) == (False, 0, 0)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "FAN_OUT_CHUNK", 3)
    monkeypatch.setattr("tasks.messages.CHUNKS_PER_TASK", 1)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("followers", [1, 2, 3, 4, 6, 7, 10])
async def test_chunks_cover_every_follower_once(world: World, followers: int) -> None:
    author, *readers = await world.make_users(followers + 1)
    for reader in readers:
        await world.follow(reader, author, push_from=0)
    post = await world.post(author)

    sent = await fan_out.start_fan_out(world.services, post.id)
    await world.run_all([*sent, *sent])  # every task twice

    for reader in readers:
        assert await world.entries(reader) == [post.id]
    found = await world.storage.posts.find_by_id(post.id)
    assert found is not None
    assert (found.in_flight, found.targets, found.delivered) == (False, followers, followers)


@pytest.mark.parametrize(("followers", "sent"), [(2, 0), (3, 1)])
async def test_a_post_that_others_would_wait_for_gets_messages(
    world: World, followers: int, sent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They go to a queue of their own."""
    monkeypatch.setattr(fan_out, "AT_ONCE", 2)
    author, *readers = await world.make_users(followers + 1)
    for reader in readers:
        await world.follow(reader, author, push_from=0)
    post = await world.post(author)
    assert len(await fan_out.start_fan_out(world.services, post.id)) == sent
    assert [await world.entries(reader) for reader in readers] == [[] if sent else [post.id]] * followers


@pytest.mark.usefixtures("small_chunks")
async def test_a_reader_who_follows_between_plan_and_delivery_is_in_a_chunk(world: World) -> None:
    author, *readers = await world.make_users(9)
    for reader in readers[:6]:
        await world.follow(reader, author, push_from=0)
    post = await world.post(author)
    sent = await fan_out.start_fan_out(world.services, post.id)
    for reader in readers[6:]:
        await world.follow(reader, author)

    await world.run_all(sent)

    for reader in readers:
        assert await world.entries(reader) == [post.id]


@pytest.mark.usefixtures("small_chunks")
async def test_a_second_start_does_not_plan_again(world: World) -> None:
    author, *readers = await world.make_users(8)
    for reader in readers:
        await world.follow(reader, author, push_from=0)
    post = await world.post(author)
    first = await fan_out.start_fan_out(world.services, post.id)
    assert len(first) == 3
    await world.run_all(first[:1])

    again = await fan_out.start_fan_out(world.services, post.id)

    assert [message.args for message in again] == [message.args for message in first[1:]]


@pytest.mark.usefixtures("small_chunks")
async def test_the_sweep_finds_lost_posts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    author, *readers = await world.make_users(8)
    for reader in readers:
        await world.follow(reader, author, push_from=0)
    never_started = await world.post(author)
    half_done = await world.post(author)
    await world.run((await fan_out.start_fan_out(world.services, half_done.id))[1])
    assert await fan_out.sweep_fan_outs(world.services) == [], "a post sent just now is not overdue"

    monkeypatch.setattr(fan_out, "OVERDUE_AFTER", timedelta(0))
    await world.run_all(await fan_out.sweep_fan_outs(world.services))

    for post in (never_started, half_done):
        found = await world.storage.posts.find_by_id(post.id)
        assert found is not None
        assert not found.in_flight
        assert found.delivered == found.targets == 7


@pytest.mark.parametrize(
    ("waiting", "age", "is_sent"),
    [
        (fan_out.BACKLOG - 1, timedelta(minutes=1), True),
        (fan_out.BACKLOG, timedelta(minutes=1), False),
        (fan_out.BACKLOG, timedelta(minutes=6), True),
    ],
)
async def test_the_sweep_waits_longer_during_a_backlog(
    world: World, redis_url: str, waiting: int, age: timedelta, is_sent: bool
) -> None:
    await overdue(world, age)
    own = f"{redis_url.rpartition('/')[0]}/9"
    broker = Broker(make_celery(own))
    async with Redis.from_url(own) as redis:
        await redis.flushdb()
        await redis.rpush(messages.MAINTENANCE, *(["a message"] * waiting))
        sent = await fan_out.sweep_fan_outs(
            TaskServices.of(world.storage, world.services.policy, count_waiting=broker.depth)
        )
        await redis.flushdb()
    broker.close()
    assert bool(sent) is is_sent


@pytest.mark.parametrize(("age", "is_sent"), [(timedelta(minutes=1), False), (timedelta(minutes=6), True)])
async def test_the_sweep_waits_longer_if_the_broker_is_away(world: World, age: timedelta, is_sent: bool) -> None:
    await overdue(world, age)
    broker = Broker(make_celery(f"redis://127.0.0.1:{free_port()}/0"))
    with capture_logs() as logged:
        sent = await fan_out.sweep_fan_outs(
            TaskServices.of(world.storage, world.services.policy, count_waiting=broker.depth)
        )
    broker.close()
    assert bool(sent) is is_sent
    assert [line["event"] for line in logged].count("backlog.unknown") == 1


async def overdue(world: World, age: timedelta) -> None:
    """Insert a post whose message was sent so long ago."""
    post = await world.post(await world.make_user())
    sent_at = {"$set": {"sent_at": datetime.now(UTC) - age}}
    await world.storage.mongo.collection("posts").update_one({"_id": post.id}, sent_at)


async def test_tasks_of_a_deleted_post_do_nothing(world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    post = await world.post(author)
    await world.storage.posts.delete_post(post.id, author=author.id)

    assert await fan_out.start_fan_out(world.services, post.id) == []
    assert await fan_out.deliver_chunks(world.services, post.id, [0]) == []
    assert await world.entries(reader) == []
    assert (await world.storage.feed.page(reader.id, PageRequest(10))).items == []
