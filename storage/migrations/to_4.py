"""Version 4: every post has the tags and words of its text. Programs of version 3 store posts without them."""

from collections.abc import Callable

from storage.data_version import TAGS
from storage.maintenance.findable import Findable
from storage.mongo import Mongo

VERSION = TAGS
TITLE = "posts are found by tags and words"

BATCH = 1_000  # posts
SAY_EVERY = 100  # batches
PROGRESS = "found_by"  # a row of `meta`, so that an interrupted step goes on where it stopped


async def apply(mongo: Mongo, say: Callable[[str], None]) -> None:
    """Give all posts their tags and words, from the oldest on."""
    meta, findable = mongo.collection("meta"), Findable(mongo)
    found = await meta.find_one({"_id": PROGRESS})
    after: int | None = -1 if found is None else found["after"]
    batches = 0
    while after is not None:
        batch = await findable.check(after=after, limit=BATCH, repair=True)
        after, batches = batch.until, batches + 1
        if after is not None:
            await meta.update_one({"_id": PROGRESS}, {"$set": {"after": after}}, upsert=True)
        if batches % SAY_EVERY == 0:
            say(f"{batches * BATCH:,} posts")
    await meta.delete_one({"_id": PROGRESS})
