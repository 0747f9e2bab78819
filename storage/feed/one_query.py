"""The top of a page in one command: the sources of `storage.feed.by_source`, joined by the server.

A command costs this process more than the work in it costs the server: one of seven joins takes a quarter of the
processor's time that six commands take. It reads the range [low, below), where `low` is the oldest of a page of entries
or the floor:

    feed(v) in [low, below) =  posts of the entries(v) in it, whose author v follows
                             ∪ posts of the accounts that v follows and that are pulled or have something in flight

An account with anything in flight is pulled whole: every post of an account that v follows belongs to the feed. So
accounts in flight are what is asked for (storage.in_flight), however many posts of theirs are in flight. A range that
begins below the floor reaches to the end of history, and everybody is pulled.

Each join is bounded. Beyond its bounds there is no answer here, and the sources are read one by one.
"""

from dataclasses import dataclass

from domain.records import Post
from storage.feed.entries import keys_between
from storage.feed.in_flight import among_accounts, among_followees
from storage.feed.joins import followees, join
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.posts import READABLE, to_post

SLACK = 5  # entries read beyond a page, since some may be stale


@dataclass(frozen=True, slots=True)
class FeedRange:
    """All posts of the feed in [low, …), newest first; or as many as were wanted, and perhaps more."""

    posts: list[Post]
    low: int
    floor: int


class FeedInOneQuery:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        self._had_backlog = False  # as the last page found it: it says from which side to look first, and no more

    async def newest(self, reader: int, *, below: int, wanted: int, snapshot: ClientSession) -> FeedRange | None:
        """None beyond the bounds, where an entry is of the time before entries held their post, and for nobody."""
        sides = (among_followees, among_accounts) if self._had_backlog else (among_accounts, among_followees)
        for side in sides:
            joins = _joins(reader, below, wanted, side(reader))
            joined = await self._mongo.aggregate(self._users, joins, session=snapshot)
            if not joined:
                return None
            (found,) = joined
            self._had_backlog = found["is_backlog"]
            if found["is_within_bounds"]:
                return _to_range(found)
            if found["is_known"]:
                return None  # beyond other bounds, which are the same from the other side
        return None


def _to_range(found: Document) -> FeedRange:
    followed = set(found["followees"])
    posts = {post["_id"]: post for post in found["pulled"]}
    posts |= {post["_id"]: post for post in found["delivered"] if post["author"] in followed}
    newest = sorted((number for number in posts if number >= found["low"]), reverse=True)
    return FeedRange([to_post(posts[number]) for number in newest], low=found["low"], floor=found["floor"])


def _joins(reader: int, below: int, wanted: int, in_flight: list[Document]) -> list[Document]:
    shown = ("floor", "low", "is_known", "is_backlog", "is_within_bounds", "pulled", "delivered", "followees")
    return [
        {"$match": {"_id": reader}},
        {"$project": {"floor": {"$ifNull": ["$floor", 0]}}},
        *_range(reader, below, wanted + SLACK),
        *in_flight,
        *_authors(reader),
        *_posts(reader, below, wanted),
        {"$project": dict.fromkeys(shown, 1)},
    ]


def _range(reader: int, below: int, most: int) -> list[Document]:
    """The entries, where their range ends, and the watermark above which an edge is pulled in it."""
    is_below_floor = {"$lte": [below, "$floor"]}
    is_full = {"$eq": [{"$size": "$entries"}, most]}
    oldest = {"$max": [{"$last": "$entries.post"}, "$floor"]}
    return [
        join(
            "entries",
            "feeds",
            {"$match": {"_id": keys_between(reader, 0, below)}},
            {"$sort": {"_id": -1}},
            {"$limit": most},
            {"$project": {"_id": 0, "post": 1}},
        ),
        {"$set": {"low": {"$cond": [is_below_floor, 0, {"$cond": [is_full, oldest, "$floor"]}]}}},
        {"$set": {"pushed_until": {"$cond": [is_below_floor, -1, "$low"]}}},
    ]


def _authors(reader: int) -> list[Document]:
    """Whom the reader follows and who is pulled in the range or in flight; nobody beyond the bounds."""
    is_within_bounds = {
        "$and": [
            {"$eq": [{"$size": "$entries.post"}, {"$size": "$entries"}]},
            "$is_known",
            {"$lte": [{"$size": "$authors"}, MAX_MERGED_RANGES]},
        ]
    }
    return [
        join(
            "edges_pulled",
            "follows",
            {"$match": {"follower": reader, "$expr": {"$gt": ["$push_from", "$$pushed_until"]}}},
            {"$sort": {"push_from": -1}},  # for the sake of the index that has this order
            {"$limit": MAX_MERGED_RANGES + 1},
            {"$project": {"_id": 0, "followee": 1}},
            let={"pushed_until": "$pushed_until"},
        ),
        {"$set": {"authors": {"$setUnion": ["$followed_in_flight", "$edges_pulled.followee"]}}},
        {"$set": {"is_within_bounds": is_within_bounds}},
        {"$set": {name: {"$cond": ["$is_within_bounds", f"${name}", []]} for name in ("authors", "entries")}},
    ]


def _posts(reader: int, below: int, wanted: int) -> list[Document]:
    """Those of the authors, those of the entries, and which authors of the latter the reader follows."""
    return [
        join(
            "pulled",
            "posts",
            {"$match": {"_id": {"$lt": below}, "$expr": {"$gte": ["$_id", "$$low"]}}},
            {"$sort": {"_id": -1}},
            {"$limit": wanted},
            {"$project": READABLE},
            on=("authors", "author"),
            let={"low": "$low"},
        ),
        join("delivered", "posts", {"$project": READABLE}, on=("entries.post", "_id")),
        join("edges_delivered", "follows", *followees(reader), on=("delivered.author", "followee")),
        {"$set": {"followees": "$edges_delivered.followee"}},
    ]
