"""The tasks' entry: what `celery -A tasks.entry` runs. Each task is a thin shell around its async core."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from celery import Celery
from celery.signals import setup_logging, worker_process_shutdown, worker_shutdown

import logs
from domain.policy import Policy
from settings import Settings
from storage import create_indexes, open_storage
from tasks import celebrities, fan_out, feeds
from tasks.broker import make_celery
from tasks.publisher import send_all
from tasks.resources import Resources
from tasks.runtime import Core, Runtime

settings = Settings.from_environment()
celery: Celery = make_celery(settings.redis_url)
celery.conf.beat_schedule = {
    "fan_out.sweep": {"task": "fan_out.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "feed.sweep": {"task": "feed.sweep", "schedule": 30.0, "options": {"expires": 30}},
    "celebrity.sweep": {"task": "celebrity.sweep", "schedule": 30.0, "options": {"expires": 30}},
}


@asynccontextmanager
async def open_resources() -> AsyncIterator[Resources]:
    async with open_storage(
        settings.mongodb_url,
        database=settings.mongodb_database,
        driver=settings.mongodb_driver,
        session_ttl_days=settings.session_ttl_days,
    ) as storage:
        await create_indexes(storage.mongo)  # before a first write could make a collection of the wrong kind
        policy = Policy(celebrity_threshold=settings.celebrity_threshold, feed_window=settings.feed_window)
        yield Resources(storage, policy)


runtime = Runtime(open_resources)


def run(task: Any, core: Core[...], *args: Any) -> None:
    """Run the core with the task's id on every line of its log, then send what should follow."""
    with structlog.contextvars.bound_contextvars(task=task.name, task_id=task.request.id):
        send_all(celery, runtime.run(core, *args))


@celery.task(name="fan_out.start", bind=True)
def start_fan_out(self: Any, post: int) -> None:
    run(self, fan_out.start, post)


@celery.task(name="fan_out.deliver", bind=True)
def deliver(self: Any, post: int, chunk: int) -> None:
    run(self, fan_out.deliver, post, chunk)


@celery.task(name="fan_out.sweep", bind=True)
def sweep_fan_out(self: Any) -> None:
    run(self, fan_out.sweep)


@celery.task(name="feed.fill", bind=True)
def fill_feed(self: Any, reader: int) -> None:
    run(self, feeds.fill, reader)


@celery.task(name="feed.trim", bind=True)
def trim_feeds(self: Any, readers: list[int]) -> None:
    run(self, feeds.trim, readers)


@celery.task(name="feed.sweep", bind=True)
def sweep_feeds(self: Any) -> None:
    run(self, feeds.sweep)


@celery.task(name="celebrity.review", bind=True)
def review_celebrity(self: Any, user: int) -> None:
    run(self, celebrities.review, user)


@celery.task(name="celebrity.demote", bind=True)
def demote(self: Any, user: int, after: int) -> None:
    run(self, celebrities.demote, user, after)


@celery.task(name="celebrity.sweep", bind=True)
def sweep_celebrities(self: Any) -> None:
    run(self, celebrities.sweep)


@setup_logging.connect
def configure_logging(**_: Any) -> None:
    logs.configure(settings.log_level)


@worker_process_shutdown.connect
@worker_shutdown.connect
def close(**_: Any) -> None:
    runtime.close()
