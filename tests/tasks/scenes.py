"""Small worlds just before a task: two readers and two authors, with bounds so small that every task crosses them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from domain.records import Post
from domain.watermarks import NEVER, fresh_token
from storage.mongo import Document
from storage.post_documents import new_media
from storage.users import new_user
from tasks import messages
from tasks.messages import Message
from tasks.services import TaskServices
from tests.uploads import store_media
from tests.world import World, make_policy

ANN, BOB, YAN, ZOE = 101, 102, 201, 202
ALIASES = {ANN: "ann", BOB: "bob", YAN: "yan", ZOE: "zoe"}
READERS, AUTHORS = (ANN, BOB), (YAN, ZOE)
EDGES = {1: (ANN, YAN), 2: (ANN, ZOE), 3: (BOB, YAN), 4: (BOB, ZOE)}
POSTS = {number: AUTHORS[number % 2] for number in range(1_001, 1_009)}
WINDOW = 4
THRESHOLD = 3

Prepare = Callable[[World], Awaitable[Message]]


def small_bounds(patch: pytest.MonkeyPatch) -> None:
    bounds = {
        "tasks.fan_out.FAN_OUT_CHUNK": 1,
        "tasks.messages.CHUNKS_PER_TASK": 1,
        "tasks.celebrities.PROMOTE_BATCH": 1,
        "tasks.celebrities.DEMOTE_BATCH": 1,
        "tasks.celebrities.DEMOTE_DEPTH": 2,
        "tasks.readers.SLEEP_BATCH": 1,
        "tasks.readers.MAX_MERGED_RANGES": 1,
        "tasks.feeds.DELETE_BATCH": 2,
        "tasks.cleaning.CLEAN_BATCH": 1,
        "tasks.removals.CLEAN_BATCH": 1,
        "tasks.removals.REPOSTS_BATCH": 1,
        "storage.removals.REMOVE_AGAIN_AFTER": timedelta(seconds=-60),
        "tasks.trimming.TRIM_EVERY": 10**9,  # another scene has trims after a delivery
    }
    for name, bound in bounds.items():
        patch.setattr(name, bound)
    patch.setattr("tasks.fan_out.OVERDUE_AFTER", timedelta(seconds=-60))
    patch.setattr("tasks.celebrities.STALLED_AFTER", timedelta(seconds=-60))


@dataclass(frozen=True)
class Scene:
    """A scene: the watermarks of the edges, and the state that makes the task due."""

    prepare: Prepare
    push_from: Mapping[tuple[int, int], int] = field(default_factory=dict)  # 0 by default

    async def set(self, world: World) -> Message:
        world.services = TaskServices.of(world.storage, make_policy(celebrity_threshold=THRESHOLD, feed_window=WINDOW))
        mongo = world.storage.mongo
        push_from = {edge: self.push_from.get(edge, 0) for edge in EDGES.values()}
        await mongo.collection("users").insert_many(
            [new_user(user, alias=alias, first_name="A", last_name="B") for user, alias in ALIASES.items()]
        )
        await mongo.collection("follows").insert_many(
            [
                {"_id": number, "follower": reader, "followee": author, "push_from": push_from[reader, author]}
                for number, (reader, author) in EDGES.items()
            ]
        )
        await mongo.collection("posts").insert_many(
            [{"_id": post, "author": author, "text": "hello"} for post, author in POSTS.items()]
        )
        await world.storage.feed.entries.insert_entries(
            (reader, post, author)
            for reader in READERS
            for post, author in POSTS.items()
            if not push_from[reader, author]
        )
        return await self.prepare(world)


async def change_user(world: World, user: int, **changes: object) -> None:
    await world.storage.mongo.collection("users").update_one({"_id": user}, {"$set": changes})


async def _start(world: World) -> Message:
    return messages.start_fan_out((await world.storage.posts.insert_post(ZOE, "new")).id)


async def _fill(world: World) -> Message:
    return messages.fill_feed(ANN)


async def _trim(world: World) -> Message:
    return messages.trim_feeds([ANN, BOB])


async def _drop(world: World) -> Message:
    await world.storage.readers.raise_floor(ANN, 1_006)
    return messages.drop_below_floor(ANN)


async def _sleep(world: World) -> Message:
    await change_user(world, ANN, last_read_at=datetime.now(UTC) - timedelta(days=365))
    return messages.make_dormant(ANN)


async def _wake(world: World) -> Message:
    await change_user(world, ANN, waking=True)
    return messages.wake_reader(ANN)


async def _promote(world: World) -> Message:
    await change_user(world, ZOE, follower_count=THRESHOLD)
    return messages.review_celebrity(ZOE)


async def _demote(world: World) -> Message:
    await change_user(world, ZOE, is_celebrity=True, follower_count=0)
    return messages.review_celebrity(ZOE)


async def _forget(world: World) -> Message:
    await world.storage.follows.delete_edge(follower=ANN, followee=ZOE)
    return messages.remove_author_entries(ANN, ZOE)


async def _remove_post(world: World) -> Message:
    """The post has a picture."""
    media = await store_media(world.storage, POSTS[1_007])
    for name, query, change in (
        ("media", {"_id": media.id}, {"post": 1_007}),
        ("posts", {"_id": 1_007}, {"media": [{"id": media.id, **new_media(media)}]}),
    ):
        await world.storage.mongo.collection(name).update_one(query, {"$set": change})
    await world.storage.posts.delete_post(1_007, author=POSTS[1_007])
    return messages.remove_post_entries(1_007, POSTS[1_007])


async def _repost(world: World) -> Message:
    return messages.start_fan_out(await repost(world, ZOE, 1_002))


async def _undo(world: World) -> Message:
    await _deliver_repost(world, ZOE, 1_002)
    undone = await world.storage.reposts.undo(ZOE, 1_002)
    return messages.remove_post_entries(undone or 0, ZOE)


async def _remove_reposts(world: World) -> Message:
    for author in AUTHORS:
        await _deliver_repost(world, author, 1_004)
    await world.storage.posts.delete_post(1_004, author=POSTS[1_004])
    return messages.remove_reposts(1_004)


async def repost(world: World, author: int, post: int) -> int:
    """Return the id of the account's repost. 0 if the post is deleted."""
    made = await world.storage.reposts.repost(author, Post(id=post, author=POSTS[post], text=""))
    return made.id if made else 0


async def _deliver_repost(world: World, author: int, post: int) -> None:
    if number := await repost(world, author, post):
        await world.run_all([messages.start_fan_out(number)])


SCENES = {
    "start and deliver": Scene(_start),
    "fill": Scene(_fill, {(ANN, YAN): fresh_token(), (ANN, ZOE): fresh_token()}),
    "trim": Scene(_trim),
    "drop": Scene(_drop),
    "sleep": Scene(_sleep),
    "wake": Scene(_wake, {(ANN, YAN): NEVER, (ANN, ZOE): NEVER}),
    "promote": Scene(_promote),
    "demote": Scene(_demote, {(ANN, ZOE): NEVER, (BOB, ZOE): NEVER}),
    "forget": Scene(_forget),
    "remove a post": Scene(_remove_post),
    "deliver a repost": Scene(_repost),
    "undo a repost": Scene(_undo),
    "remove reposts": Scene(_remove_reposts),
}


async def user_of(world: World, number: int) -> Document:
    found = await world.storage.mongo.collection("users").find_one({"_id": number})
    assert found is not None
    return found
