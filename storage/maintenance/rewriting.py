"""Rewrites the feeds of an older version into small leaf pages. Feeds stay exact at every moment.

1. Create the new collection.
2. Make the server refuse inserts into `feeds`. Fan-outs and fills fail from now on and are repeated by sweeps. Their
   posts stay in flight and their edges FILLING, so reads do not need their entries.
3. Copy the entries in the order of their keys.
4. Rename the new collection to `feeds`, which opens it for inserts.

An entry that is deleted meanwhile may be copied. Entries are a superset of what reads show, so it is only superfluous.

If a run dies, `feeds` still refuses inserts. So the copy is complete up to its highest key, and the next run goes on
from there. If `feeds` takes inserts, a copy that is there may lack entries, and the next run begins anew.
"""

from collections.abc import Callable
from typing import Any

from bson.raw_bson import DEFAULT_RAW_BSON_OPTIONS
from pymongo.errors import BulkWriteError, OperationFailure

from domain.errors import OperatorError
from storage.clustered import FEEDS, SMALL_PAGES, are_pages_small, create_collection, find_collection, in_pages
from storage.feed.entries import key_of
from storage.mongo import Collection, Mongo, committed

COPY = "feeds_rewritten"
REFUSE_INSERTS = {"$expr": False}  # a validator
BATCH = 10_000  # entries
SAY_EVERY = 100  # batches
ANOTHER_RUN = "another `tweeter migrate --feeds` is running, or has ended: run it again to see whether it is done"


class NotRewritten(OperatorError):
    """The server does not allow it. Nothing is changed."""


class Rewriting:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def is_due(self) -> bool:
        """Return whether feeds are stored in pages of the default size."""
        feeds = await find_collection(self._mongo)
        return feeds is not None and not are_pages_small(feeds)

    async def rewrite_feeds(self, *, say: Callable[[str], None]) -> None:
        """Store the feeds in small pages, unless they are. It may be run again after any error.

        Raises:
            NotRewritten: The server refuses pages of another size, or the user may not change collections. Or another
                run has gone on with the copy.
        """
        if not await self.is_due():
            return
        try:
            await self._prepare()
        except OperationFailure as error:
            if not await self._are_inserts_refused():
                await self._mongo.collection(COPY).drop()
            raise NotRewritten(f"MongoDB does not allow to rewrite the feeds: {error}") from None
        begun = await self._pair()
        try:
            await self._copy(say)
        except BulkWriteError:
            raise NotRewritten(ANOTHER_RUN) from None
        # The insert of a run that was overtaken makes a new, incomplete copy.
        if begun != await self._pair():
            raise NotRewritten(ANOTHER_RUN)
        await self._mongo.collection(COPY).rename(FEEDS, dropTarget=True)

    async def _prepare(self) -> None:
        """Create the copy, and refuse inserts into feeds."""
        is_begun = await self._are_inserts_refused()
        copy = await find_collection(self._mongo, COPY)
        if copy is not None and not (is_begun and are_pages_small(copy)):
            await self._mongo.collection(COPY).drop()
        await create_collection(self._mongo, COPY, **in_pages(SMALL_PAGES))
        if not is_begun:
            refuse = {"validator": REFUSE_INSERTS, "validationLevel": "strict", "validationAction": "error"}
            await self._mongo.database.command({"collMod": FEEDS, **refuse, "writeConcern": {"w": "majority"}})
        # A majority has the refusal, and with it all entries that were inserted before.
        await self._mongo.wait_for_majority()

    async def _pair(self) -> list[Any]:
        """Return the UUIDs of the feeds, which refuse inserts, and of the copy.

        Raises:
            NotRewritten: Another run has renamed the copy.
        """
        rows = [await find_collection(self._mongo, name) for name in (FEEDS, COPY)]
        if not await self._are_inserts_refused():
            raise NotRewritten(ANOTHER_RUN)
        return [row and row["info"]["uuid"] for row in rows]

    async def _are_inserts_refused(self) -> bool:
        feeds = await find_collection(self._mongo)
        return feeds is not None and feeds["options"].get("validator") == REFUSE_INSERTS

    async def _copy(self, say: Callable[[str], None]) -> None:
        """Copy the entries above the highest key of the copy."""
        source, copy = (committed(_raw(self._mongo.collection(name))) for name in (FEEDS, COPY))
        total, copied = await source.estimated_document_count(), await copy.estimated_document_count()
        newest = await copy.find({}).sort("_id", -1).limit(1).to_list(1)
        above = {"$gt": newest[0]["_id"]} if newest else {"$gte": key_of(0, 0)}
        batches = 0
        while batch := await source.find({"_id": above}).sort("_id", 1).limit(BATCH).batch_size(BATCH).to_list(BATCH):
            await copy.insert_many(batch, ordered=True)  # a run that dies here has copied a prefix
            above = {"$gt": batch[-1]["_id"]}
            copied, batches = copied + len(batch), batches + 1
            if batches % SAY_EVERY == 0:
                say(f"{copied:,} of about {total:,} entries")


def _raw(collection: Collection) -> Collection:
    """Return the collection with documents that are not decoded."""
    return collection.with_options(codec_options=DEFAULT_RAW_BSON_OPTIONS)  # type: ignore[arg-type]
