"""The tasks' entry: what `celery -A tasks.entry` runs. What the tasks do is in their cores."""

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
from tasks.broker import make_celery
from tasks.cores import CORES, Core
from tasks.publisher import send_all
from tasks.resources import Resources
from tasks.runtime import Runtime

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


def register(name: str, core: Core) -> None:
    """The core under its name, as a task that is the thinnest shell around it."""

    @celery.task(name=name, bind=True)
    def run(self: Any, *args: Any) -> None:
        with structlog.contextvars.bound_contextvars(task=name, task_id=self.request.id):
            send_all(celery, runtime.run(core, *args))


for name, core in CORES.items():
    register(name, core)


@setup_logging.connect
def configure_logging(**_: Any) -> None:
    logs.configure(settings.log_level)


@worker_process_shutdown.connect
@worker_shutdown.connect
def close(**_: Any) -> None:
    runtime.close()
