"""Relations: mutes and blocks. One document per kind, read from the side of the reader that it changes something for.

A block is two documents, BLOCK and its mirror BLOCKED_BY, which are written and deleted in one transaction. MongoDB
deletes a mute that has an end, up to a minute after it. A relation counts until it is deleted: what a reader sees is a
function of what is stored, and of no clock.

Reader 0 is reserved for what holds for all readers, such as a suspended account. Nothing writes such a relation yet.
"""

from array import array
from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Collection as Ids
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from domain.pages import PageRequest
from domain.records import Page
from domain.relations import Relation, RelationKind, Standing
from storage.block_cuts import cut_later
from storage.follows import Follows
from storage.indexes import RELATIONS_LIST, RELATIONS_OF_READER
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Document, Mongo
from storage.readers import Readers
from storage.viewpoints import Viewpoints

CHUNK = 1_000  # accounts that one command asks for

Write = Callable[[ClientSession], Awaitable[bool]]


class Relations:
    def __init__(
        self, mongo: Mongo, ids: IdGenerator, readers: Readers, follows: Follows, viewpoints: Viewpoints
    ) -> None:
        self._mongo = mongo
        self._ids = ids
        self._readers = readers
        self._relations = mongo.collection("relations")
        self._viewpoints = viewpoints
        self._follows = follows

    # -- changes ------------------------------------------------------------------------------------------------------

    async def mute(self, reader: int, other: int, *, until: datetime | None) -> bool:
        """Mute the account until then, or for good. Return whether this changes anything, such as another end."""
        change: Document = {"$unset": {"until": ""}} if until is None else {"$set": {"until": until}}

        async def write(session: ClientSession) -> bool:
            return await self._upsert(reader, other, RelationKind.MUTE, change, session)

        return await self._change([reader], write)

    async def unmute(self, reader: int, other: int) -> bool:
        """Return whether the account was muted."""
        deleted = await self._relations.delete_one(_key(reader, other, RelationKind.MUTE))
        return deleted.deleted_count == 1

    async def block(self, reader: int, other: int) -> bool:
        """Block the account, and return whether it was not blocked before.

        No edge is deleted here. The block is noted, so that a sweep deletes edges that the caller leaves.
        """

        async def write(session: ClientSession) -> bool:
            is_new = await self._upsert(reader, other, RelationKind.BLOCK, {"$setOnInsert": cut_later()}, session)
            return await self._upsert(other, reader, RelationKind.BLOCKED_BY, {}, session) or is_new

        return await self._change([reader, other], write)

    async def unblock(self, reader: int, other: int) -> bool:
        """Return whether the account was blocked."""

        async def delete(session: ClientSession) -> bool:
            block, mirror = _key(reader, other, RelationKind.BLOCK), _key(other, reader, RelationKind.BLOCKED_BY)
            was_blocked = (await self._relations.delete_one(block, session=session)).deleted_count == 1
            await self._relations.delete_one(mirror, session=session)
            return was_blocked

        return await self._mongo.transaction(delete)

    async def delete_edge(self, reader: int, other: int, *, follower: int, followee: int) -> bool:
        """Delete an edge between the two accounts, if the reader still blocks the other. Return whether there was one.

        In one transaction: an edge that was made after the end of the block stays.
        """

        async def delete(session: ClientSession) -> bool:
            block = _key(reader, other, RelationKind.BLOCK)
            if await self._relations.find_one(block, {"_id": 1}, session=session) is None:
                return False
            return await self._follows.delete_edge(follower=follower, followee=followee, within=session)

        return await self._mongo.transaction(delete)

    async def _change(self, readers: Ids[int], write: Write) -> bool:
        """Run the write in one transaction with the hint on the readers' accounts."""

        async def work(session: ClientSession) -> bool:
            has_changed = await write(session)
            if has_changed:
                await self._readers.note_relations(readers, within=session)
            return has_changed

        while True:
            try:
                return await self._mongo.transaction(work)
            except DuplicateKeyError:
                continue  # another relation has the drawn id, or another process has just inserted this relation

    async def _upsert(
        self, reader: int, other: int, kind: RelationKind, change: Document, session: ClientSession
    ) -> bool:
        inserted = change.get("$setOnInsert", {}) | {"_id": self._ids.draw()}
        key = _key(reader, other, kind)
        update = change | {"$setOnInsert": inserted}
        done = await self._relations.update_one(key, update, upsert=True, session=session)
        return done.upserted_id is not None or done.modified_count == 1

    # -- reads --------------------------------------------------------------------------------------------------------

    async def is_barred(self, reader: int, other: int) -> bool:
        """Return whether one of the two accounts has blocked the other."""
        return (await self._viewpoints.read_relations(reader, [other])).is_barred(other)

    async def standings(self, reader: int, accounts: Ids[int]) -> dict[int, Standing]:
        """Return how the reader stands to each of the accounts to which it has a relation."""
        found: dict[int, list[Relation]] = {}
        for document in await self._with(reader, accounts, {"other": 1, "kind": 1, "until": 1}):
            found.setdefault(document["other"], []).append(_to_relation(document))
        return {other: _to_standing(relations) for other, relations in found.items()}

    async def wanted_among(self, viewer: int, followees: Sequence[int]) -> "array[int]":
        """Return those of the followees whose own posts come to the viewer's feed, in their order."""
        if not followees or not await self._readers.has_relations(viewer):
            return array("q", followees)
        wanted = array("q")
        for place in range(0, len(followees), CHUNK):
            some = followees[place : place + CHUNK]
            view = await self._viewpoints.read(viewer, some)
            wanted.extend(followee for followee in some if view.wants(followee))
        return wanted

    async def first_mute_end(self, reader: int) -> datetime | None:
        """Return when the first of the reader's mutes ends that has an end. It may have passed. None without any."""
        query = {"reader": reader, "kind": RelationKind.MUTE.value, "until": {"$exists": True}}
        first = self._relations.find(query, {"until": 1}).hint(RELATIONS_LIST).sort("until", 1).limit(1)
        return next((mute["until"] for mute in await first.to_list(1)), None)

    async def list_others(self, reader: int, kind: RelationKind, request: PageRequest) -> Page[Relation]:
        """Return the reader's relations of the kind, the latest first."""
        query = {"reader": reader, "kind": kind.value, "_id": {"$lt": request.before}}
        latest = self._relations.find(query).hint(RELATIONS_LIST).sort("_id", -1).limit(request.first + 1)
        found = [_to_relation(document) async for document in latest]
        return Page(found[: request.first], has_next=len(found) > request.first)

    async def _with(self, reader: int, accounts: Ids[int], fields: Document) -> list[Document]:
        query = {"reader": reader, "other": {"$in": list(accounts)}}
        return [document async for document in self._relations.find(query, fields).hint(RELATIONS_OF_READER)]


def _key(reader: int, other: int, kind: RelationKind) -> Document:
    return {"reader": reader, "other": other, "kind": kind.value}


def _to_relation(document: Document) -> Relation:
    return Relation(
        id=document["_id"],
        other=document["other"],
        kind=RelationKind(document["kind"]),
        until=document.get("until"),
    )


def _to_standing(relations: Sequence[Relation]) -> Standing:
    by_kind = {relation.kind: relation for relation in relations}
    mute = by_kind.get(RelationKind.MUTE)
    return Standing(
        is_muted=mute is not None,
        muted_until=mute.until if mute else None,
        has_blocked=RelationKind.BLOCK in by_kind,
        is_blocked_by=RelationKind.BLOCKED_BY in by_kind,
    )
