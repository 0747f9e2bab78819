"""Mutes, blocks and options of follows, as they are stored and read."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import User
from domain.relations import RelationKind, Standing
from domain.visibility import FollowOptions, Viewpoint
from storage import Storage
from storage.memory.ids import IdGenerator
from storage.relations import Relations
from tests.waiting import bounded
from tests.world import World

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
LATER = SOON + timedelta(days=1)
PAST = SOON - timedelta(days=30)


async def stored(storage: Storage) -> list[dict[str, Any]]:
    """Return the relations without their ids and the notes of the sweep, in the order of their ids."""
    found = storage.mongo.collection("relations").find({}, {"_id": 0, "cut_at": 0}).sort("_id", 1)
    return [relation async for relation in found]


async def flags(storage: Storage, *users: User) -> list[bool]:
    return [await storage.readers.has_relations(user.id) for user in users]


async def test_a_mute_is_stored_once_and_its_end_replaced(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    relations = storage.relations
    for until, changes in [(None, True), (None, False), (SOON, True), (SOON, False), (LATER, True), (None, True)]:
        assert await relations.mute(ann.id, bob.id, until=until) is changes
        assert (await relations.standings(ann.id, [bob.id]))[bob.id] == Standing(is_muted=True, muted_until=until)
        assert len(await stored(storage)) == 1
    assert await relations.unmute(ann.id, bob.id)
    assert not await relations.unmute(ann.id, bob.id)
    assert await stored(storage) == []


async def test_a_block_and_its_mirror_come_and_go_together(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    assert await flags(storage, ann, bob) == [False, False]
    assert await storage.relations.block(ann.id, bob.id)
    assert await stored(storage) == [
        {"reader": ann.id, "other": bob.id, "kind": "BLOCK"},
        {"reader": bob.id, "other": ann.id, "kind": "BLOCKED_BY"},
    ]
    assert await flags(storage, ann, bob) == [True, True]
    assert not await storage.relations.block(ann.id, bob.id)
    assert len(await stored(storage)) == 2
    assert [await storage.relations.is_barred(*pair) for pair in ((ann.id, bob.id), (bob.id, ann.id))] == [True, True]
    assert await storage.relations.unblock(ann.id, bob.id)
    assert not await storage.relations.unblock(ann.id, bob.id)
    assert await stored(storage) == []
    assert not await storage.relations.is_barred(ann.id, bob.id)


async def test_the_end_of_one_block_leaves_the_block_of_the_other_account(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    await storage.relations.block(ann.id, bob.id)
    await storage.relations.block(bob.id, ann.id)
    assert (await storage.relations.standings(ann.id, [bob.id]))[bob.id] == Standing(
        has_blocked=True, is_blocked_by=True
    )
    await storage.relations.unblock(ann.id, bob.id)
    assert (await storage.relations.standings(ann.id, [bob.id]))[bob.id] == Standing(is_blocked_by=True)
    assert (await storage.relations.standings(bob.id, [ann.id]))[ann.id] == Standing(has_blocked=True)


async def test_a_mute_is_noted_on_the_account_that_mutes(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    await storage.relations.mute(ann.id, bob.id, until=None)
    assert await flags(storage, ann, bob) == [True, False]
    await storage.relations.unmute(ann.id, bob.id)
    assert await flags(storage, ann, bob) == [True, False], "never taken back: a read may have begun with it"


async def test_concurrent_changes_store_one_relation(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    mutes = [storage.relations.mute(ann.id, bob.id, until=None) for _ in range(5)]
    blocks = [storage.relations.block(*pair) for pair in ((ann.id, bob.id), (bob.id, ann.id)) for _ in range(5)]
    done = await asyncio.gather(*mutes, *blocks)
    assert [sum(done[:5]), sum(done[5:10]), sum(done[10:])] == [1, 1, 1]
    assert len(await stored(storage)) == 5


class Repeating(IdGenerator):
    """Draws a taken id first and then others."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self._taken = [taken]

    def draw(self) -> int:
        return self._taken.pop() if self._taken else super().draw()


