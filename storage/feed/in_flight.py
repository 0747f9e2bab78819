"""Joins for `storage.feed.one_query` that find a reader's followees with posts in flight, from either side.

`among_accounts` lists all accounts with posts in flight and looks up their edges. It is cheap if little is in flight
and grows with the backlog of the whole system. `among_followees` lists all followees and looks them up among the posts
in flight. Its cost does not depend on the backlog, but it is too high for readers that follow thousands.

Both set `followed_in_flight` to the same accounts. The result is valid if `is_known` is true: the list was within its
bound.
"""

from storage.feed.joins import followees, join
from storage.mongo import Document

ACCOUNTS = 10_000
FOLLOWEES = 1_000
FEW = 200  # accounts or posts; more in flight are a backlog

_IN_FLIGHT: Document = {"$match": {"in_flight": True}}
_AUTHORS: Document = {"$group": {"_id": "$author"}}  # reads one index key for each author, not for each post


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
