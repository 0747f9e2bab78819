"""The audit finds injected damage, repairs exactly that, and reports it by its exit status."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.feeds import LOOKS, check_feed
from audit.findings import FindingKind
from audit.system import check_counts
from domain.acts import ActKind
from domain.media import SIDES
from domain.pages import PageRequest
from domain.records import Event, Media, Page, User
from storage import Storage
from storage.feed.entries import key_of
from storage.feed.pages import Feed
from storage.maintenance.counts import CountDrift, Counts
from storage.media import MediaStore
from tasks import messages
from tasks.services import TaskServices
from tests.audited import audited_world
from tests.storage.parts import with_parts
from tests.tasks.test_media import Past
from tests.uploads import RENDITIONS, SIZE
from tests.world import World, make_policy

LOOK_AGAIN = "audit.system.LOOK_AGAIN_AFTER_S"


async def lively(world: World) -> list[User]:
    """Create a reader, two followees and a stranger, with all posts delivered."""
    reader, one, two, stranger = await world.make_users(4)
    for author in (one, two):
        await world.follow(reader, author, push_from=0)
    for author in (one, two, stranger, one):
        await world.run_all([messages.start_fan_out((await world.post(author)).id)])
    return [reader, one, two, stranger]


async def lose_an_entry(world: World, users: list[User]) -> None:
    newest = (await world.entries(users[0]))[0]
    await world.storage.mongo.collection("feeds").delete_one({"_id": key_of(users[0].id, newest)})


async def lose_all_entries(world: World, users: list[User]) -> None:
    await world.storage.mongo.collection("feeds").delete_many({})


async def add_a_strangers_post(world: World, users: list[User]) -> None:
    post = await world.storage.mongo.collection("posts").find_one({"author": users[3].id})
    assert post is not None
    await world.storage.feed.entries.insert_entries([(users[0].id, post["_id"], users[3].id)])


async def add_what_never_was(world: World, users: list[User]) -> None:
    await world.storage.feed.entries.insert_entries([(users[0].id, 12345, users[1].id)])


async def lose_a_post(world: World, users: list[User]) -> None:
    await world.storage.mongo.collection("posts").delete_one({"author": users[2].id})


async def leave_some_below_the_floor(world: World, users: list[User]) -> None:
    await world.storage.readers.raise_floor(users[0].id, (await world.entries(users[0]))[0])


async def empty_a_ledger(world: World, users: list[User]) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    change = {"$set": {"in_flight": True, "ledger": [], "sent_at": long_ago}}
    await world.storage.mongo.collection("posts").update_one({"author": users[1].id}, change)


async def forget_a_post(world: World, users: list[User]) -> None:
    post = await world.post(users[1])
    long_ago = {"$set": {"sent_at": datetime.now(UTC) - timedelta(hours=1)}}
    await world.storage.mongo.collection("posts").update_one({"_id": post.id}, long_ago)


async def miscount(world: World, users: list[User]) -> None:
    await world.storage.mongo.collection("users").update_one({"_id": users[1].id}, {"$inc": {"follower_count": 5}})


async def lose_a_sum(world: World, users: list[User]) -> None:
    await like_all(world, users)
    await world.storage.mongo.collection("posts").update_one({"author": users[3].id}, {"$unset": {"counts": ""}})


async def misadd(world: World, users: list[User]) -> None:
    await like_all(world, users)
    changes = {"$inc": {"counts.likes": 5, "counts.replies": -2}}
    await world.storage.mongo.collection("posts").update_one({"author": users[1].id}, changes)
    await world.storage.mongo.collection("users").update_one({"_id": users[1].id}, {"$inc": {"post_count": 1}})


async def lose_likes(world: World, users: list[User]) -> None:
    """Delete likes past the system, folded and not."""
    await like_all(world, users)
    await world.storage.mongo.collection("acts").delete_many({"user": users[0].id})


async def like_all(world: World, users: list[User]) -> None:
    """Let the accounts like all posts. One of the likes is not folded."""
    posts = [post for user in users for post in await world.services.maintenance.bulk.find_posts([user.id])]
    for user in users[:2]:
        for post in posts:
            await world.storage.acts.add(ActKind.LIKE, user.id, post)
    await world.run_all([messages.fold_acts()])
    await world.storage.acts.add(ActKind.LIKE, users[2].id, posts[0])


async def lose_words(world: World, users: list[User]) -> None:
    await world.storage.mongo.collection("posts").update_many({"author": users[1].id}, {"$unset": {"words": ""}})


async def find_by_foreign_tags(world: World, users: list[User]) -> None:
    await world.storage.mongo.collection("posts").update_many({"author": users[2].id}, {"$set": {"tags": ["go"]}})


async def notify_a_stranger(world: World, users: list[User]) -> None:
    await world.storage.posts.insert_post(users[1].id, f"@{users[0].alias}", mentioned=[users[3].id])


async def notify_at_other_times(world: World, users: list[User]) -> None:
    """Change whom and when a repost, a like and a follow notify. Those of another account stay as they are."""
    (post, *_) = await world.services.maintenance.bulk.find_posts([users[1].id])
    for user in (users[0], users[3]):
        assert await world.storage.reposts.repost(user.id, post)
        assert await world.storage.acts.add(ActKind.LIKE, user.id, post)
    mongo, reader = world.storage.mongo, users[0].id
    await mongo.collection("posts").update_one(
        {"author": reader, "repost_of": post.id}, {"$set": {"bucket": bytes(16)}}
    )
    await mongo.collection("acts").update_one({"user": reader, "post": post.id}, {"$set": {"author": users[2].id}})
    await mongo.collection("follows").update_one({"follower": reader}, {"$set": {"day": 0}})


async def picture_of(world: World, users: list[User]) -> Media:
    """Return the only picture of a post, which was uploaded long ago."""
    past = MediaStore(world.storage.mongo, Past(), world.storage.media._files)
    media = await past.insert_media(users[1].id, RENDITIONS, size=SIZE, alt="", placeholder=b"")
    post = await world.storage.posts.insert_post(users[1].id, "hello", media=[media.id])
    await world.run_all([messages.start_fan_out(post.id)])
    return media


async def forget_a_picture(world: World, users: list[User]) -> None:
    media = await picture_of(world, users)
    await world.storage.mongo.collection("media").delete_one({"_id": media.id})


async def free_a_picture(world: World, users: list[User]) -> None:
    media = await picture_of(world, users)
    await world.storage.mongo.collection("media").update_one({"_id": media.id}, {"$unset": {"post": ""}})


async def leave_a_file(world: World, users: list[User]) -> None:
    await picture_of(world, users)
    await world.storage.mongo.collection("media").delete_many({})
    await world.storage.mongo.collection("posts").update_many({}, {"$unset": {"media": ""}})


async def lose_a_file(world: World, users: list[User]) -> None:
    media = await picture_of(world, users)
    await world.storage.mongo.collection("media.files").delete_one({"_id": f"{media.file}/{SIDES[0]}"})


Damage = Callable[[World, list[User]], Awaitable[None]]


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (lose_an_entry, {FindingKind.MISSING: 1, FindingKind.LOST: 1}),
        (lose_all_entries, {FindingKind.MISSING: 3, FindingKind.LOST: 3}),
        (add_a_strangers_post, {FindingKind.LEFTOVER: 1}),
        (add_what_never_was, {FindingKind.LEFTOVER: 1}),
        (lose_a_post, {FindingKind.LEFTOVER: 1}),
        (leave_some_below_the_floor, {FindingKind.LEFTOVER: 2}),
        (empty_a_ledger, {FindingKind.STUCK: 1}),
        (forget_a_post, {FindingKind.STUCK: 1}),
        (miscount, {FindingKind.COUNTS: 1}),
        (lose_a_sum, {FindingKind.SUMS: 1}),
        (misadd, {FindingKind.SUMS: 3}),
        (lose_likes, {FindingKind.SUMS: 4}),
        (lose_words, {FindingKind.NOT_FOUND: 2}),
        (find_by_foreign_tags, {FindingKind.NOT_FOUND: 1}),
        (notify_a_stranger, {FindingKind.NOTIFIES: 1}),
        (notify_at_other_times, {FindingKind.NOTIFIES: 3}),
        (forget_a_picture, {FindingKind.NOT_HELD: 1, FindingKind.NO_POST: 1}),
        (free_a_picture, {FindingKind.NOT_HELD: 1}),
        (leave_a_file, {FindingKind.NO_POST: 1}),
    ],
)
async def test_damage_is_found_and_repaired(
    world: World, monkeypatch: pytest.MonkeyPatch, damage: Damage, kinds: dict[FindingKind, int]
) -> None:
    monkeypatch.setattr(LOOK_AGAIN, 0)
    users = await lively(world)
    assert (await audited_world(world)).total() == 0, "a healthy world"

    await damage(world, users)

    assert {kind: number for kind, number in (await audited_world(world)).items() if number} == kinds
    await audited_world(world, repair=True)
    assert (await audited_world(world)).total() == 0, "all is repaired"
    assert await world.feed(users[0]) == await world.oracle(users[0])


async def test_trimmed_feeds_and_posts_in_flight_are_not_reported(world: World) -> None:
    reader, one, _, _ = await lively(world)
    for _ in range(150):
        await world.run_all([messages.start_fan_out((await world.post(one)).id)])
    await world.run_all([messages.trim_feeds([reader.id])])
    assert await world.storage.readers.floor(reader.id) > 0
    await world.post(one)

    assert (await audited_world(world)).total() == 0


@pytest.mark.parametrize(
    ("damage", "options", "status", "verdict"),
    [
        (None, [], 0, b"Nothing is wrong.\n"),
        (lose_an_entry, [], 1, b"Damage found; `tweeter audit --repair` mends it.\n"),
        (lose_an_entry, ["--repair"], 1, b"Mended.\n"),
        (add_a_strangers_post, [], 0, b"Nothing is wrong. Leftovers do no harm.\n"),
        (add_what_never_was, ["--repair"], 0, b"Nothing is wrong. The leftovers are removed.\n"),
        (leave_a_file, [], 0, b"Nothing is wrong. Leftovers do no harm.\n"),
        (lose_a_file, [], 1, b"Files of pictures are lost: bring them back from a backup of their store.\n"),
    ],
)
async def test_the_exit_status_reports_damage(
    world: World,
    mongodb_url: str,
    redis_url: str,
    tmp_path: Path,
    damage: Damage | None,
    options: list[str],
    status: int,
    verdict: bytes,
) -> None:
    users = await lively(world)
    if damage is not None:
        await damage(world, users)

    command = [str(Path(sys.executable).with_name("tweeter")), "audit", "--all", *options]
    servers = {"MONGODB_URL": mongodb_url, "REDIS_URL": redis_url, "MONGODB_DATABASE": "tests"}
    auditing = await asyncio.create_subprocess_exec(
        *command, env=os.environ | servers | {"DATA_DIR": str(tmp_path)}, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await auditing.communicate()

    assert auditing.returncode == status
    assert b"entries missing" in out
    assert out.endswith(verdict)


@pytest.mark.parametrize("leave", [add_a_strangers_post, add_what_never_was, lose_a_post])
async def test_leftovers_are_deleted_by_the_next_trim(world: World, leave: Damage) -> None:
    world.services = TaskServices.of(world.storage, make_policy(feed_window=5))
    users = await lively(world)
    await leave(world, users)
    for _ in range(2 * world.services.policy.feed_window):
        await world.run_all([messages.start_fan_out((await world.post(users[1])).id)])

    await world.run_all([messages.trim_feeds([users[0].id])])

    assert (await audited_world(world)).total() == 0


class WrongFeed:
    """A feed whose first page is wrong for that many reads."""

    def __init__(self, feed: Feed, change: Callable[[list[Event]], list[Event]], times: int) -> None:
        self._feed = feed
        self._change = change
        self._times = times

    async def page(self, reader: int, request: PageRequest) -> Page[Event]:
        page = await self._feed.page(reader, request)
        if not page.items or self._times == 0:
            return page
        self._times -= 1
        return replace(page, items=self._change(list(page.items)))


def reading_wrongly(storage: Storage, change: Callable[[list[Event]], list[Event]], *, times: int) -> TaskServices:
    wrong: Any = WrongFeed(storage.feed, change, times)
    return TaskServices.of(with_parts(storage, feed=wrong), make_policy())


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda posts: [replace(posts[0], id=posts[0].id + 1), *posts], FindingKind.FOREIGN),
        (lambda posts: [posts[0], *posts], FindingKind.DOUBLED),
        (lambda posts: posts[1:], FindingKind.LOST),
    ],
)
async def test_a_feed_that_reads_wrong_posts_is_found(
    world: World, change: Callable[[list[Event]], list[Event]], kind: FindingKind
) -> None:
    """A faulty read path shows posts of strangers, or a post twice, even with correct entries."""
    reader, *_ = await lively(world)
    for times, found in (
        (LOOKS, 1),
        (LOOKS - 1, 0),
    ):  # once right, it had only changed
        services = reading_wrongly(world.storage, change, times=times)
        findings = await check_feed(services, reader.id, repair=False)
        assert {kind: number for kind, number in findings.items() if number} == ({kind: 1} if found else {})


class Moving:
    """The counts, with a follow in progress between two comparisons."""

    def __init__(self, counts: Counts, follow: Callable[[], Awaitable[None]]) -> None:
        self._counts = counts
        self._follow = follow

    async def find_drift(self, users: Collection[int]) -> dict[int, CountDrift]:
        found = await self._counts.find_drift(users)
        await self._follow()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._counts, name)


async def test_counts_that_change_between_the_two_comparisons_are_not_reported(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LOOK_AGAIN, 0)
    users = await lively(world)
    await miscount(world, users)
    moving: Any = Moving(world.services.maintenance.counts, lambda: miscount(world, users))
    services = replace(world.services, maintenance=with_parts(world.services.maintenance, counts=moving))

    found = await check_counts(services, [users[1].id], repair=True)

    assert found.total() == 0
    count = await world.storage.users.find_by_id(users[1].id)
    assert count is not None
    assert count.follower_count == 1 + 3 * 5, "the audit has added nothing"
