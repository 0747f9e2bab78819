"""Sets the metrics that no request sets: connections, caches, the event loop, posts in flight and queues."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime

import structlog

from domain.ids import instant_of
from monitoring.metrics_of_web import WebMetrics
from resolvers.services import Services
from schema.build import DOCUMENTS
from serving.coalescing import Coalesced
from serving.probes import ANSWER_WITHIN_S, Probes
from serving.startup import Startup
from storage import DatabaseError

SAMPLED_EVERY_S = 0.5
WORK_FRESH_FOR_S = 5.0  # the posts in flight and the queues
MAX_COUNTED_IN_FLIGHT = 100_000

log = structlog.get_logger()


class Sampler:
    """Measures the work of all processes only for a scrape, or every WORK_FRESH_FOR_S if it `measures_unasked`.

    Of the processes that share their metrics, the first one measures unasked.
    """

    def __init__(
        self,
        startup: Startup,
        metrics: WebMetrics,
        probes: Probes,
        *,
        queues: Iterable[str],
        measures_unasked: bool = False,
    ) -> None:
        self._startup = startup
        self._metrics = metrics
        self._probes = probes
        self._queues = tuple(queues)
        self._measures_unasked = measures_unasked
        self._work = Coalesced(self._measure_work, fresh_for_s=WORK_FRESH_FOR_S)

    async def refresh(self) -> None:
        """Measure all anew, except what is fresh."""
        await self._work.get()
        self._sample()

    async def run(self) -> None:
        """Sample until cancelled, for scrapes that another process answers."""
        loop = asyncio.get_running_loop()
        measuring: asyncio.Task[None] | None = None
        try:
            while True:
                self._sample()
                if self._measures_unasked and (measuring is None or measuring.done()) and self._metrics.is_first:
                    measuring = asyncio.create_task(self._work.get())
                due = loop.time() + SAMPLED_EVERY_S
                await asyncio.sleep(SAMPLED_EVERY_S)
                self._metrics.loop_lag.observe(max(0.0, loop.time() - due))
        finally:
            if measuring is not None:
                measuring.cancel()

    def _sample(self) -> None:
        services = self._startup.services
        self._metrics.subscriptions.set(0 if services is None else services.live.subscriptions)
        self._metrics.connections.set(len(self._metrics.open_connections))
        if services is not None:
            self._metrics.note_pool(services.storage.mongo.pool.states)
            sizes = {"documents": DOCUMENTS.size, "rate_limits": services.local_limiter.size}
            self._metrics.note_caches(services.storage.cache_sizes | sizes)

    async def _measure_work(self) -> None:
        if (services := self._startup.services) is None:
            return
        mongodb, redis, broker = await asyncio.gather(
            self._measure_flights(services), self._probes.redis.get(), self._measure_queues(services)
        )
        self._metrics.note_servers({"mongodb": mongodb, "redis": redis, "broker": broker})

    async def _measure_flights(self, services: Services) -> bool:
        """Measure the posts in flight. Return whether MongoDB answers."""
        if not await self._probes.mongodb.get():
            return False
        with suppress(DatabaseError, TimeoutError):
            async with asyncio.timeout(ANSWER_WITHIN_S):
                backlog = await services.storage.feed.ledgers.measure_backlog(limit=MAX_COUNTED_IN_FLIGHT)
            self._metrics.in_flight.set(backlog.posts)
            age = 0.0 if backlog.oldest is None else (datetime.now(UTC) - instant_of(backlog.oldest)).total_seconds()
            self._metrics.oldest_flight.set(max(0.0, age))
        return True

    async def _measure_queues(self, services: Services) -> bool:
        """Measure the queues. Return whether the broker answers."""
        messages = None
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                messages = await services.count_queues()
        except Exception as error:  # each broker has errors of its own
            log.debug("queues.unknown", error=type(error).__name__)
        self._metrics.note_queues(self._queues, messages)
        return messages is not None
