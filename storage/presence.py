"""The web processes that are alive. Each writes a row every few seconds, with the time of MongoDB's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pymongo import WriteConcern

from storage.data_version import FIRST, LATEST
from storage.mongo import Document, Mongo

PRESENCE_TTL_S = 60
FRESH_S = 30  # a process that lives writes a heartbeat every ten seconds
MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPresence:
    """A web process at its last heartbeat.

    `beats` is the number of heartbeats. `age_s` and `beat_age_s` are the seconds since the first and the last of them.
    `lag_s` is how far the clock of the process is behind that of MongoDB, in seconds. It is negative if it is ahead.
    """

    process: str
    place: str
    redis: str
    beats: int
    age_s: float
    beat_age_s: float
    lag_s: float


class Presence:
    def __init__(self, mongo: Mongo) -> None:
        # A fail-over may lose a heartbeat. The next one follows soon.
        self._presence = mongo.collection("presence").with_options(write_concern=WriteConcern(w=1))

    async def beat(self, process: str, *, place: str, redis: str) -> Mapping[str, ProcessPresence]:
        """Write a heartbeat. Return the processes with a heartbeat in the last minute or two, by name.

        `place` is host and process id, for log lines. `redis` is the run id of the Redis server that the process uses.
        """
        told = {"place": place, "redis": redis, "clock": datetime.now(UTC), "data_version": LATEST}
        await self._presence.update_one(
            {"_id": process},
            [{"$set": {**told, "at": "$$NOW", "began": {"$ifNull": ["$began", "$$NOW"]}, "beats": _ONE_MORE}}],
            upsert=True,
        )
        rows = {row["_id"]: row async for row in self._presence.find({}).limit(MOST)}
        now = rows[process]["at"] if process in rows else datetime.now(UTC)
        return {name: _to_present(row, now) for name, row in rows.items()}

    async def find_older(self, version: int) -> list[str]:
        """Return the places of live processes whose program does not know data of the version."""
        is_fresh = {"$expr": {"$gt": ["$at", {"$subtract": ["$$NOW", FRESH_S * 1_000]}]}}
        rows = self._presence.find(is_fresh).limit(MOST)
        return sorted([row["place"] async for row in rows if row.get("data_version", FIRST) < version])

    async def remove(self, process: str) -> None:
        await self._presence.delete_one({"_id": process})


_ONE_MORE = {"$add": [{"$ifNull": ["$beats", 0]}, 1]}


def _to_present(row: Document, now: datetime) -> ProcessPresence:
    return ProcessPresence(
        process=row["_id"],
        place=row["place"],
        redis=row["redis"],
        beats=row["beats"],
        age_s=(now - row["began"]).total_seconds(),
        beat_age_s=(now - row["at"]).total_seconds(),
        lag_s=(row["at"] - row["clock"]).total_seconds(),
    )
