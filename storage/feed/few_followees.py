"""The query for a reader with up to MAX_MERGED_RANGES followees: one list of all its edges takes the place of three
joins.

A join costs the server as much as reading ten posts, also if it finds nothing. So the posts of pulled accounts are
joined only if the caller expects any. If there are `authors` to pull after all, the caller asks again.
"""

from functools import lru_cache

from bson.raw_bson import RawBSONDocument

from domain.pages import ReadOrder
from storage.feed import in_flight
from storage.feed.entry_range import end_of_range, entries_of, reader_of
from storage.feed.feed_query import FeedQuery, delivered, pulled, shown, within_bounds
from storage.feed.joins import encoded, join
from storage.mongo import MAX_MERGED_RANGES, Document, Stage

KEPT = 64  # lists of encoded stages


def of_few_followees(query: FeedQuery, *, is_backlog: bool, pulls: bool) -> list[Stage]:
    """Return the stages. `pulls`: join the posts of the `authors`.

    The row says whether there are `too_many_edges`. It has the authors, so that the caller sees if there are any.
    """
    at_most = MAX_MERGED_RANGES
    bounds = (in_flight.ACCOUNTS, in_flight.FOLLOWEES, in_flight.FEW, at_most)
    return [
        *reader_of(query.reader, query.span),
        entries_of(query.reader, query.span, query.order, most=query.most),
        _edges(query.reader, at_most),
        *_unchanging(query.order, query.most, is_backlog, bounds),
        *([pulled(query)] if pulls else []),
        *_last(pulls),
    ]


def _edges(reader: int, at_most: int) -> Document:
    return join(
        "edges",
        "follows",
        {"$match": {"follower": reader}},
        {"$sort": {"push_from": -1}},  # makes the server use the index that has all three fields
        {"$limit": at_most + 1},
        {"$project": {"_id": 0, "followee": 1, "push_from": 1}},
    )


@lru_cache(KEPT)
def _unchanging(
    order: ReadOrder, most: int, is_backlog: bool, bounds: tuple[int, int, int, int]
) -> tuple[RawBSONDocument, ...]:
    """Return the stages that are the same for all readers and spans. Building them takes longer than sending them."""
    is_pulled = {"$filter": {"input": "$edges", "cond": {"$gt": ["$$this.push_from", "$pushed_until"]}}}
    followees_pulled = {"$map": {"input": is_pulled, "in": "$$this.followee"}}
    *_, at_most = bounds
    return encoded(
        [
            *end_of_range(order, most=most),
            *(in_flight.among_edges() if is_backlog else in_flight.among_accounts_of_edges()),
            {"$set": {"authors": {"$setUnion": ["$followed_in_flight", followees_pulled]}}},
            {"$set": {"too_many_edges": {"$gt": [{"$size": "$edges"}, at_most]}}},
            *within_bounds([{"$not": "$too_many_edges"}]),
            delivered(),
        ]
    )


@lru_cache(KEPT)
def _last(pulls: bool) -> tuple[RawBSONDocument, ...]:
    named = ("authors", "too_many_edges", *(("pulled",) if pulls else ()))
    return encoded([{"$set": {"followees": "$edges.followee"}}, shown(*named)])
