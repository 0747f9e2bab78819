"""An application with small rate limits and empty counts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from redis.asyncio import from_url

from domain.rates import NO_RATES, Allowance
from settings import Settings
from storage import Storage
from tests.client import Client, running, until_ready

PROXY = "127.0.0.1"  # the address of all requests of the tests


@asynccontextmanager
async def limited(storage: Storage, mongodb_url: str, redis_url: str, *allowances: Allowance) -> AsyncIterator[Client]:
    """Open it on the tests' database and an emptied Redis database. By default there are no limits."""
    counted = f"{redis_url.rpartition('/')[0]}/7"
    redis: Any = from_url(counted)
    await redis.flushdb()
    await redis.aclose()
    settings = Settings(
        mongodb_url=mongodb_url,
        mongodb_database=storage.mongo.database.name,
        redis_url=counted,
        trusted_proxies=PROXY,
    )
    rates = replace(NO_RATES, **{allowance.name: allowance for allowance in allowances})
    async with running(settings, rates=rates) as http:
        await until_ready(http)
        yield Client(http)
