"""The query for a reader with any number of followees: it joins only those edges that decide, by seven joins."""

from storage.feed.entry_range import end_of_range, entries_of, reader_of
from storage.feed.feed_query import FeedQuery, delivered, pulled, shown, within_bounds
from storage.feed.in_flight import among_accounts, among_followees
from storage.feed.joins import followees, join
from storage.mongo import MAX_MERGED_RANGES, Document


def of_many_followees(query: FeedQuery, *, is_backlog: bool) -> list[Document]:
    """Return the stages."""
    in_flight = among_followees if is_backlog else among_accounts
    return [
        *reader_of(query.reader, query.span, query.claim),
        entries_of(query.reader, query.span, query.order, most=query.most),
        *end_of_range(query.order, most=query.most),
        *in_flight(query.reader),
        *_authors(query.reader),
        pulled(query),
        delivered(),
        *_followees(query.reader),
        shown("pulled"),
    ]


def _authors(reader: int) -> list[Document]:
    """Return the stages that find the pulled followees and those in flight.

    Their list is empty if a bound is exceeded.
    """
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
        *within_bounds([{"$lte": [{"$size": "$authors"}, MAX_MERGED_RANGES]}]),
    ]


def _followees(reader: int) -> list[Document]:
    """Return the stages that find the followees among the authors of rows and among the accounts that these answer."""
    named = {"$setUnion": ["$delivered.author", "$delivered.reply_to_author", "$pulled.reply_to_author"]}
    return [
        {"$set": {"named": named}},
        join("edges_delivered", "follows", *followees(reader), on=("named", "followee")),
        {"$set": {"followees": "$edges_delivered.followee"}},
    ]
