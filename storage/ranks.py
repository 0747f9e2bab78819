"""The search rank of an account: the binary logarithm of its followers, rounded down.

The search index orders by rank, so most follows do not change the index.
"""

from storage.mongo import Document

RANK: Document = {"$floor": {"$log": [{"$add": [{"$max": ["$follower_count", 0]}, 1]}, 2]}}


def add_to_counts(*, followers: int, followees: int = 0) -> list[Document]:
    """Return the update that adds to an account's counts and recomputes its rank."""
    counts = {
        "follower_count": {"$add": ["$follower_count", followers]},
        "followee_count": {"$add": ["$followee_count", followees]},
    }
    return [{"$set": counts}, {"$set": {"search_rank": RANK}}]
