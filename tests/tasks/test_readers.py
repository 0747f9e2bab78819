"""Silent readers become dormant and are not pushed to. Returning readers are."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.watermarks import NEVER
from storage.readers import Readers
from tasks import messages, readers
from tests.world import World


async def push_from(world: World, reader: int) -> dict[int, int]:
    edges = world.storage.mongo.collection("follows").find({"follower": reader})
    return {edge["followee"]: edge["push_from"] async for edge in edges}


async def fall_silent(world: World, reader: int, *, days: int) -> None:
    await world.storage.mongo.collection("users").update_one(
        {"_id": reader}, {"$set": {"last_read_at": datetime.now(UTC) - timedelta(days=days)}}
    )


async def test_a_silent_reader_becomes_dormant_and_gets_no_entries(world: World) -> None:
    author, silent, awake = await world.make_users(3)
    for reader in (silent, awake):
        await world.follow(reader, author, push_from=0)
    await fall_silent(world, silent.id, days=31)

    await world.run_all(await readers.sweep_readers(world.services))
    post = await world.post(author)
    await world.run_all([messages.start_fan_out(post.id)])

    assert await push_from(world, silent.id) == {author.id: NEVER}
    assert await readers.sweep_readers(world.services) == [], "no reader is silent or partly moved"
    assert await world.entries(silent) == []
    assert await world.entries(awake) == [post.id]
    assert await world.feed(silent) == [post.id], "the feed of a dormant reader is exact"


async def test_of_too_many_readers_the_first_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.readers.MAX_NOTED", 2)
    noting = Readers(world.storage.mongo)
    first, second, third = await world.make_users(3)
    for reader in (first, second, third):
        await noting.note_read(reader.id)
    assert set(noting._noted) == {second.id, third.id}


async def test_a_returning_reader_is_pushed_to_again_except_by_celebrities(world: World) -> None:
    author, celebrity, reader = await world.make_users(3)
    for followee in (author, celebrity):
        await world.follow(reader, followee, push_from=NEVER)
    await world.storage.users.set_celebrity(celebrity.id, True)
    posts = [await world.post(author) for _ in range(3)]
    await fall_silent(world, reader.id, days=31)
    await world.run_all(await readers.sweep_readers(world.services))

    assert await world.storage.readers.note_read(reader.id), "reading wakes a dormant reader"
    assert not await world.storage.readers.note_read(reader.id), "once"
    await world.run_all([messages.wake_reader(reader.id)])

    assert await push_from(world, reader.id) == {author.id: 0, celebrity.id: NEVER}
    assert await world.entries(reader) == [post.id for post in reversed(posts)]
    assert await readers.sweep_readers(world.services) == [], "no reader is silent or partly moved"


async def test_edges_raised_after_the_reader_returned_are_lowered_again(world: World) -> None:
    """The message is delivered again, since tasks are acknowledged at their end. Or a sweep finds the reader."""
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    await world.storage.feed.edges.stop_pushing_reader(reader.id, limit=10)
    await world.run_all([messages.make_dormant(reader.id)])
    assert await push_from(world, reader.id) == {author.id: 0}

    await world.storage.feed.edges.stop_pushing_reader(reader.id, limit=10)
    await world.storage.readers.mark_waking(reader.id)
    await world.run_all(await readers.sweep_readers(world.services))
    assert await push_from(world, reader.id) == {author.id: 0}


async def test_the_sweep_finds_a_lost_wake_task(world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=NEVER)
    await fall_silent(world, reader.id, days=31)
    await world.run_all(await readers.sweep_readers(world.services))
    await world.storage.readers.note_read(reader.id)

    await world.run_all(await readers.sweep_readers(world.services))

    assert await push_from(world, reader.id) == {author.id: 0}


async def test_a_reader_who_returns_in_time_does_not_become_dormant(world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    await fall_silent(world, reader.id, days=31)
    late = await readers.sweep_readers(world.services)
    await world.storage.readers.note_read(reader.id)

    await world.run_all(late)

    assert await push_from(world, reader.id) == {author.id: 0}


async def test_demotion_leaves_dormant_readers_pulled(world: World) -> None:
    celebrity, dormant, awake = await world.make_users(3)
    for reader in (dormant, awake):
        await world.follow(reader, celebrity, push_from=NEVER)
    await fall_silent(world, dormant.id, days=31)
    await world.run_all(await readers.sweep_readers(world.services))

    await world.run_all([messages.demote_celebrity(celebrity.id, after=0)])

    assert await push_from(world, dormant.id) == {celebrity.id: NEVER}
    assert await push_from(world, awake.id) == {celebrity.id: 0}


async def test_a_reader_of_many_accounts_is_woken_batch_by_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_MERGED_RANGES", 2)
    reader, *authors = await world.make_users(6)
    for author in authors:
        await world.follow(reader, author, push_from=NEVER)
        await world.post(author)

    await world.run_all([messages.wake_reader(reader.id)])

    assert set((await push_from(world, reader.id)).values()) == {0}
    assert await world.entries(reader) == await world.oracle(reader)


async def test_each_batch_of_a_wake_task_sends_a_trim(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_MERGED_RANGES", 2)
    reader, *authors = await world.make_users(4)
    for author in authors:
        await world.follow(reader, author, push_from=NEVER)
        await world.post(author)
    trim = messages.trim_feeds([reader.id])

    first = await world.run(messages.wake_reader(reader.id))
    last = await world.run(first[-1])

    assert [each.task for each in first] == [trim.task, "reader.wake"]
    assert first[0] == trim
    assert last == [trim]


async def test_a_demotion_overtaken_by_a_promotion_moves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not continue with the next batch either."""
    monkeypatch.setattr("tasks.celebrities.DEMOTE_BATCH", 1)
    star, reader = await world.make_users(2)
    await world.follow(reader, star, push_from=NEVER)
    await world.storage.users.set_celebrity(star.id, True)

    assert await world.run(messages.demote_celebrity(star.id, after=0)) == []

    assert await push_from(world, reader.id) == {star.id: NEVER}
