"""What tests write to the database for conversations: relations, and reposts."""

from domain.records import Post, User
from domain.relations import RelationKind
from storage import Storage
from storage.post_documents import new_repost


async def relate(storage: Storage, reader: User, other: User, kind: RelationKind) -> None:
    """Store that the reader has muted or blocked the other, or is blocked by it."""
    await storage.mongo.collection("relations").insert_one(
        {"_id": storage.ids.draw(), "reader": reader.id, "other": other.id, "kind": kind.value}
    )


async def unrelate(storage: Storage, reader: User, other: User) -> None:
    await storage.mongo.collection("relations").delete_many({"reader": reader.id, "other": other.id})


async def block(storage: Storage, blocker: User, blocked: User) -> None:
    await relate(storage, blocker, blocked, RelationKind.BLOCK)
    await relate(storage, blocked, blocker, RelationKind.BLOCKED_BY)


async def insert_repost(storage: Storage, author: User, post: Post) -> int:
    """Store a repost and return its id, which is above the post's."""
    number = max(storage.ids.draw(), post.id + 1)
    await storage.mongo.collection("posts").insert_one(new_repost(number, author=author.id, of=post))
    return number
