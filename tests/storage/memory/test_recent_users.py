"""The cache of accounts: changes by this process show at once, those of others after a while."""

import time
from collections.abc import Awaitable, Callable

import pytest

from domain.records import User
from storage import Storage
from storage.memory.ids import IdGenerator
from storage.memory.recent_users import RecentUsers
from storage.users import Users
from tests.commands import Commands
from tests.waiting import wait_until
from tests.world import World

Change = Callable[[Users, User, User], Awaitable[object]]

CHANGES: dict[str, Change] = {
    "renamed": lambda users, ann, bob: users.change_profile(ann.id, {"first_name": "Anna"}),
    "given an image": lambda users, ann, bob: users.change_profile(ann.id, {"image": "a" * 32}),
    "followed": lambda users, ann, bob: users.count_follow(follower=bob.id, followee=ann.id, by=1),
    "following": lambda users, ann, bob: users.count_follow(follower=ann.id, followee=bob.id, by=1),
    "a celebrity": lambda users, ann, bob: users.set_celebrity(ann.id, True),
}


def users_of(storage: Storage, *, recall_s: float = 3_600) -> Users:
    """Return the store of a process with this time to live."""
    return Users(storage.mongo, IdGenerator(), RecentUsers(recall_s=recall_s))


async def test_a_cached_account_is_not_read_again(storage: Storage, world: World, commands: Commands) -> None:
    users = users_of(storage)
    ann, bob, cat = await world.make_users(3)
    assert await users.find_recent([ann.id, bob.id, 12345]) == {ann.id: ann, bob.id: bob}

    with commands.during() as sent:
        assert await users.find_recent([bob.id, cat.id]) == {bob.id: bob, cat.id: cat}
        assert await users.find_recent([ann.id, bob.id, cat.id]) == {ann.id: ann, bob.id: bob, cat.id: cat}

    assert [command["filter"] for command in sent] == [{"_id": {"$in": [cat.id]}}]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_change_by_this_process_is_visible_at_once(storage: Storage, world: World, change: Change) -> None:
    users = users_of(storage)
    ann, bob = await world.make_users(2)
    await users.find_recent([ann.id, bob.id])
    await change(users, ann, bob)
    found = await users.find_recent([ann.id, bob.id])
    assert found == {user.id: user for user in await users.find_by_ids([ann.id, bob.id])}
    assert found[ann.id] != ann


async def test_a_change_by_another_process_is_visible_after_the_ttl(storage: Storage, world: World) -> None:
    users, (ann,) = users_of(storage, recall_s=0.2), await world.make_users(1)
    await users.find_recent([ann.id])
    await storage.users.change_profile(ann.id, {"first_name": "Anna"})

    async def is_seen() -> bool:
        return (await users.find_recent([ann.id]))[ann.id].first_name == "Anna"

    await wait_until(is_seen)


def make_user(number: int) -> User:
    return User(id=number, alias=f"user{number}", first_name="A", last_name="B")


def test_a_read_that_overlaps_a_change_is_not_cached() -> None:
    recent = RecentUsers()
    before = recent.changes
    with recent.changing(1):
        during = recent.changes
        recent.keep([make_user(1)], asked_at=time.monotonic(), changes=before)
    assert recent.find([1]) == {}
    recent.keep([make_user(1)], asked_at=time.monotonic(), changes=during)
    assert recent.find([1]) == {}
    recent.keep([make_user(1)], asked_at=time.monotonic(), changes=recent.changes)
    assert recent.find([1]) == {1: make_user(1)}


def test_a_failed_change_removes_the_account_from_the_cache() -> None:
    recent = RecentUsers()
    recent.keep([make_user(1)], asked_at=time.monotonic(), changes=recent.changes)
    with pytest.raises(ConnectionError), recent.changing(1):
        raise ConnectionError
    assert recent.find([1]) == {}


def test_the_ttl_starts_when_the_read_begins() -> None:
    recent = RecentUsers(recall_s=10)
    recent.keep([make_user(1)], asked_at=time.monotonic() - 11, changes=recent.changes)
    assert recent.find([1]) == {}


def test_the_cache_is_bounded() -> None:
    recent = RecentUsers(max_recalled=10)
    for number in range(95):
        recent.keep([make_user(number)], asked_at=time.monotonic(), changes=recent.changes)
    assert recent.find(range(95)) == {number: make_user(number) for number in range(85, 95)}
