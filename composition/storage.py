"""Opens the storage that the settings name, and looks whether its servers can be used."""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from datetime import timedelta

from settings import Settings
from storage import DatabaseError, Misconfigured, Storage, create_indexes, open_storage, wait_or_give_up
from storage.command_spans import CommandSpans
from storage.mongodb_errors import refuse_final
from storage.pictures.s3 import refuse_unusable_bucket
from storage.redis.client import Redis
from storage.redis.errors import cluster_refusal

LOOK_WITHIN_S = 20  # an index may take longer: the server goes on making it


def storage_of(settings: Settings) -> AbstractAsyncContextManager[Storage]:
    return open_storage(
        settings.mongodb_url,
        redis_url=settings.redis_url,
        database=settings.mongodb_database,
        driver=settings.mongodb_driver,
        session_ttl_days=settings.session_ttl_days,
        repeat_after=timedelta(days=settings.repeat_after_days),
        media_store=settings.media_store,
        listeners=[CommandSpans()] if settings.otel_exporter_otlp_endpoint else (),
    )


async def refuse_unusable(settings: Settings) -> None:
    """Look once, for LOOK_WITHIN_S at most. What may pass is left to those who wait for it.

    Raises:
        Misconfigured: Waiting cannot help.
    """
    await refuse_cluster(settings)
    if settings.media_store:
        await refuse_unusable_bucket(settings.media_store)
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
    """Look once at each Redis. One that does not answer is accepted.

    Raises:
        Misconfigured: REDIS_URL or BROKER_URL is a node of a Redis Cluster.
    """
    for variable, url in settings.redis_addresses.items():
        redis = Redis(url)
        try:
            if await redis.is_cluster():
                raise Misconfigured(cluster_refusal(variable))
        finally:
            await redis.close()


async def _make_indexes(settings: Settings) -> None:
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
