"""Asks MongoDB and Redis whether they answer, at most once per ANSWER_FRESH_FOR_S for any number of callers."""

import asyncio

from serving.coalescing import Coalesced
from serving.startup import Startup
from storage import DatabaseError

ANSWER_WITHIN_S = 2.0
ANSWER_FRESH_FOR_S = 0.5


class Probes:
    def __init__(self, startup: Startup) -> None:
        self._startup = startup
        self.mongodb = Coalesced(self._mongodb_answers, fresh_for_s=ANSWER_FRESH_FOR_S)
        self.redis = Coalesced(self._redis_answers, fresh_for_s=ANSWER_FRESH_FOR_S)

    async def _redis_answers(self) -> bool:
        services = self._startup.services
        return services is not None and await services.storage.redis.is_reachable()

    async def _mongodb_answers(self) -> bool:
        """Return whether MongoDB answers, and has done all that the start needs."""
        if (services := self._startup.prepared_services) is None:
            return False
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await services.storage.mongo.ping()
        except (DatabaseError, TimeoutError):
            return False
        return True
