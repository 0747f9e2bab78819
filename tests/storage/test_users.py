"""Accounts: unique aliases, counts that are never shown negative, and floors that only rise."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from pymongo.errors import DuplicateKeyError

from domain.records import Credential, User
from storage import Storage
from storage.users import Move
from tests.world import World


async def insert(storage: Storage, alias: str) -> User | None:
    return await storage.users.insert_user(storage.users.draw_id(), alias=alias, first_name="A", last_name="B")


async def test_a_taken_alias_is_compared_case_insensitively(storage: Storage) -> None:
    assert await insert(storage, "Bob") is not None
    assert await insert(storage, "bOB") is None

    found = await storage.users.find_by_alias("BOB")
    assert found is not None
    assert found.alias == "Bob", "the alias is shown as its owner wrote it"


async def test_one_of_many_concurrent_registrations_gets_the_alias(storage: Storage) -> None:
    aliases = ["Ann", "aNN", "ANN", "ann"] * 3
    got = await asyncio.gather(*(insert(storage, alias) for alias in aliases))
    assert len([user for user in got if user]) == 1
    assert await storage.mongo.collection("users").count_documents({}) == 1


async def test_a_taken_id_is_not_reported_as_a_taken_alias(storage: Storage) -> None:
    user = await insert(storage, "ann")
    assert user is not None
    with pytest.raises(DuplicateKeyError):
        await storage.users.insert_user(user.id, alias="other", first_name="A", last_name="B")


async def test_existing_accounts_are_found(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    found = await storage.users.find_by_ids([one.id, other.id, 12345, one.id])
    assert {user.id for user in found} == {one.id, other.id}
    assert await storage.users.find_by_ids([]) == []
    assert await storage.users.find_by_id(12345) is None
    assert await storage.users.find_by_alias("nobody") is None


async def test_a_change_keeps_names_that_are_not_given(storage: Storage, world: World) -> None:
    user = await world.make_user("ann")
    changed = await storage.users.change_profile(user.id, {"first_name": "Anna"})
    assert changed == (user, replace(user, first_name="Anna"))
    assert await storage.users.find_by_id(user.id) == replace(user, first_name="Anna")
    assert await storage.users.change_profile(12345, {"first_name": "Anna"}) is None


async def test_changing_and_removing_an_image_returns_the_previous_one(storage: Storage, world: World) -> None:
    user = await world.make_user("ann")
    for before, after in pairwise([None, "one", "two", None]):
        changed = await storage.users.change_profile(user.id, {"image": after})
        assert changed == (replace(user, image=before), replace(user, image=after))
        assert await storage.users.find_by_id(user.id) == replace(user, image=after)
    assert await storage.users.change_profile(user.id, {}) == (user, user)


async def test_concurrent_image_changes_report_every_replaced_image(storage: Storage, world: World) -> None:
    user = await world.make_user()
    images = {str(number) for number in range(10)}
    changes = await asyncio.gather(*(storage.users.change_profile(user.id, {"image": image}) for image in images))
    last = await storage.users.find_by_id(user.id)
    assert last is not None
    assert {changed[0].image for changed in changes if changed} == (images | {None}) - {last.image}


async def test_counts_follow_the_edges_and_are_never_shown_negative(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    counted = await storage.users.count_follow(follower=one.id, followee=other.id, by=1)
    assert counted is not None
    assert (counted.follower_count, counted.followee_count) == (1, 0)
    for _ in range(2):  # a count that is wrong for a moment
        counted = await storage.users.count_follow(follower=one.id, followee=other.id, by=-1)
    assert counted is not None
    assert counted.follower_count == 0


async def test_the_floor_only_rises(storage: Storage, world: World) -> None:
    user = await world.make_user()
    assert await storage.readers.floor(user.id) == 0
    await asyncio.gather(*(storage.readers.raise_floor(user.id, floor) for floor in (5, 9, 7, 1)))
    assert await storage.readers.floor(user.id) == 9
    assert await storage.readers.floor(12345) == 0


async def test_crossing_the_celebrity_threshold_begins_one_move(storage: Storage, world: World) -> None:
    user = await world.make_user()
    await storage.users.set_celebrity(user.id, False)
    assert await storage.users.find_move(user.id) is None, "it was a celebrity already"

    await storage.users.set_celebrity(user.id, True)
    older = await storage.users.find_move(user.id)
    assert older is not None
    assert await storage.users.note_move(user.id, older, to=5)
    move = await storage.users.begin_move_again(user.id)
    assert await storage.users.find_move(user.id) == move == Move(move.token, 0)
    assert not await storage.users.note_move(user.id, older, to=7)
    assert not await storage.users.finish_move(user.id, older, is_celebrity=True)
    assert await storage.users.find_move(user.id) == move, "an older move does not change this one"
    assert not await storage.users.finish_move(user.id, move, is_celebrity=False), "it is on the other side"
    assert await storage.users.finish_move(user.id, move, is_celebrity=True)
    assert await storage.users.find_move(user.id) is None


async def test_a_move_begun_by_an_older_version_continues(storage: Storage, world: World) -> None:
    user = await world.make_user()
    users = storage.mongo.collection("users")
    await users.update_one({"_id": user.id}, {"$set": {"moving": True, "moved_to": 5}})
    move = await storage.users.find_move(user.id)
    assert move == Move(None, 5)
    assert await storage.users.note_move(user.id, move, to=7)
    assert await storage.users.finish_move(user.id, move, is_celebrity=False)


async def test_accounts_with_an_outdated_celebrity_status_are_found(storage: Storage, world: World) -> None:
    small, grown, shrunk, moving = await world.make_users(4)
    users = storage.mongo.collection("users")
    await users.update_one({"_id": grown.id}, {"$set": {"follower_count": 10}})
    await users.update_one({"_id": shrunk.id}, {"$set": {"is_celebrity": True, "follower_count": 7}})
    await storage.users.set_celebrity(moving.id, True)
    await users.update_one({"_id": moving.id}, {"$set": {"follower_count": 100}})

    async def misplaced(*, stalled_for: timedelta) -> set[int]:
        stalled_since = datetime.now(UTC) - stalled_for
        found = await storage.users.find_misplaced(
            promote_from=10, demote_below=8, stalled_since=stalled_since, limit=10
        )
        return set(found)

    assert await misplaced(stalled_for=timedelta(hours=1)) == {grown.id, shrunk.id, moving.id}
    assert small.id not in await misplaced(stalled_for=timedelta(0))
    move = await storage.users.find_move(moving.id)
    assert move is not None
    await storage.users.note_move(moving.id, move, to=5)
    assert await misplaced(stalled_for=timedelta(hours=1)) == {grown.id, shrunk.id}, "its move has just continued"
    assert await misplaced(stalled_for=timedelta(seconds=-1)) == {grown.id, shrunk.id, moving.id}, (
        "its move has stalled"
    )
    move = await storage.users.find_move(moving.id)
    assert move is not None
    assert move.to == 5
    await storage.users.set_celebrity(moving.id, False)
    move = await storage.users.find_move(moving.id)
    assert move is not None
    assert move.to == 0, "a move in the other direction starts from the first edge"


async def test_no_read_of_an_account_carries_a_password_hash(storage: Storage, world: World) -> None:
    user = await world.make_user()
    await storage.credentials.set_hash(user.id, "first")
    await storage.credentials.set_hash(user.id, "second")

    document = await storage.mongo.collection("users").find_one({"_id": user.id})
    assert "second" not in repr(document)
    assert await storage.credentials.find_by_user(user.id) == Credential(password_hash="second")
