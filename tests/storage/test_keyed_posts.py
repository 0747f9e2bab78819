"""The commands to MongoDB for posts with an idempotency key."""

import asyncio
from typing import Any

import pytest
from pymongo.errors import DuplicateKeyError

from domain.ids import MAX_ID
from storage import Storage
from storage.keyed_posts import KeyedPosts
from storage.memory.ids import IdGenerator
from storage.posts import Posts
from tests.commands import Commands, explain
from tests.storage.crowds import make_posts
from tests.world import World

ANN = 7
KEY = "key"


def steps(sent: list[Any]) -> list[tuple[Any, ...]]:
    """Return the name, collection and read concern of each command."""
    found = []
    for command in sent:
        name = next(iter(command))
        found.append((name, command[name], command.get("readConcern", {}).get("level")))
    return found


async def test_the_check_for_a_spent_key_and_the_insert_are_one_transaction(
    storage: Storage, commands: Commands
) -> None:
    with commands.during() as sent:
        made = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)
    assert made is not None
    assert made.is_new
    assert steps(sent) == [("find", "spent_keys", None), ("insert", "posts", None), ("commitTransaction", 1, None)]
    assert len({(bytes(command["lsid"]["id"]), command["txnNumber"]) for command in sent}) == 1


async def test_a_post_of_another_process_is_returned_when_a_majority_has_it(
    storage: Storage, commands: Commands
) -> None:
    first = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)
    with commands.during() as sent:
        again = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)
    assert first is not None
    assert again is not None
    assert (again.post, again.is_new) == (first.post, False)
    assert steps(sent)[-2:] == [("find", "users", "linearizable"), ("find", "posts", "majority")]


async def test_a_key_is_spent_in_the_transaction_that_deletes_its_post(storage: Storage, commands: Commands) -> None:
    made = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)
    assert made is not None
    with commands.during() as sent:
        assert await storage.posts.delete_post(made.post.id, author=ANN)
    assert [step[:2] for step in steps(sent)] == [
        ("findAndModify", "posts"),
        ("update", "spent_keys"),
        ("update", "removals"),
        ("commitTransaction", 1),
    ]
    assert len({(bytes(command["lsid"]["id"]), command["txnNumber"]) for command in sent}) == 1


async def test_deleting_a_post_without_a_key_spends_none(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    assert await storage.posts.delete_post(post.id, author=post.author)
    assert await storage.mongo.collection("spent_keys").count_documents({}) == 0


async def test_deleting_another_account_s_post_spends_no_key(storage: Storage) -> None:
    made = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)
    assert made is not None
    assert not await storage.posts.delete_post(made.post.id, author=ANN + 1)
    assert await storage.mongo.collection("spent_keys").count_documents({}) == 0


async def test_a_key_is_looked_up_in_its_index(storage: Storage, commands: Commands) -> None:
    await make_posts(storage, [await World(storage).make_user()] * 50)
    for number in range(50):
        await storage.keyed_posts.insert_once(ANN, "hello", key=f"key {number}")
    with commands.during() as sent:
        assert await storage.keyed_posts.find_by_key(ANN, "key 30")
    (plan,) = [await explain(storage, command) for command in sent if command.get("find") == "posts"]
    assert (plan.keys, plan.documents) == (1, 1)


class Clash(IdGenerator):
    """Draws a taken id once."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self._taken = iter([taken])

    def draw(self) -> int:
        return next(self._taken, None) or super().draw()


@pytest.mark.parametrize("key", [KEY, None])
async def test_an_insert_is_retried_only_if_the_id_is_taken(storage: Storage, key: str | None) -> None:
    """If another unique index refuses the post, retries with other ids would never end."""
    posts = storage.mongo.collection("posts")
    taken = {"_id": MAX_ID, "author": ANN, "text": "first"}
    await posts.insert_one(taken)
    ids = Clash(MAX_ID)
    plain = Posts(storage.mongo, ids, storage.media)
    keyed = KeyedPosts(storage.mongo, ids, storage.media)

    async def insert() -> int:
        if key is None:
            return (await plain.insert_post(ANN, "second")).id
        made = await keyed.insert_once(ANN, "second", key=key)
        assert made is not None
        return made.post.id

    assert await insert() != MAX_ID
    assert await posts.find_one({"_id": MAX_ID}) == taken

    await posts.create_index("text", unique=True, name="of_a_later_version")
    try:
        if key is not None:
            key = "another"
        async with asyncio.timeout(30):
            with pytest.raises(DuplicateKeyError):
                await insert()
    finally:
        await posts.drop_index("of_a_later_version")
