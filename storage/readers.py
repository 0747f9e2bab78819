"""An account as a reader: the floor of its feed, how far it has read, and whether it is dormant."""

from collections.abc import Collection as Ids
from datetime import UTC, datetime

from cachetools import TTLCache
from pymongo import ReturnDocument

from storage.mongo import ClientSession, Mongo

NOTED_AGAIN_AFTER_S = 3600
MAX_NOTED = 100_000


class Readers:
    def __init__(self, mongo: Mongo) -> None:
        self._users = mongo.collection("users")
        self._noted = TTLCache[int, None](MAX_NOTED, NOTED_AGAIN_AFTER_S)

    # -- the floor ----------------------------------------------------------------------------------------------------

    async def floor(self, reader: int, *, session: ClientSession | None = None) -> int:
        found = await self._users.find_one({"_id": reader}, {"floor": 1}, session=session)
        return int(found.get("floor", 0)) if found else 0

    async def limits(self, reader: int, *, session: ClientSession) -> tuple[int, bool]:
        """Return the floor, and whether the reader may have relations or options of follows."""
        found = await self._users.find_one({"_id": reader}, {"floor": 1, "has_relations": 1}, session=session)
        return (int(found.get("floor", 0)), bool(found.get("has_relations"))) if found else (0, False)

    async def raise_floor(self, reader: int, floor: int) -> None:
        """Raise the floor. A lower value changes nothing, so trims may run in any order."""
        await self._users.update_one({"_id": reader}, {"$max": {"floor": floor}})

    # -- the feed position --------------------------------------------------------------------------------------------

    async def feed_position(self, reader: int) -> int | None:
        """Return the id of the event up to which the reader has read its feed. None if it has never said so."""
        found = await self._users.find_one({"_id": reader}, {"feed_position": 1})
        return None if found is None else found.get("feed_position")

    async def raise_feed_position(self, reader: int, event: int) -> int:
        """Raise the position and return it. It only rises, so that devices may tell theirs in any order."""
        raised = await self._users.find_one_and_update(
            {"_id": reader},
            {"$max": {"feed_position": event}},
            {"feed_position": 1},
            return_document=ReturnDocument.AFTER,
        )
        return event if raised is None else int(raised["feed_position"])

    # -- relations ----------------------------------------------------------------------------------------------------

    async def has_relations(self, reader: int) -> bool:
        """Return whether the reader may have relations or options of follows. False if there have never been any."""
        return await self._users.find_one({"_id": reader, "has_relations": True}, {"_id": 1}) is not None

    async def note_relations(self, readers: Ids[int], *, within: ClientSession) -> None:
        """Note that the readers may have relations or options, in the transaction that writes the first of them."""
        for reader in readers:
            unnoted = {"_id": reader, "has_relations": {"$ne": True}}
            await self._users.update_one(unnoted, {"$set": {"has_relations": True}}, session=within)

    # -- dormancy -----------------------------------------------------------------------------------------------------

    async def note_read(self, reader: int) -> bool:
        """Record the time of a read, at most once an hour and process. Return whether it woke a dormant reader."""
        if reader in self._noted:
            return False
        # The order matters: an awake reader with an old `last_read_at` would be made dormant again.
        await self._users.update_one({"_id": reader}, {"$set": {"last_read_at": datetime.now(UTC)}})
        woken = await self.wake(reader)
        self._noted[reader] = None
        return woken

    async def wake(self, reader: int) -> bool:
        """Wake the reader and return whether it was dormant. The caller moves its edges."""
        woken = await self._users.update_one(
            {"_id": reader, "is_dormant": True},
            {"$set": {"is_dormant": False, "waking": True}, "$unset": {"sleeping": ""}},
        )
        return woken.modified_count == 1

    async def mark_waking(self, reader: int) -> None:
        """Mark an awake reader as one whose edges must be moved."""
        await self._users.update_one({"_id": reader, "is_dormant": False}, {"$set": {"waking": True}})

    async def make_dormant(self, reader: int, *, silent_since: datetime) -> bool:
        """Make a silent reader dormant.

        Return whether it is dormant, also if it was before. The caller moves its edges.
        """
        silent = {"_id": reader, "is_dormant": False, "last_read_at": {"$lt": silent_since}}
        slept = await self._users.update_one(
            silent, {"$set": {"is_dormant": True, "sleeping": True}, "$unset": {"waking": ""}}
        )
        return slept.modified_count == 1 or bool(await self.dormant_among([reader]))

    async def dormant_among(self, readers: Ids[int]) -> set[int]:
        dormant = self._users.find({"_id": {"$in": list(readers)}, "is_dormant": True}, {"_id": 1})
        return {reader["_id"] async for reader in dormant}

    async def find_silent(self, *, since: datetime, limit: int) -> list[int]:
        """Return awake readers whose last read was before `since`."""
        silent = self._users.find({"is_dormant": False, "last_read_at": {"$lt": since}}, {"_id": 1})
        return [reader["_id"] async for reader in silent.limit(limit)]

    async def finish_sleeping(self, reader: int) -> None:
        await self._users.update_one({"_id": reader, "is_dormant": True}, {"$unset": {"sleeping": ""}})

    async def find_sleeping(self, *, limit: int) -> list[int]:
        """Return dormant readers whose edges must still be moved."""
        return [reader["_id"] async for reader in self._users.find({"sleeping": True}, {"_id": 1}).limit(limit)]

    async def find_waking(self, *, limit: int) -> list[int]:
        """Return awake readers whose edges must still be moved."""
        return [reader["_id"] async for reader in self._users.find({"waking": True}, {"_id": 1}).limit(limit)]

    async def finish_waking(self, reader: int) -> None:
        await self._users.update_one({"_id": reader, "is_dormant": False}, {"$unset": {"waking": ""}})
