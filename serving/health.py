"""The endpoints for operators and their programs: liveness, readiness and metrics."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from serving.coalescing import Coalesced
from serving.http_errors import RETRY_SOON
from serving.middleware.metrics import Metrics
from serving.operators import error_for_stranger
from serving.startup import Startup
from storage import DatabaseError

ANSWER_WITHIN_S = 2.0
ANSWER_FRESH_FOR_S = 0.5
COUNT_FRESH_FOR_S = 5.0
OPEN_COUNTED_EVERY_S = 1.0
MAX_COUNTED_IN_FLIGHT = 100_000

STATE = {True: "ok", False: "unreachable"}


async def healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")


class Health:
    """Probes MongoDB and Redis at most once per ANSWER_FRESH_FOR_S, for any number of requests."""

    def __init__(self, startup: Startup, metrics: Metrics, *, metrics_token: str) -> None:
        self._startup = startup
        self._metrics = metrics
        self._metrics_token = metrics_token
        self._mongodb = Coalesced(self._mongodb_answers, fresh_for_s=ANSWER_FRESH_FOR_S)
        self._redis = Coalesced(self._redis_answers, fresh_for_s=ANSWER_FRESH_FOR_S)
        self._in_flight = Coalesced(self._count_in_flight, fresh_for_s=COUNT_FRESH_FOR_S)

    async def readyz(self, request: Request) -> Response:
        """Report whether requests can be served. For operators, also report which server does not answer."""
        mongodb, redis = await asyncio.gather(self._mongodb.get(), self._redis.get())
        is_stranger = error_for_stranger(request, self._metrics_token) is not None
        content = {"ready": mongodb} if is_stranger else {"mongodb": STATE[mongodb], "redis": STATE[redis]}
        status, headers = (200, None) if mongodb else (503, RETRY_SOON)
        return JSONResponse(content, status_code=status, headers=headers)

    async def show_metrics(self, request: Request) -> Response:
        if error := error_for_stranger(request, self._metrics_token):
            return error.response()
        if (in_flight := await self._in_flight.get()) is not None:
            self._metrics.in_flight.set(in_flight)
        self._count_open()
        return PlainTextResponse(self._metrics.text(), media_type="text/plain; version=0.0.4")

    async def watch_open(self) -> None:
        """Count subscriptions and connections until cancelled, for scrapes that another web process answers."""
        while True:
            self._count_open()
            await asyncio.sleep(OPEN_COUNTED_EVERY_S)

    def _count_open(self) -> None:
        services = self._startup.services
        self._metrics.count_open(subscriptions=0 if services is None else services.live.subscriptions)

    async def _count_in_flight(self) -> int | None:
        """Return the number of posts in flight, or None if MongoDB does not answer."""
        if (services := self._startup.services) is None or not await self._mongodb.get():
            return None
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await services.storage.feed.ledgers.count_in_flight(limit=MAX_COUNTED_IN_FLIGHT)
        except (DatabaseError, TimeoutError):
            return None

    async def _redis_answers(self) -> bool:
        services = self._startup.services
        return services is not None and await services.storage.redis.is_reachable()

    async def _mongodb_answers(self) -> bool:
        if (services := self._startup.prepared_services) is None:
            return False
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await services.storage.mongo.ping()
        except (DatabaseError, TimeoutError):
            return False
        return True
