"""The pipeline on each kind of broker: Redis and RabbitMQ, beside the Redis of live updates and rate limits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from launch.ports import free_port
from settings import Settings
from storage import Storage
from tasks import fan_out, messages, publisher
from tasks.broker import Broker, make_celery
from tasks.messages import FAN_OUT_SMALL, MAINTENANCE, QUEUES
from tasks.publisher import Publisher
from tasks.services import TaskServices
from tests.answering import answers
from tests.brokers import KINDS, OwnBroker, own_broker
from tests.pipeline.clients import Clients, complete
from tests.pipeline.flower import PASSWORD, USER, open_flower
from tests.pipeline.stack import stack
from tests.pipeline.star import insert_posts_of_star, star_with_followers
from tests.waiting import wait_for, wait_until
from tests.world import World, make_policy

FOLLOWERS = 3_000  # one task starts, another delivers
POSTS = 40
REQUEST_ID = "0af7651916cd43dd-8448eb21"


@pytest.fixture(scope="module", params=KINDS)
def one_broker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    with own_broker(request.param, tmp_path_factory.mktemp(request.param)) as broker:
        yield broker


@pytest.fixture
def own(one_broker: OwnBroker) -> OwnBroker:
    """An empty broker."""
    one_broker.empty()
    return one_broker


@pytest.fixture
def broker(own: OwnBroker) -> Iterator[Broker]:
    broker = Broker(make_celery(own.url))
    yield broker
    broker.close()


@pytest.fixture
def with_broker(settings: Settings, own: OwnBroker) -> Settings:
    return settings.replace(broker_url=own.url)


async def test_a_post_is_delivered_and_the_log_of_its_tasks_has_the_id_of_its_request(
    with_broker: Settings, storage: Storage, tmp_path: Path
) -> None:
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    with stack(with_broker.replace(log_level="debug"), tmp_path, "web", "worker") as running:
        async with Clients(running.url, headers={"x-request-id": REQUEST_ID}) as clients:
            post = await clients.create_post(token, "hello, everybody")
            delivery = await complete(clients, token, post)
        for task in ("fan_out.start", "fan_out.deliver"):
            wait_for(lambda task=task: is_told(running.log("worker"), task))  # type: ignore[misc]  # bound now
    assert delivery["targets"] == delivery["delivered"] == FOLLOWERS
    for fan in (fans[0], fans[1_000], fans[-1]):
        assert await storage.feed.entries.newest(fan, floor=0, below=2**62, limit=10) == [post]


async def test_each_process_tries_each_host_of_the_address(
    settings: Settings, storage: Storage, own: OwnBroker, tmp_path: Path
) -> None:
    if own.url.startswith("redis"):
        pytest.skip("the address of a Redis names one host")
    settings = settings.replace(broker_url=own.url.replace("127.0.0.1", f"127.0.0.1:{free_port()},127.0.0.1", 1))
    token, _ = await star_with_followers(World(storage), FOLLOWERS)
    with stack(settings, tmp_path, "web", "worker", "beat", "flower") as running:
        async with Clients(running.url) as clients:
            await complete(clients, token, await clients.create_post(token, "to all of you"))
        wait_for(lambda: answers(f"http://127.0.0.1:{running.settings.flower_port}/healthcheck"))
        assert {name for name, child in running.running.items() if child.poll() is not None} == set()


def is_told(log: str, task: str) -> bool:
    """Return whether Celery's line about the end of such a task has both ids."""
    lines = [line for line in log.splitlines() if f"Task {task}[" in line and " succeeded in " in line]
    return any(f" task={task} " in f"{line} " and f" request_id={REQUEST_ID} " in f"{line} " for line in lines)


async def test_while_the_broker_is_killed_a_post_is_acknowledged_and_seen_and_later_delivered(
    with_broker: Settings, storage: Storage, own: OwnBroker, tmp_path: Path
) -> None:
    """No process ends; without beat, so that no sweep helps."""
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    fan_token, _ = await storage.sessions.create(fans[7])
    with stack(with_broker, tmp_path, "web", "worker") as running:
        async with Clients(running.url) as clients:
            await complete(clients, token, await clients.create_post(token, "before"))
            own.kill()
            post = await clients.create_post(token, "in the dark")
            assert (await clients.feed(fan_token))[0] == post
            wait_for(lambda: "broker.away" in running.log("web"))
            own.restart()
            assert (await complete(clients, token, post))["delivered"] == FOLLOWERS
        assert [name for name, process in running.running.items() if process.poll() is not None] == []


