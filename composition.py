"""The composition root: the one place that turns settings into the services of a process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

from domain.policy import Policy
from domain.rates import NO_RATES, Rates
from live.hub import LiveHub
from resolvers.services import Services
from settings import Settings
from storage import DatabaseError, Misconfigured, Storage, create_indexes, open_storage, wait_or_give_up
from storage.memory.rate_limits import LocalRateLimiter
from storage.mongodb_errors import refuse_final
from storage.redis.client import Redis
from storage.redis.errors import CLUSTER
from tasks.broker import make_celery
from tasks.publisher import Publisher
from tasks.services import TaskServices
from threads.images import ImageConverter
from threads.passwords import PasswordHashing

LOOK_WITHIN_S = 20  # an index may take longer: the server goes on making it


def policy_of(settings: Settings) -> Policy:
    return Policy(
        celebrity_threshold=settings.celebrity_threshold,
        feed_window=settings.feed_window,
        dormant_after=timedelta(days=settings.dormant_after_days),
    )


def rates_of(settings: Settings) -> Rates:
    return Rates() if settings.rate_limits == "on" else NO_RATES


def storage_of(settings: Settings) -> AbstractAsyncContextManager[Storage]:
    return open_storage(
        settings.mongodb_url,
        redis_url=settings.redis_url,
        database=settings.mongodb_database,
        driver=settings.mongodb_driver,
        session_ttl_days=settings.session_ttl_days,
    )


@asynccontextmanager
async def task_services_of(settings: Settings) -> AsyncIterator[TaskServices]:
    """Open what tasks and commands work with, and make the indexes before anything is written."""
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
        yield TaskServices.of(storage, policy_of(settings))


@asynccontextmanager
async def services_of(
    settings: Settings, rates: Rates, local_limiter: LocalRateLimiter, *, note_slow: Callable[[], None]
) -> AsyncIterator[Services]:
    """Open what a web process works with. Call `note_slow` for each subscriber that is dropped because it is slow."""
    async with AsyncExitStack() as stack:
        passwords, images = PasswordHashing(), ImageConverter()
        stack.callback(passwords.close)
        stack.callback(images.close)
        storage = await stack.enter_async_context(storage_of(settings))
        live = LiveHub(storage, note_slow=note_slow)
        await stack.enter_async_context(live.running())
        publisher = Publisher(make_celery(settings.redis_url))
        publisher.start()
        stack.callback(publisher.close)
        yield Services(
            storage=storage,
            policy=policy_of(settings),
            passwords=passwords,
            images=images,
            live=live,
            send=publisher.put,
            rates=rates,
            local_limiter=local_limiter,
            request_timeout_s=settings.request_timeout_s,
            may_introspect=settings.playground == "on",
        )


async def refuse_unusable(settings: Settings) -> None:
    """Look once, for LOOK_WITHIN_S at most. What may pass is left to those who wait for it.

    Raises:
        Misconfigured: Waiting cannot help.
    """
    await refuse_cluster(settings)
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_WITHIN_S):
            try:
                await _make_indexes(settings)
            except (DatabaseError, ValueError) as error:
                refuse_final(error)


async def until_usable(settings: Settings) -> None:
    """Wait until MongoDB answers, and make the indexes.

    Raises:
        Misconfigured: Waiting cannot help.
    """
    await refuse_cluster(settings)
    while True:
        try:
            return await _make_indexes(settings)
        except (DatabaseError, ValueError) as error:
            await wait_or_give_up(error)


async def refuse_cluster(settings: Settings) -> None:
    """Look once; Redis may be away.

    Raises:
        Misconfigured: REDIS_URL is a node of a Redis Cluster.
    """
    redis = Redis(settings.redis_url)
    try:
        if await redis.is_cluster():
            raise Misconfigured(CLUSTER)
    finally:
        await redis.close()


async def _make_indexes(settings: Settings) -> None:
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
