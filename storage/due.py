"""Work that a sweep finds once its time has come, and again if the task that it was given to is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.mongo import Collection, Document, committed


async def claim_due(
    collection: Collection, field: str, *, limit: int, again_after: timedelta, **options: Any
) -> list[Document]:
    """Return the documents that are due by `field`, the oldest first, and make them due again after that time.

    Args:
        collection: What holds them.
        field: The time at which each is due. Documents without it are never due.
        limit: How many at most.
        again_after: Longer than the task takes that is given them.
        **options: Of the find, such as `hint`.
    """
    now = datetime.now(UTC)
    due = committed(collection).find({field: {"$lte": now}}, **options)
    found = await due.sort(field, 1).limit(limit).to_list(limit)
    # Not an upsert: what has been finished since stays finished.
    later = {"$set": {field: now + again_after}}
    await collection.update_many({"_id": {"$in": [row["_id"] for row in found]}}, later)
    return found
