"""Opens what the settings name: the one place where settings become storage and policy."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

from domain.policy import Policy
from domain.rates import NO_RATES, Rates
from settings import Settings
from storage import Storage, create_indexes, open_storage
from tasks.resources import Resources


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
async def resources_of(settings: Settings) -> AsyncIterator[Resources]:
    """With the indexes made, before a first write could make a collection of the wrong kind."""
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
        yield Resources(storage, policy_of(settings))
