"""The first stages of a feed's query: the reader, the entries of a span, and the range that they are complete for."""

from domain.pages import ReadOrder
from storage.feed.entries import keys_between
from storage.feed.joins import join
from storage.feed.spans import Span
from storage.mongo import Document
from storage.session_claims import SessionClaim


def reader_of(reader: int, span: Span, claim: SessionClaim | None) -> list[Document]:
    """Return the stages that read the reader's floor, whether it has relations, and the claimed session, if any.

    They also set the span's ends.
    """
    claimed = [] if claim is None else [join("sessions", "sessions", *claim.steps)]
    return [
        {"$match": {"_id": reader}},
        {
            "$project": {
                "floor": {"$ifNull": ["$floor", 0]},
                "has_relations": {"$ifNull": ["$has_relations", False]},
                "low": {"$literal": span.low},
                "high": {"$literal": span.high},
            }
        },
        *claimed,
    ]


def entries_of(reader: int, span: Span, order: ReadOrder, *, most: int) -> Document:
    """Return the stage that joins the first entries of the span, and of what is below it if the newest come first."""
    low = 0 if order is ReadOrder.NEWEST_FIRST else span.low
    return join(
        "entries",
        "feeds",
        {"$match": {"_id": keys_between(reader, low, span.high)}},
        {"$sort": {"_id": order.value}},
        {"$limit": most},
        {"$project": {"_id": 0, "post": 1}},
    )


def end_of_range(order: ReadOrder, *, most: int) -> list[Document]:
    """Return the stages that set the `end` of the range, and `pushed_until`: edges are pulled above that watermark."""
    is_full = {"$eq": [{"$size": "$entries"}, most]}
    if order is ReadOrder.NEWEST_FIRST:
        is_below_floor = {"$lte": ["$high", "$floor"]}
        oldest = {"$max": [{"$last": "$entries.post"}, "$floor"]}
        return [
            {"$set": {"end": {"$cond": [is_below_floor, 0, {"$cond": [is_full, oldest, "$floor"]}]}}},
            {"$set": {"pushed_until": {"$cond": [is_below_floor, -1, "$end"]}}},
        ]
    is_below_floor = {"$lt": ["$low", "$floor"]}
    above_newest = {"$add": [{"$last": "$entries.post"}, 1]}
    above_floor = {"$cond": [is_full, above_newest, "$high"]}
    return [
        {"$set": {"end": {"$cond": [is_below_floor, {"$min": ["$floor", "$high"]}, above_floor]}}},
        {"$set": {"pushed_until": {"$cond": [is_below_floor, -1, "$low"]}}},
    ]


def posts_of_range(span: Span, order: ReadOrder) -> Document:
    """Return the condition on posts of the range. Its `$$end` is the end of the range."""
    if order is ReadOrder.NEWEST_FIRST:
        return {"_id": {"$lt": span.high}, "$expr": {"$gte": ["$_id", "$$end"]}}
    return {"_id": {"$gte": span.low}, "$expr": {"$lt": ["$_id", "$$end"]}}
