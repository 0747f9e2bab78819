"""Follow edges with their options, and lists of followers and followees."""

from array import array
from collections.abc import Collection as Ids

from pymongo.errors import DuplicateKeyError

from domain.ids import first_id_of_day
from domain.pages import MAX_COUNTED, PageRequest
from domain.records import Follow, Page
from domain.visibility import FollowOptions
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Document, Mongo, is_duplicate_of
from storage.readers import Readers
from storage.viewpoints import EDGE, to_options

ENDS = {"follower": 1, "followee": 1}


class Follows:
    def __init__(self, mongo: Mongo, ids: IdGenerator, readers: Readers) -> None:
        self._mongo = mongo
        self._follows = mongo.collection("follows")
        self._ids = ids
        self._readers = readers

    async def insert_edge(self, *, follower: int, followee: int, push_from: int) -> int | None:
        """Insert an edge and return its id. None if the edge exists already."""
        while True:
            number = self._ids.draw()
            edge = new_edge(number, follower=follower, followee=followee, push_from=push_from)
            try:
                await self._follows.insert_one(edge)
            except DuplicateKeyError as error:
                if is_duplicate_of(error, "followee"):
                    return None
                continue  # another edge has this id
            return number

    async def delete_edge(self, *, follower: int, followee: int, within: ClientSession | None = None) -> bool:
        """Delete the edge and return whether it existed. Its entries are stale afterwards; reads skip them."""
        edge = {"follower": follower, "followee": followee}
        return (await self._follows.delete_one(edge, session=within)).deleted_count == 1

    async def take_back(self, edge: int) -> bool:
        """Delete the edge with this id. Return False if another process has deleted it."""
        return (await self._follows.delete_one({"_id": edge})).deleted_count == 1

    async def find_edge(self, *, follower: int, followee: int) -> Follow | None:
        edge = await self._follows.find_one({"follower": follower, "followee": followee}, ENDS)
        return to_follow(edge) if edge else None

    async def all_followees(self, follower: int) -> "array[int]":
        """Return the ids of all followees in ascending order, eight bytes each."""
        edges = self._follows.find({"follower": follower}, {"followee": 1, "_id": 0})
        covering = edges.hint([("follower", 1), ("followee", 1)])
        return array("q", [edge["followee"] async for edge in covering])

    async def followees_among(self, follower: int, users: Ids[int]) -> set[int]:
        """Return the users that the follower follows."""
        edges = self._follows.find({"follower": follower, "followee": {"$in": list(users)}}, {"followee": 1, "_id": 0})
        return {edge["followee"] async for edge in edges}

    async def followers_among(self, followee: int, users: Ids[int]) -> set[int]:
        """Return the users that follow the followee."""
        edges = self._follows.find({"follower": {"$in": list(users)}, "followee": followee}, {"follower": 1, "_id": 0})
        return {edge["follower"] async for edge in edges}

    async def followers_of_each(self, followees: Ids[int], users: Ids[int]) -> dict[int, set[int]]:
        """Return for each followee those of the users that follow it. Reads one key of an index for each pair."""
        followers: dict[int, set[int]] = {followee: set() for followee in followees}
        pairs = {"follower": {"$in": list(users)}, "followee": {"$in": list(followees)}}
        edges = self._follows.find(pairs, {"_id": 0, **ENDS}).hint([("follower", 1), ("followee", 1)])
        async for edge in edges:
            followers[edge["followee"]].add(edge["follower"])
        return followers

    # -- options ------------------------------------------------------------------------------------------------------

    async def set_options(
        self, *, follower: int, followee: int, shows_reposts: bool | None = None, is_in_feed: bool | None = None
    ) -> tuple[FollowOptions, FollowOptions] | None:
        """Set those options of the edge that are not None, and return the options before and after.

        None if there is no edge. Options end with their edge.
        """
        given = {"hides_reposts": shows_reposts, "out_of_feed": is_in_feed}
        change: Document = {
            "$set": {name: True for name, is_default in given.items() if is_default is False},
            "$unset": {name: "" for name, is_default in given.items() if is_default},
        }

        async def update(session: ClientSession) -> tuple[FollowOptions, FollowOptions] | None:
            key = {"follower": follower, "followee": followee}
            found = await self._follows.find_one_and_update(key, change, EDGE, session=session)
            if found is None:
                return None
            if change["$set"]:
                await self._readers.note_relations([follower], within=session)
            before = to_options(found)
            after = FollowOptions(
                shows_reposts=before.shows_reposts if shows_reposts is None else shows_reposts,
                is_in_feed=before.is_in_feed if is_in_feed is None else is_in_feed,
            )
            return before, after

        return await self._mongo.transaction(update)

    async def options_among(self, follower: int, users: Ids[int]) -> dict[int, FollowOptions]:
        """Return the options of the edges to those of the users that the follower follows."""
        edges = self._follows.find({"follower": follower, "followee": {"$in": list(users)}}, EDGE)
        return {edge["followee"]: to_options(edge) async for edge in edges}

    # -- lists --------------------------------------------------------------------------------------------------------

    async def followers(self, user: int, request: PageRequest) -> Page[Follow]:
        """Return the edges to the user, the latest first."""
        return await self._list("followee", user, request)

    async def followees(self, user: int, request: PageRequest) -> Page[Follow]:
        """Return the edges from the user, the latest first."""
        return await self._list("follower", user, request)

    async def count_followers(self, user: int) -> int:
        """Return how many accounts follow the user, at most MAX_COUNTED. Reads one key of an index for each."""
        return await self._count("followee", user)

    async def count_followees(self, user: int) -> int:
        """Return how many accounts the user follows, at most MAX_COUNTED. Reads one key of an index for each."""
        return await self._count("follower", user)

    async def _count(self, end: str, user: int) -> int:
        return await self._follows.count_documents({end: user}, limit=MAX_COUNTED, hint=[(end, 1), ("_id", -1)])

    async def _list(self, end: str, user: int, request: PageRequest) -> Page[Follow]:
        cursor = self._follows.find({end: user, "_id": {"$lt": request.before}}, ENDS)
        # Without the hint, the server may read all edges of the user by another index and sort them.
        latest = cursor.hint([(end, 1), ("_id", -1)]).sort("_id", -1).limit(request.first + 1)
        found = [to_follow(edge) async for edge in latest]
        return Page(found[: request.first], has_next=len(found) > request.first)


def new_edge(number: int, *, follower: int, followee: int, push_from: int) -> Document:
    """Return an edge. It notifies the followee, on the day of its id."""
    day = first_id_of_day(number)
    return {"_id": number, "follower": follower, "followee": followee, "push_from": push_from, "day": day}


def to_follow(edge: Document) -> Follow:
    return Follow(id=edge["_id"], follower=edge["follower"], followee=edge["followee"])
