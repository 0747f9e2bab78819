"""A worker with an admin port shows what all its processes have done, also after some of them were killed."""

import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from composition.tasks import task_services_of
from launch.ports import free_port
from settings import Settings
from storage import Storage
from tasks.broker import Broker, make_celery
from tasks.messages import FAN_OUT_SMALL, Message, start_fan_out
from tests.monitoring.scraping import families, value
from tests.pipeline.stack import Stack, stack
from tests.pipeline.star import insert_posts_of_star, star_with_followers
from tests.waiting import wait_for, wait_until
from tests.world import World

SUCCEEDED = {"task": "fan_out.start", "outcome": "succeeded"}


@pytest.fixture
def settings(mongodb_url: str, redis_url: str) -> Settings:
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=f"{redis_url.rpartition('/')[0]}/9",
        mongodb_database="watched",
        worker_admin_port=free_port(),
    )


@pytest.fixture
async def storage(settings: Settings) -> AsyncIterator[Storage]:
    async with task_services_of(settings) as services:
        await services.storage.mongo.database.client.drop_database(settings.mongodb_database)
    async with task_services_of(settings) as services:
        yield services.storage


def url(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.worker_admin_port}"


def is_ready(settings: Settings) -> bool:
    try:
        return httpx.get(f"{url(settings)}/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def children(worker: Stack) -> set[int]:
    """Return the pids of the worker's prefork children."""
    parent = worker.running["worker"].pid
    files = Path(f"/proc/{parent}/task").glob("*/children")
    return {int(pid) for file in files for pid in file.read_text().split()}


async def test_tasks_of_all_processes_are_counted_and_outlive_them(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    await star_with_followers(World(storage), 10)
    broker = Broker(make_celery(settings.broker))

    async def deliver(posts: int) -> None:
        made = await insert_posts_of_star(storage, posts)
        broker.publish([start_fan_out(post.id) for post in made])

    with stack(settings, tmp_path, "worker") as worker:
        wait_for(lambda: is_ready(settings))
        at = url(settings)
        wait_for(lambda: value(at, "tweeter_worker_processes") == settings.worker_concurrency)
        assert value(at, "tweeter_tasks_total", task="fan_out.start", outcome="failed") == 0
        await deliver(6)
        wait_for(lambda: value(at, "tweeter_tasks_total", **SUCCEEDED) == 6)
        assert value(at, "tweeter_task_seconds_count", task="fan_out.start") == 6
        assert value(at, "tweeter_delivery_seconds_count") == 6
        assert value(at, "tweeter_tasks_running") == 0
        before = children(worker)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: len(children(worker) - before) == settings.worker_concurrency)
        wait_for(lambda: value(at, "tweeter_worker_processes") == settings.worker_concurrency)
        await deliver(3)
        wait_for(lambda: value(at, "tweeter_tasks_total", **SUCCEEDED) == 9)
        slots = {file.stem for file in (tmp_path / "metrics").rglob("*.lock")}
        assert slots == {str(number) for number in range(settings.worker_concurrency + 1)}
        worker.end("worker")
        assert not list((tmp_path / "metrics").rglob("*.db"))
    broker.close()


async def test_a_killed_process_loses_its_gauges_and_its_task_counts_as_lost(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    """The task waits for a lock that a transaction of the test holds."""
    post = await World(storage).post(await World(storage).make_user())
    posts = storage.mongo.collection("posts")
    broker = Broker(make_celery(settings.broker))
    at = url(settings)
    with stack(settings.replace(worker_concurrency=1), tmp_path, "worker") as worker:
        wait_for(lambda: is_ready(settings))
        async with storage.mongo.causal() as session:
            await session.start_transaction()
            await posts.update_one({"_id": post.id}, {"$set": {"held": True}}, session=session)
            broker.publish([start_fan_out(post.id)])
            wait_for(lambda: value(at, "tweeter_tasks_running") == 1)
            (child,) = children(worker)
            os.kill(child, signal.SIGKILL)
            wait_for(lambda: value(at, "tweeter_tasks_total", task="fan_out.start", outcome="lost") == 1)
            await session.abort_transaction()
        wait_for(lambda: value(at, "tweeter_tasks_total", **SUCCEEDED) == 1)
        assert value(at, "tweeter_tasks_running") == 0
        assert value(at, "tweeter_tasks_redelivered_total", task="fan_out.start") == 1
    broker.close()


async def test_a_failed_task_and_a_sweep_are_counted(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    post = await World(storage).post(await World(storage).make_user())
    await storage.mongo.collection("posts").update_one({"_id": post.id}, {"$set": {"sent_at": post.created_at.min}})
    broker = Broker(make_celery(settings.broker))
    at, began = url(settings), time.time()
    with stack(settings, tmp_path, "worker"):
        wait_for(lambda: is_ready(settings))
        broker.publish(
            [Message("fan_out.start", ("not", "ids"), FAN_OUT_SMALL), Message("fan_out.sweep", (), FAN_OUT_SMALL)]
        )
        wait_for(lambda: value(at, "tweeter_tasks_total", task="fan_out.start", outcome="failed") == 1)
        wait_for(lambda: value(at, "tweeter_sweep_messages_total", task="fan_out.sweep") == 1)
        swept_at = value(at, "tweeter_sweep_timestamp_seconds", task="fan_out.sweep")
        assert swept_at is not None
        assert began <= swept_at <= time.time()
    broker.close()


async def test_the_admin_port_of_a_worker_needs_the_token(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    token = "0123456789abcdef-token"
    bearing = {"Authorization": f"Bearer {token}"}
    at = url(settings)
    with stack(settings.replace(metrics_token=token), tmp_path, "worker"):
        wait_for(lambda: is_ready(settings))
        assert families(at, headers=bearing)
        async with httpx.AsyncClient(base_url=at) as http:
            assert (await http.get("/healthz")).text == "alive\n"
            assert (await http.get("/metrics")).status_code == 401
            assert (await http.get("/metrics", headers={"Authorization": f"Bearer {token}2"})).status_code == 401
            assert (await http.post("/metrics", headers=bearing)).status_code == 405
            assert (await http.get("/")).status_code == 404


async def test_a_worker_without_a_port_measures_nothing(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    with stack(settings.replace(worker_admin_port=0), tmp_path, "worker") as worker:
        await wait_until_ready(worker)
        assert not (tmp_path / "metrics").exists()


async def wait_until_ready(worker: Stack) -> None:
    async def is_said() -> bool:
        return "ready." in worker.log("worker")

    await wait_until(is_said)


async def test_a_port_in_use_ends_the_worker_with_one_line(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.worker_admin_port))
        taken.listen()
        with stack(settings, tmp_path, "worker") as worker:
            assert worker.running["worker"].wait(60) == 2
            assert f"WORKER_ADMIN_PORT {settings.worker_admin_port} on 127.0.0.1 cannot be used" in worker.log("worker")
            assert "Traceback" not in worker.log("worker")


async def test_a_task_beyond_its_time_limit_counts_as_timed_out_and_not_as_lost(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    """The limit is 30 seconds. The message is not sent again: a sweep finds the post."""
    post = await World(storage).post(await World(storage).make_user())
    broker = Broker(make_celery(settings.broker))
    at = url(settings)
    with stack(settings.replace(worker_concurrency=1), tmp_path, "worker") as worker:
        wait_for(lambda: is_ready(settings))
        async with storage.mongo.causal() as session:
            await session.start_transaction()
            held = {"$set": {"held": True}}
            await storage.mongo.collection("posts").update_one({"_id": post.id}, held, session=session)
            broker.publish([start_fan_out(post.id)])
            before = children(worker)
            wait_for(lambda: value(at, "tweeter_tasks_total", task="fan_out.start", outcome="timed_out") == 1, 90)
            await session.abort_transaction()
        wait_for(lambda: len(children(worker) - before) == 1)
        wait_for(lambda: value(at, "tweeter_tasks_running") == 0)
        assert value(at, "tweeter_tasks_total", task="fan_out.start", outcome="lost") == 0
        assert value(at, "tweeter_tasks_total", task="fan_out.start", outcome="failed") == 0
    broker.close()
