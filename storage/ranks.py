"""An account's rank: how followed it is, coarsely. Each next rank takes twice as many followers.

The index of searches orders by the rank, so most follows need not touch it.
"""

from storage.mongo import Document

RANK: Document = {"$floor": {"$log": [{"$add": [{"$max": ["$follower_count", 0]}, 1]}, 2]}}


def add_to_counts(*, followers: int, followees: int = 0) -> list[Document]:
    """Return the update that adds to an account's counts and keeps its rank in step."""
    counts = {
        "follower_count": {"$add": ["$follower_count", followers]},
        "followee_count": {"$add": ["$followee_count", followees]},
    }
    return [{"$set": counts}, {"$set": {"search_rank": RANK}}]
