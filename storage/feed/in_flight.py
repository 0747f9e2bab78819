"""Joins for `storage.feed.one_query` that find a reader's followees with posts in flight, from either side.

`among_accounts` lists all accounts with posts in flight and looks up their edges. It is cheap if little is in flight
and grows with the backlog of the whole system. `among_followees` lists all followees and looks them up among the posts
in flight. Its cost does not depend on the backlog, but it is too high for readers that follow thousands.

If all the reader's edges are joined already, as `edges`, both sides do without a join of edges:
`among_accounts_of_edges` and `among_edges`.

All set `followed_in_flight` to the same accounts. The result is valid if `is_known` is true: the list was within its
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
    edges = join("edges_in_flight", "follows", *followees(reader), on=("accounts._id", "followee"))
    return [_accounts(), edges, _of_accounts("$edges_in_flight.followee")]


def among_accounts_of_edges() -> list[Document]:
    return [_accounts(), _of_accounts({"$setIntersection": ["$accounts._id", "$edges.followee"]})]


def among_followees(reader: int) -> list[Document]:
    edges = join("edges", "follows", *followees(reader, limit=FOLLOWEES + 1))
    return _of_edges(edges)


def among_edges() -> list[Document]:
    return _of_edges()


def _accounts() -> Document:
    return join("accounts", "posts", _IN_FLIGHT, _AUTHORS, {"$limit": ACCOUNTS + 1})


def _of_accounts(followed: object) -> Document:
    return _set(followed, of="accounts", at_most=ACCOUNTS, among="accounts")


def _of_edges(*edges: Document) -> list[Document]:
    some = join("some", "posts", _IN_FLIGHT, {"$limit": FEW + 1}, {"$project": {"_id": 0, "author": 1}})
    accounts = join("accounts", "posts", _IN_FLIGHT, _AUTHORS, on=("edges.followee", "author"))
    return [some, *edges, accounts, _set("$accounts._id", of="edges", at_most=FOLLOWEES, among="some")]


def _set(followed: object, *, of: str, at_most: int, among: str) -> Document:
    """Return the stage that sets what was found. It is known if the list `of` has at most so many elements.

    There is a backlog if the list `among` has more than a few.
    """
    return {
        "$set": {
            "followed_in_flight": followed,
            "is_known": {"$lte": [{"$size": f"${of}"}, at_most]},
            "is_backlog": {"$gt": [{"$size": f"${among}"}, FEW]},
        }
    }