async def test_a_relation_whose_id_is_taken_gets_another_id(storage: Storage, world: World) -> None:
    ann, bob, eve = await world.make_users(3)
    await storage.relations.mute(ann.id, bob.id, until=None)
    (taken,) = (await storage.relations.list_others(ann.id, RelationKind.MUTE, PageRequest(1))).items
    again = Relations(storage.mongo, Repeating(taken.id), storage.readers, storage.follows, storage.viewpoints)
    assert await again.mute(ann.id, eve.id, until=None)
    assert await storage.relations.standings(ann.id, [bob.id, eve.id]) == {
        bob.id: Standing(is_muted=True),
        eve.id: Standing(is_muted=True),
    }


async def test_a_mute_counts_until_it_is_deleted(storage: Storage, world: World) -> None:
    """What a reader sees is a function of what is stored, and of no clock."""
    ann, bob = await world.make_users(2)
    await world.follow(ann, bob)
    await world.post(bob)
    await storage.relations.mute(ann.id, bob.id, until=PAST)
    if await stored(storage):  # otherwise the server has just deleted it
        assert await world.feed(ann) == [] or await stored(storage) == []
    indexes = await storage.mongo.collection("relations").index_information()
    assert [index["expireAfterSeconds"] for index in indexes.values() if "expireAfterSeconds" in index] == [0]


async def test_a_viewpoint_has_the_relations_and_the_follows_of_the_viewer(storage: Storage, world: World) -> None:
    ann, bob, eve, joe, pat, lou = await world.make_users(6)
    for followee in (bob, eve, lou):
        await world.follow(ann, followee)
    await world.follow(pat, ann)
    await storage.follows.set_options(follower=ann.id, followee=eve.id, shows_reposts=False)
    await storage.relations.mute(ann.id, bob.id, until=SOON)
    await storage.relations.block(ann.id, joe.id)
    await storage.relations.block(pat.id, ann.id)
    await storage.relations.mute(ann.id, lou.id, until=None)
    view = await storage.viewpoints.read(ann.id, [bob.id, eve.id, joe.id, pat.id, 12345])
    assert view == Viewpoint(
        viewer=ann.id,
        follows={bob.id: FollowOptions(), eve.id: FollowOptions(shows_reposts=False)},
        muted={bob.id},
        blocked={joe.id},
        blocked_by={pat.id},
    )
    assert await storage.viewpoints.read(None, [bob.id]) == Viewpoint()


