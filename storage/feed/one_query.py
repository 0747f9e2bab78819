"""Reads the rows of the first part of a page in one command, which joins the sources of `storage.feed.by_source`.

Commands cost this process more than their work costs the server: one command with seven joins takes a quarter of the
CPU time of six commands. It reads the range [low, high). From the newest end, `low` is the oldest of a page of entries,
or the floor:

    rows(v) in [low, high) =  posts of the entries(v) in it, whose author v follows
                            ∪ posts of the accounts that v follows and that are pulled or have something in flight

An account with a post in flight is pulled: all its posts in the range are read. They belong to the feed, since v
follows the account. So the query asks for accounts in flight (storage.feed.in_flight), not for posts. A range that
begins below the floor reaches to the end of history, and all followees are pulled. If as many pulled posts were found
as were asked for, `low` rises to the oldest of them.

From the oldest end, it is the same with the ends exchanged: `high` is above the newest of a page of entries, and falls
to the newest pulled post. A range that begins below the floor reaches to the floor.

Each join is bounded. If a bound is exceeded, there is no result, and the caller reads the sources one by one.
"""

from dataclasses import dataclass

from domain.pages import ReadOrder
from storage.feed.entries import keys_between
from storage.feed.in_flight import among_accounts, among_followees
from storage.feed.joins import followees, join
from storage.feed.rows import FeedRange, ids_of, in_order
from storage.feed.spans import Span
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.post_documents import FEED_ROW

SLACK = 5  # additional entries to read, since some may be stale


@dataclass(frozen=True, slots=True)
class Top:
    """The first range of a page, and the reader's floor."""

    part: FeedRange
    floor: int


class FeedInOneQuery:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        # Whether the last page found a backlog. This is only a hint for the order of the two queries: all requests
        # share it, and a wrong value costs one more command.
        self._had_backlog = False

    async def read(
        self, reader: int, span: Span, order: ReadOrder, *, wanted: int, snapshot: ClientSession
    ) -> Top | None:
        """Return the first part of the page. From the newest end it may go on below the span.

        None if a bound is exceeded, if an entry has the old format without its post, or if the reader does not exist.
        """
        range_of = _newest_range if order is ReadOrder.NEWEST_FIRST else _oldest_range
        sides = (among_followees, among_accounts) if self._had_backlog else (among_accounts, among_followees)
        for side in sides:
            joins = _joins(reader, range_of(reader, span, wanted + SLACK), order, wanted, side(reader))
            joined = await self._mongo.aggregate(self._users, joins, session=snapshot)
            if not joined:
                return None
            (found,) = joined
            self._had_backlog = found["is_backlog"]
            if found["is_within_bounds"]:
                return _to_top(found, span, order, wanted)
            if found["is_known"]:
                return None  # another bound is exceeded, which the other query shares
        return None


def _to_top(found: Document, span: Span, order: ReadOrder, wanted: int) -> Top:
    followed = {*found["followees"], *(row["author"] for row in found["pulled"])}
    read = Span(found["end"], span.high) if order is ReadOrder.NEWEST_FIRST else Span(span.low, found["end"])
    complete = read.complete_for(ids_of(found["pulled"]), _pulled_limit(wanted), order)
    rows = [*found["pulled"], *(row for row in found["delivered"] if row["author"] in followed)]
    return Top(FeedRange(in_order(rows, complete, order), complete, followed, found["has_relations"]), found["floor"])


@dataclass(frozen=True, slots=True)
class _Range:
    """The stages that read the entries and compute the `end` of the range, and the condition on its posts."""

    stages: list[Document]
    posts: Document


def _joins(reader: int, of: _Range, order: ReadOrder, wanted: int, in_flight: list[Document]) -> list[Document]:
    shown = (
        "floor",
        "has_relations",
        "end",
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
        *of.stages,
        *in_flight,
        *_authors(reader),
        *_posts(reader, of.posts, order, wanted),
        {"$project": dict.fromkeys(shown, 1)},
    ]


def _newest_range(reader: int, span: Span, most: int) -> _Range:
    """Return the range from the highest id of the span on. Edges are pulled above the watermark `pushed_until`."""
    is_below_floor = {"$lte": [span.high, "$floor"]}
    is_full = {"$eq": [{"$size": "$entries"}, most]}
    oldest = {"$max": [{"$last": "$entries.post"}, "$floor"]}
    stages = [
        _entries(keys_between(reader, 0, span.high), ReadOrder.NEWEST_FIRST, most),
        {"$set": {"end": {"$cond": [is_below_floor, 0, {"$cond": [is_full, oldest, "$floor"]}]}}},
        {"$set": {"pushed_until": {"$cond": [is_below_floor, -1, "$end"]}}},
    ]
    return _Range(stages, {"_id": {"$lt": span.high}, "$expr": {"$gte": ["$_id", "$$end"]}})


def _oldest_range(reader: int, span: Span, most: int) -> _Range:
    """Return the range from the lowest id of the span on."""
    is_below_floor = {"$lt": [span.low, "$floor"]}
    is_full = {"$eq": [{"$size": "$entries"}, most]}
    above_newest = {"$add": [{"$last": "$entries.post"}, 1]}
    above_floor = {"$cond": [is_full, above_newest, span.high]}
    stages = [
        _entries(keys_between(reader, span.low, span.high), ReadOrder.OLDEST_FIRST, most),
        {"$set": {"end": {"$cond": [is_below_floor, {"$min": ["$floor", span.high]}, above_floor]}}},
        {"$set": {"pushed_until": {"$cond": [is_below_floor, -1, span.low]}}},
    ]
    return _Range(stages, {"_id": {"$gte": span.low}, "$expr": {"$lt": ["$_id", "$$end"]}})


def _entries(keys: Document, order: ReadOrder, most: int) -> Document:
    return join(
        "entries",
        "feeds",
        {"$match": {"_id": keys}},
        {"$sort": {"_id": order.value}},
        {"$limit": most},
        {"$project": {"_id": 0, "post": 1}},
    )


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


def _posts(reader: int, within: Document, order: ReadOrder, wanted: int) -> list[Document]:
    """Return the stages that read the pulled posts, the posts of the entries, and the followees among their authors and
    among the accounts that all of them answer.
    """
    return [
        join(
            "pulled",
            "posts",
            {"$match": within},
            {"$sort": {"_id": order.value}},
            {"$limit": _pulled_limit(wanted)},
            {"$project": FEED_ROW},
            on=("authors", "author"),
            let={"end": "$end"},
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
