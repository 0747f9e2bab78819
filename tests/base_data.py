"""The oracle: a feed by its definition, over all base data, which it reads by the plainest means."""

from domain.records import Event
from domain.visibility import FollowOptions, Viewpoint, first_sights
from storage import Storage
from storage.mongo import Document
from storage.post_documents import to_post


async def feed_by_definition(storage: Storage, reader: int, *, repeat_after: int) -> list[Event]:
    """Return the reader's whole feed, newest first: a function of posts, follows and relations alone."""
    view, events = await facts_of(storage, reader)
    return first_sights(view, events, repeat_after=repeat_after)


async def facts_of(storage: Storage, reader: int) -> tuple[Viewpoint, list[Event]]:
    """Return what decides for the reader, and every event by the accounts that it follows."""
    edges = await _all(storage, "follows", {"follower": reader})
    posts = await _all(storage, "posts", {"author": {"$in": [edge["followee"] for edge in edges]}})
    reposted = {post["repost_of"] for post in posts if "repost_of" in post} - {post["_id"] for post in posts}
    posts += await _all(storage, "posts", {"_id": {"$in": list(reposted)}})
    relations = await _all(storage, "relations", {"reader": reader})
    return to_facts(reader, posts, edges, relations)


def decide(
    reader: int,
    posts: list[Document],
    edges: list[Document],
    relations: list[Document],
    *,
    repeat_after: int,
) -> list[Event]:
    view, events = to_facts(reader, posts, edges, relations)
    return first_sights(view, events, repeat_after=repeat_after)


def to_facts(
    reader: int, posts: list[Document], edges: list[Document], relations: list[Document]
) -> tuple[Viewpoint, list[Event]]:
    # As other readers see them, without the state of their delivery.
    originals = {post["_id"]: to_post(post | {"in_flight": False}) for post in posts if "text" in post}
    events = [
        Event(id=post["_id"], actor=post["author"], post=originals[post.get("repost_of", post["_id"])])
        for post in posts
        if post.get("repost_of", post["_id"]) in originals
    ]
    others = {
        kind: {one["other"] for one in relations if one["kind"] == kind} for kind in ("MUTE", "BLOCK", "BLOCKED_BY")
    }
    view = Viewpoint(
        viewer=reader,
        follows={
            edge["followee"]: FollowOptions(
                shows_reposts="hides_reposts" not in edge, is_in_feed="out_of_feed" not in edge
            )
            for edge in edges
        },
        muted=others["MUTE"],
        blocked=others["BLOCK"],
        blocked_by=others["BLOCKED_BY"],
    )
    return view, events


async def _all(storage: Storage, collection: str, query: Document) -> list[Document]:
    return [document async for document in storage.mongo.collection(collection).find(query)]