async def test_followees_who_are_hidden_or_out_of_the_feed_are_not_wanted(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.relations.CHUNK", 2)
    ann, bob, eve, joe, pat, lou, stranger = await world.make_users(7)
    for followee in (bob, eve, joe, pat, lou):
        await world.follow(ann, followee)
    followees = await storage.follows.all_followees(ann.id)
    assert await storage.relations.wanted_among(ann.id, followees) == followees
    assert [*await storage.relations.wanted_among(ann.id, [])] == []

    await storage.follows.set_options(follower=ann.id, followee=eve.id, is_in_feed=False)
    await storage.follows.set_options(follower=ann.id, followee=lou.id, shows_reposts=False)
    await storage.relations.mute(ann.id, bob.id, until=None)
    await storage.relations.block(joe.id, ann.id)
    assert [*await storage.relations.wanted_among(ann.id, followees)] == [pat.id, lou.id]
    await storage.relations.block(ann.id, pat.id)
    assert [*await storage.relations.wanted_among(ann.id, [*followees, stranger.id])] == [lou.id]


@pytest.mark.parametrize("page_size", [1, 2, 3, 6, 7, 100])
async def test_lists_have_the_latest_first(storage: Storage, world: World, page_size: int) -> None:
    ann, *others = await world.make_users(7)
    for other in others:
        await storage.relations.mute(ann.id, other.id, until=SOON)
        await storage.relations.block(other.id, ann.id)
    await storage.relations.mute(ann.id, others[0].id, until=None)  # again: it keeps its place
    await storage.relations.block(ann.id, others[1].id)
    await storage.relations.mute(others[0].id, others[1].id, until=None)

    listed: list[tuple[int, datetime | None]] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.relations.list_others(ann.id, RelationKind.MUTE, PageRequest(page_size, before))
        listed += [(relation.other, relation.until) for relation in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        before = page.items[-1].id
    assert listed == [(other.id, None if other is others[0] else SOON) for other in reversed(others)]
    blocked = await storage.relations.list_others(ann.id, RelationKind.BLOCK, PageRequest(page_size))
    assert [relation.other for relation in blocked.items] == [others[1].id]


async def test_an_edge_is_deleted_only_while_the_block_stands(storage: Storage, world: World) -> None:
    """Otherwise a slow block would delete a follow that was made after the end of the block."""
    ann, bob = await world.make_users(2)
    await world.follow(ann, bob)
    await world.follow(bob, ann)
    edge = {"follower": ann.id, "followee": bob.id}
    assert not await storage.relations.delete_edge(ann.id, bob.id, **edge)
    await storage.relations.block(bob.id, ann.id)
    assert not await storage.relations.delete_edge(ann.id, bob.id, **edge), "this is Bob's block, and not Ann's"
    assert await storage.relations.delete_edge(bob.id, ann.id, **edge)
    assert not await storage.relations.delete_edge(bob.id, ann.id, **edge)
    assert await storage.follows.followees_among(bob.id, [ann.id]) == {ann.id}, "the edge back is another one"


async def test_options_are_set_one_by_one_and_end_with_their_edge(storage: Storage, world: World) -> None:
    ann, bob = await world.make_users(2)
    follows = storage.follows
    edge: dict[str, Any] = {"follower": ann.id, "followee": bob.id}
    assert await follows.set_options(**edge, shows_reposts=False) is None
    assert await flags(storage, ann) == [False]
    await world.follow(ann, bob, push_from=5)

    options = FollowOptions()
    changes: list[dict[str, bool]] = [
        {},
        {"shows_reposts": True},
        {"shows_reposts": False},
        {"is_in_feed": False},
        {"shows_reposts": True},
        {"shows_reposts": False, "is_in_feed": True},
        {"is_in_feed": False, "shows_reposts": False},
    ]
    for place, change in enumerate(changes):
        before, options = (
            options,
            FollowOptions(
                shows_reposts=change.get("shows_reposts", options.shows_reposts),
                is_in_feed=change.get("is_in_feed", options.is_in_feed),
            ),
        )
        assert await follows.set_options(**edge, **change) == (before, options)
        assert await follows.options_among(ann.id, [bob.id, 12345]) == {bob.id: options}
        assert await flags(storage, ann, bob) == [place >= 2, False]
    (stored_edge,) = [found async for found in storage.mongo.collection("follows").find({}, {"_id": 0})]
    stored_edge.pop("day")  # by which notifications group it
    assert stored_edge == {**edge, "push_from": 5, "hides_reposts": True, "out_of_feed": True}

    await world.unfollow(ann, bob)
    assert await follows.options_among(ann.id, [bob.id]) == {}
    await world.follow(ann, bob)
    assert await follows.options_among(ann.id, [bob.id]) == {bob.id: FollowOptions()}


async def test_feeds_hide_and_show_again_at_once(storage: Storage, world: World) -> None:
    ann, bob, eve = await world.make_users(3)
    await world.follow(ann, bob)
    await world.follow(ann, eve)
    posts = [(await world.post(author)).id for author in (bob, eve)]
    everything, of_eve = posts[::-1], posts[1:]
    assert await world.feed(ann) == everything

    await storage.relations.mute(ann.id, bob.id, until=SOON)
    assert await world.feed(ann) == of_eve
    await storage.relations.unmute(ann.id, bob.id)
    assert await world.feed(ann) == everything
    await storage.follows.set_options(follower=ann.id, followee=bob.id, is_in_feed=False)
    assert await world.feed(ann) == of_eve
    await storage.follows.set_options(follower=ann.id, followee=bob.id, is_in_feed=True)
    assert await world.feed(ann) == everything
    for blocker, other in ((ann, bob), (bob, ann)):
        await storage.relations.block(blocker.id, other.id)
        assert await world.feed(ann) == of_eve
        await storage.relations.unblock(blocker.id, other.id)
        assert await world.feed(ann) == everything
