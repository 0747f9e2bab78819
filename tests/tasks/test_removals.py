"""Reposts and entries of a deleted post are removed, even if messages are lost or writes come too late."""

from datetime import timedelta

import pytest

from domain.acts import ActKind
from domain.records import Post, User
from storage.mongo import Document
from storage.post_documents import new_repost
from tasks import messages
from tests.world import World


@pytest.fixture(autouse=True)
def due_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.removals.REMOVE_AGAIN_AFTER", timedelta(0))


async def reposted(world: World, reposts: int) -> tuple[Post, User, list[User], list[int]]:
    """Return a post, a reader, accounts that it follows and that have reposted the post, and their reposts."""
    author, reader, *reposters = await world.make_users(2 + reposts)
    post = await world.post(author)
    numbers: list[int] = []
    for reposter in reposters:
        await world.follow(reader, reposter, push_from=0)
        made = await world.storage.reposts.repost(reposter.id, post)
        assert made is not None
        numbers.append(made.id)
        await world.run_all([messages.start_fan_out(made.id)])
        for kind in ActKind:
            await world.storage.acts.add(kind, reposter.id, post)
    assert await world.entries(reader) == sorted(numbers, reverse=True)
    return post, reader, reposters, numbers


async def everything(world: World, collection: str) -> list[Document]:
    return [document async for document in world.storage.mongo.collection(collection).find({})]


async def nothing_is_left(world: World) -> None:
    assert [await everything(world, name) for name in ("posts", "feeds", "removals")] == [[], [], []]
    assert [act for act in await everything(world, "acts") if "user" in act] == [], "the others are folded"


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 1_000])
async def test_reposts_of_a_deleted_post_are_removed_with_their_entries(
    world: World, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("tasks.removals.REPOSTS_BATCH", batch)
    monkeypatch.setattr("tasks.removals.ACTS_BATCH", batch)
    post, _, _, _ = await reposted(world, 3)
    await world.storage.posts.delete_post(post.id, author=post.author)
    sent = [messages.remove_post_entries(post.id, post.author), messages.remove_reposts(post.id)]
    await world.run_all([*sent, messages.remove_acts(post.id)])
    assert [await everything(world, name) for name in ("posts", "feeds")] == [[], []]
    assert not [act for act in await everything(world, "acts") if "user" in act]
    await world.run_all([messages.sweep_removals()])
    await nothing_is_left(world)


@pytest.mark.parametrize("limit", [1, 2, 1_000])
@pytest.mark.parametrize("batch", [1, 2, 1_000])
async def test_a_sweep_alone_removes_everything(
    world: World, monkeypatch: pytest.MonkeyPatch, batch: int, limit: int
) -> None:
    """As if each message had been lost."""
    monkeypatch.setattr("tasks.removals.REPOSTS_BATCH", batch)
    monkeypatch.setattr("tasks.removals.CLEAN_BATCH", batch)
    monkeypatch.setattr("tasks.removals.ACTS_BATCH", batch)
    monkeypatch.setattr("tasks.removals.SWEEP_LIMIT", limit)
    post, _, reposters, _ = await reposted(world, 3)
    await world.storage.reposts.undo(reposters[0].id, post.id)
    await world.storage.posts.delete_post(post.id, author=post.author)
    await world.run_all([messages.sweep_removals()])
    await nothing_is_left(world)


async def test_reposts_and_likes_stay_while_their_post_exists(world: World) -> None:
    post, reader, _, numbers = await reposted(world, 2)
    sent = [messages.remove_reposts(post.id), messages.remove_acts(post.id)]
    await world.run_all([*sent, messages.finish_removal(post.id, post.author)])
    assert sorted(await world.entries(reader)) == sorted(numbers)
    assert len(await everything(world, "posts")) == 3
    assert len(await everything(world, "acts")) == 4


async def test_a_repost_that_is_stored_during_the_deletion_is_removed(world: World) -> None:
    """Its process has died between storing it and looking for the post."""
    post, reader, reposters, _ = await reposted(world, 1)
    await world.storage.posts.delete_post(post.id, author=post.author)
    await world.run_all([messages.remove_reposts(post.id)])
    late = new_repost(world.storage.users.draw_id(), author=reposters[0].id, of=post)
    await world.storage.mongo.collection("posts").insert_one(late)
    await world.run_all([messages.start_fan_out(late["_id"])])
    assert await world.entries(reader) == [late["_id"]]

    await world.run_all([messages.sweep_removals()])

    await nothing_is_left(world)


async def test_entries_that_are_delivered_during_an_undo_are_removed(world: World) -> None:
    post, reader, (reposter,), (number,) = await reposted(world, 1)
    undone = await world.storage.reposts.undo(reposter.id, post.id)
    assert undone == number
    await world.run_all([messages.remove_post_entries(undone, reposter.id)])
    await world.storage.feed.entries.insert_entries([(reader.id, number, reposter.id)])

    await world.run_all([messages.sweep_removals()])

    assert await world.entries(reader) == []


async def test_a_removal_is_not_due_at_once_and_again_after_a_lost_task(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While requests and tasks of the deleted post may be running, a removal would come too early."""
    monkeypatch.setattr("storage.removals.REMOVE_AGAIN_AFTER", timedelta(minutes=10))
    post, _, _, _ = await reposted(world, 1)
    await world.storage.posts.delete_post(post.id, author=post.author)
    assert await world.storage.removals.claim_due(limit=10) == []
    await world.storage.mongo.collection("removals").update_many({}, [{"$set": {"due_at": "$$NOW"}}])
    assert len(await world.storage.removals.claim_due(limit=10)) == 1
    assert await world.storage.removals.claim_due(limit=10) == []
