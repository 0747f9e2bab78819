"""Which followees of a reader have anything in flight: joins for `storage.feed.one_query`, from either side.

From the side of the backlog, all accounts in flight are listed, and their edges looked up: next to nothing where little
is in flight, but it grows with the backlog of the whole system. From the side of the reader, all followees are listed,
and looked up among the posts in flight: the same whatever the backlog, but too much for who follows thousands.

Both find the same, as `followed_in_flight`, if it `is_known`: the list was no longer than its bound.
"""

from storage.feed.joins import followees, join
from storage.mongo import Document

ACCOUNTS = 10_000
FOLLOWEES = 1_000
FEW = 200  # accounts or posts; with more in flight there is a backlog

_IN_FLIGHT: Document = {"$match": {"in_flight": True}}
_AUTHORS: Document = {"$group": {"_id": "$author"}}  # one key of the index for each, however many the posts


def among_accounts(reader: int) -> list[Document]:
    return [
        join("accounts", "posts", _IN_FLIGHT, _AUTHORS, {"$limit": ACCOUNTS + 1}),
        join("edges_in_flight", "follows", *followees(reader), on=("accounts._id", "followee")),
        {
            "$set": {
                "followed_in_flight": "$edges_in_flight.followee",
                "is_known": {"$lte": [{"$size": "$accounts"}, ACCOUNTS]},
                "is_backlog": {"$gt": [{"$size": "$accounts"}, FEW]},
            }
        },
    ]


def among_followees(reader: int) -> list[Document]:
    return [
        join("some", "posts", _IN_FLIGHT, {"$limit": FEW + 1}, {"$project": {"_id": 0, "author": 1}}),
        join("edges", "follows", *followees(reader, limit=FOLLOWEES + 1)),
        join("accounts", "posts", _IN_FLIGHT, _AUTHORS, on=("edges.followee", "author")),
        {
            "$set": {
                "followed_in_flight": "$accounts._id",
                "is_known": {"$lte": [{"$size": "$edges"}, FOLLOWEES]},
                "is_backlog": {"$gt": [{"$size": "$some"}, FEW]},
            }
        },
    ]
