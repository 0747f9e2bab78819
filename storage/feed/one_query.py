"""Reads the rows of a page's newest part in one command, which joins the sources of `storage.feed.by_source`.

Commands cost this process more than their work costs the server: one command with seven joins takes a quarter of the
CPU time of six commands. It reads the range [low, below). `low` is the oldest of a page of entries, or the floor:

    rows(v) in [low, below) =  posts of the entries(v) in it, whose author v follows
                             ∪ posts of the accounts that v follows and that are pulled or have something in flight

An account with a post in flight is pulled: all its posts in the range are read. They belong to the feed, since v
follows the account. So the query asks for accounts in flight (storage.feed.in_flight), not for posts. A range that
begins below the floor reaches to the end of history, and all followees are pulled. If as many pulled posts were found
as were asked for, `low` rises to the oldest of them.

Each join is bounded. If a bound is exceeded, there is no result, and the caller reads the sources one by one.
"""

from dataclasses import dataclass

from storage.feed.entries import keys_between
from storage.feed.in_flight import among_accounts, among_followees
from storage.feed.joins import followees, join
from storage.feed.rows import FeedRange, newest_first, oldest_if_full
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.post_documents import FEED_ROW

SLACK = 5  # additional entries to read, since some may be stale


@dataclass(frozen=True, slots=True)
class Top:
    """The newest range of a page, and the reader's floor."""

    part: FeedRange
    floor: int


class FeedInOneQuery:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        # Whether the last page found a backlog. This is only a hint for the order of the two queries: all requests
        # share it, and a wrong value costs one more command.
        self._had_backlog = False

    async def newest(self, reader: int, *, below: int, wanted: int, snapshot: ClientSession) -> Top | None:
        """Return the newest part of the page.

        None if a bound is exceeded, if an entry has the old format without its post, or if the reader does not exist.
        """
        sides = (among_followees, among_accounts) if self._had_backlog else (among_accounts, among_followees)
        for side in sides:
            joins = _joins(reader, below, wanted, side(reader))
            joined = await self._mongo.aggregate(self._users, joins, session=snapshot)
            if not joined:
                return None
            (found,) = joined
            self._had_backlog = found["is_backlog"]
            if found["is_within_bounds"]:
                return _to_top(found, wanted)
            if found["is_known"]:
                return None  # another bound is exceeded, which the other query shares
        return None


def _to_top(found: Document, wanted: int) -> Top:
    followed = {*found["followees"], *(row["author"] for row in found["pulled"])}
    low = max(found["low"], oldest_if_full(found["pulled"], _pulled_limit(wanted)))
    rows = [*found["pulled"], *(row for row in found["delivered"] if row["author"] in followed)]
    return Top(FeedRange(newest_first(rows, low=low), low, followed, found["has_relations"]), found["floor"])


def _joins(reader: int, below: int, wanted: int, in_flight: list[Document]) -> list[Document]:
    shown = (
        "floor",
        "has_relations",
        "low",
        "is_known",
        "is_backlog",
        "is_within_bounds",
        "pulled",
        "delivered",
        "followees",
    )
    return [
        {"$match": {"_id": reader}},
        {"$project": {"floor": {"$ifNull": ["$floor", 0]}, "has_relations": {"$ifNull": ["$has_relations", False]}}},
        *_range(reader, below, wanted + SLACK),
        *in_flight,
        *_authors(reader),
        *_posts(reader, below, wanted),
        {"$project": dict.fromkeys(shown, 1)},
    ]


def _range(reader: int, below: int, most: int) -> list[Document]:
    """Return the stages that read the entries, and compute `low` and the watermark above which edges are pulled."""
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
    """Return the stages that find the pulled followees and those in flight.

    Their list is empty if a bound is exceeded.
    """
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
            {"$sort": {"push_from": -1}},  # makes the server use the index with this order
            {"$limit": MAX_MERGED_RANGES + 1},
            {"$project": {"_id": 0, "followee": 1}},
            let={"pushed_until": "$pushed_until"},
        ),
        {"$set": {"authors": {"$setUnion": ["$followed_in_flight", "$edges_pulled.followee"]}}},
        {"$set": {"is_within_bounds": is_within_bounds}},
        {"$set": {name: {"$cond": ["$is_within_bounds", f"${name}", []]} for name in ("authors", "entries")}},
    ]


def _posts(reader: int, below: int, wanted: int) -> list[Document]:
    """Return the stages that read the pulled posts, the posts of the entries, and the followees among their authors and
    among the accounts that all of them answer.
    """
    return [
        join(
            "pulled",
            "posts",
            {"$match": {"_id": {"$lt": below}, "$expr": {"$gte": ["$_id", "$$low"]}}},
            {"$sort": {"_id": -1}},
            {"$limit": _pulled_limit(wanted)},
            {"$project": FEED_ROW},
            on=("authors", "author"),
            let={"low": "$low"},
        ),
        join("delivered", "posts", {"$project": FEED_ROW}, on=("entries.post", "_id")),
        {
            "$set": {
                "named": {"$setUnion": ["$delivered.author", "$delivered.reply_to_author", "$pulled.reply_to_author"]}
            }
        },
        join("edges_delivered", "follows", *followees(reader), on=("named", "followee")),
        {"$set": {"followees": "$edges_delivered.followee"}},
    ]


def _pulled_limit(wanted: int) -> int:
    return wanted + SLACK
