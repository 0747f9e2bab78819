"""Writes old posts in the state after their fan-out."""

from collections.abc import Sequence
from datetime import UTC, datetime

from seeding.batches import in_batches
from storage import Storage
from storage.memory.ids import IdGenerator
from storage.mongo import Document


async def write_stories(storage: Storage, authors: Sequence[int], *, posts: int) -> dict[int, list[int]]:
    """Write posts of each author as delivered. Return their ids, the oldest first. The caller writes the entries."""
    ids, now = IdGenerator(), datetime.now(UTC)
    stories: dict[int, list[int]] = {author: [] for author in authors}
    documents: list[Document] = []
    for number in range(posts):  # alternating, so that feeds mix the authors
        for author in authors:
            stories[author].append(ids.draw())
            said = {"_id": stories[author][-1], "author": author, "text": f"something said long ago, number {number}"}
            documents.append({**said, "targets": 0, "delivered": 0, "completed_at": now})

    async def insert(batch: Sequence[Document]) -> int:
        return len((await storage.mongo.collection("posts").insert_many(batch, ordered=False)).inserted_ids)

    await in_batches("posts", documents, insert)
    return stories
