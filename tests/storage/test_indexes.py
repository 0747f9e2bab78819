"""Collections and indexes are as designed, also if they are created repeatedly."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from domain.watermarks import FILLING, NEVER
from storage import Storage, clustered, create_indexes
from storage.clustered import create_feeds


async def indexes(storage: Storage, name: str) -> dict[tuple[tuple[str, int], ...], dict[str, Any]]:
    found = [index async for index in await _list(storage, name)]
    return {tuple(index["key"].items()): index for index in found}


async def _list(storage: Storage, name: str) -> Any:
    listed: Any = storage.mongo.collection(name).list_indexes()
    return await listed if hasattr(listed, "__await__") else listed


async def options(storage: Storage, name: str) -> dict[str, Any]:
    answer = await storage.mongo.database.command({"listCollections": 1, "filter": {"name": name}})
    (found,) = answer["cursor"]["firstBatch"]
    return dict(found["options"])


async def test_creating_indexes_again_changes_nothing(storage: Storage) -> None:
    names = ["users", "credentials", "sessions", "posts", "spent_keys", "follows", "feeds"]
    before = {name: (await indexes(storage, name), await options(storage, name)) for name in names}

    await asyncio.gather(*(create_indexes(storage.mongo) for _ in range(3)))

    assert {name: (await indexes(storage, name), await options(storage, name)) for name in names} == before


async def test_feeds_are_clustered_without_a_secondary_index(storage: Storage) -> None:
    assert (await options(storage, "feeds"))["clusteredIndex"]["key"] == {"_id": 1}
    assert [index for index in (await indexes(storage, "feeds")).values() if not index.get("clustered")] == []


async def test_feeds_are_stored_in_small_pages(storage: Storage) -> None:
    """The server says with which configuration it has created the file."""
    stats = await storage.mongo.database.command({"collStats": "feeds"})
    created = stats["wiredTiger"]["creationString"].split(",")
    assert {"leaf_page_max=8KB", "allocation_size=512B"} <= {*created}


async def test_a_server_that_refuses_small_pages_gets_default_ones(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clustered, "SMALL_PAGES", "leaf_page_max=refused")
    with capture_logs() as logs:
        await create_feeds(storage.mongo, "refused")
        await create_feeds(storage.mongo, "refused")
    assert [line["event"] for line in logs] == ["feeds.default_pages"]
    assert (await options(storage, "refused"))["clusteredIndex"]["key"] == {"_id": 1}
    await storage.mongo.collection("refused").drop()


async def test_aliases_are_unique_and_expired_sessions_are_deleted(storage: Storage) -> None:
    assert (await indexes(storage, "users"))[(("alias_key", 1),)]["unique"]
    assert (await indexes(storage, "sessions"))[(("expires_at", 1),)]["expireAfterSeconds"] == 0


async def test_a_story_has_an_index_and_posts_in_flight_a_partial_one(storage: Storage) -> None:
    found = await indexes(storage, "posts")
    assert "partialFilterExpression" not in found[(("author", 1), ("_id", -1))]
    assert found[(("in_flight", 1), ("author", 1), ("_id", -1))]["partialFilterExpression"] == {"in_flight": True}


async def test_a_key_makes_one_post_and_is_spent_for_a_day(storage: Storage) -> None:
    keyed = (await indexes(storage, "posts"))[(("author", 1), ("key", 1))]
    assert keyed["unique"]
    assert keyed["partialFilterExpression"] == {"key": {"$exists": True}}
    assert (await indexes(storage, "spent_keys"))[(("at", 1),)]["expireAfterSeconds"] == 24 * 60 * 60


async def test_the_search_index_holds_rank_and_words(storage: Storage) -> None:
    found = await indexes(storage, "users")
    assert (("search_rank", -1), ("search_words", 1)) in found
    assert not any("follower_count" in dict(keys) and "search_words" in dict(keys) for keys in found)


async def test_edges_are_unique_and_one_index_holds_only_pushed_edges(storage: Storage) -> None:
    found = await indexes(storage, "follows")
    assert found[(("follower", 1), ("followee", 1))]["unique"]
    assert found[(("follower", 1), ("push_from", 1), ("followee", 1), ("hides_reposts", 1), ("out_of_feed", 1))]
    assert (("follower", 1), ("push_from", 1)) not in found, "it is a prefix"
    assert (("follower", 1), ("_id", -1)) in found
    assert (("followee", 1), ("_id", -1)) in found
    pushed = found[(("followee", 1), ("follower", 1), ("push_from", 1))]
    assert pushed["partialFilterExpression"] == {"push_from": {"$lt": NEVER}}
    filling = found[(("push_from", 1), ("follower", 1))]
    assert filling["partialFilterExpression"] == {"push_from": {"$gte": FILLING, "$lt": NEVER}}


async def test_an_index_that_is_a_prefix_of_another_is_dropped(storage: Storage) -> None:
    await storage.mongo.collection("sessions").create_index("user")
    await asyncio.gather(*(create_indexes(storage.mongo) for _ in range(3)))
    found = await indexes(storage, "sessions")
    assert (("user", 1), ("last_used_at", -1)) in found
    assert (("user", 1),) not in found
