"""Queries of the database after a seed."""

from collections import Counter

from domain.records import User
from storage import Storage
from tasks.services import TaskServices
from tests.world import make_policy

PAIRS = [(1, 2), (1, 3), (2, 3), (3, 1), (4, 3), (5, 3), (5, 1)]


def services(storage: Storage, *, celebrity_threshold: int = 1_000) -> TaskServices:
    return TaskServices.of(storage, make_policy(celebrity_threshold=celebrity_threshold, feed_window=100))


async def user(storage: Storage, alias: str) -> User:
    found = await storage.users.find_by_alias(alias)
    assert found is not None
    return found


async def watermarks(storage: Storage, followee: User) -> list[int]:
    edges = storage.mongo.collection("follows").find({"followee": followee.id})
    return [edge["push_from"] async for edge in edges]


async def assert_counts_are_what_the_edges_say(storage: Storage) -> None:
    edges = [edge async for edge in storage.mongo.collection("follows").find({})]
    followers = Counter(edge["followee"] for edge in edges)
    followees = Counter(edge["follower"] for edge in edges)
    async for account in storage.mongo.collection("users").find({}):
        assert account["follower_count"] == followers[account["_id"]]
        assert account["followee_count"] == followees[account["_id"]]