def test_messages_that_were_sent_survive_the_brokers_end(own: OwnBroker, broker: Broker) -> None:
    broker.publish([messages.fill_feed(reader) for reader in range(POSTS)])
    own.server.stop()  # not SIGKILL: Redis writes its journal once a second
    own.kill()
    own.restart()
    assert broker.counts() == {**dict.fromkeys(QUEUES, 0), MAINTENANCE: POSTS}


def test_messages_are_sent_once_a_broker_is_back(own: OwnBroker, broker: Broker) -> None:
    """On a connection that the sender takes to be alive."""
    broker.publish([messages.fill_feed(0)])
    own.kill()
    own.restart()
    own.empty()
    broker.publish([messages.fill_feed(1)])
    assert broker.count() == 1


@pytest.mark.parametrize("one_broker", ["rabbitmq"], indirect=True)  # Redis delivers them again after a minute
async def test_messages_of_a_killed_worker_are_delivered_again(
    with_broker: Settings, storage: Storage, broker: Broker, tmp_path: Path
) -> None:
    """Without beat, so that no sweep helps."""
    await star_with_followers(World(storage), FOLLOWERS)
    posts = await insert_posts_of_star(storage, POSTS)
    broker.publish([messages.start_fan_out(post.id) for post in posts])

    async def left() -> int:
        return await storage.feed.ledgers.count_in_flight(limit=POSTS)

    async def is_amid() -> bool:
        return await left() < POSTS

    async def is_done() -> bool:
        return await left() == 0

    with stack(with_broker, tmp_path, "worker") as running:
        await wait_until(is_amid)
        running.kill("worker")
        assert await left() > 0, "it has died in the middle"
        running.start("worker")
        await wait_until(is_done)
        wait_for(lambda: broker.count() == 0)


@pytest.mark.parametrize(("waiting", "is_sent"), [(fan_out.BACKLOG - 1, True), (fan_out.BACKLOG, False)])
async def test_a_sweep_waits_longer_during_a_backlog(
    storage: Storage, broker: Broker, waiting: int, is_sent: bool
) -> None:
    world = World(storage)
    post = await world.post(await world.make_user())
    sent_at = {"$set": {"sent_at": datetime.now(UTC) - timedelta(minutes=1)}}
    await storage.mongo.collection("posts").update_one({"_id": post.id}, sent_at)
    broker.publish([messages.fill_feed(reader) for reader in range(waiting)])
    assert broker.counts()[MAINTENANCE] == waiting
    sent = await fan_out.sweep_fan_outs(TaskServices.of(storage, make_policy(), count_waiting=broker.depth))
    assert bool(sent) is is_sent


def test_a_web_process_adds_nothing_to_a_long_backlog(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, "BACKLOG_LIMIT", POSTS)
    broker.publish([messages.fill_feed(reader) for reader in range(POSTS)])
    sender = Publisher(broker)
    with capture_logs() as logged:
        sender.start()
        sender.put(messages.start_fan_out(1))
        wait_for(lambda: [line for line in logged if line["event"] == "messages.dropped"])
        sender.close()
    assert broker.counts()[FAN_OUT_SMALL] == 0


async def test_beat_sends_lost_work_and_flower_shows_the_queues(
    with_broker: Settings, storage: Storage, broker: Broker, tmp_path: Path
) -> None:
    await star_with_followers(World(storage), FOLLOWERS)
    await insert_posts_of_star(storage, 1)
    told = with_broker.replace(flower_basic_auth=f"{USER}:{PASSWORD}", data_dir=tmp_path)

    async def is_delivered() -> bool:
        return await storage.feed.ledgers.count_in_flight(limit=1) == 0

    async with open_flower(told, tmp_path) as flower:
        running = flower.running
        for name in ("worker", "beat"):
            running.start(name)
        await wait_until(is_delivered)

        async def are_shown() -> bool:
            page = (await flower.get("/broker")).text
            return all(f"<td>{name}</td>" in page for name in QUEUES)

        await wait_until(are_shown)
        password = own_password(with_broker)
        assert not password or password not in (await flower.get("/broker")).text + running.log("worker")


def own_password(settings: Settings) -> str:
    return f":{urlsplit(settings.broker).password}@" if urlsplit(settings.broker).password else ""


def test_an_empty_broker_holds_nothing(broker: Broker) -> None:
    assert broker.count() == 0
