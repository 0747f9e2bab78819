"""Version 3: posts and accounts have sums of what was counted, and `acts` holds likes and bookmarks.

Programs of version 2 store replies that do not say whether they were added to a sum, and delete posts without taking
them from one.
"""

from collections.abc import Callable

from storage.data_version import COUNTS
from storage.maintenance.counts import Counts
from storage.maintenance.sums import Sums
from storage.mongo import Mongo

VERSION = COUNTS
TITLE = "accounts may like and bookmark posts, and counts of posts are stored"

BATCH = 500  # posts or accounts, in one transaction


async def apply(mongo: Mongo, say: Callable[[str], None]) -> None:
    """Make the sums of all posts and accounts right. Those that are right already are only read."""
    sums, counts = Sums(mongo), Counts(mongo)
    after = -1
    while posts := await sums.posts_after(after, limit=BATCH):
        await sums.correct(posts=posts)
        after = posts[-1]
    after = -1
    while users := await counts.accounts(after=after, limit=BATCH):
        await sums.correct(users=users)
        after = users[-1]
