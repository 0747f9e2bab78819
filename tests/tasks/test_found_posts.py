"""Posts of versions without tags and words get them, also if the migration dies at any step, and others write."""

import random

import pytest

from domain.records import User
from storage.data_version import COUNTS, TAGS
from storage.migrations import migrate, to_4
from storage.mongo import Document
from storage.post_documents import found_by
from tests.conftest import empty
from tests.finding import some_text
from tests.stepping import begin_by_command, commands_are_steps
from tests.world import World

OLD = 7
BATCH = 2


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.migrations.to_4.BATCH", BATCH)
    monkeypatch.setattr("storage.migrations.to_4.SAY_EVERY", 1)
    commands_are_steps(monkeypatch)


def say_nothing(_: str) -> None:
    """Say nothing."""


async def make_old_posts(world: World, seed: int = 1) -> User:
    rng, author = random.Random(seed), await world.make_user()
    for _ in range(OLD):
        await world.post(author, some_text(rng))
    post = await world.post(author, "🎉")
    await world.storage.reposts.repost(author.id, post)
    await world.storage.mongo.collection("posts").update_many({}, {"$unset": {"tags": "", "words": ""}})
    return author


async def stored(world: World) -> list[Document]:
    return [post async for post in world.storage.mongo.collection("posts").find({})]


def is_whole(post: Document) -> bool:
    fields = {name: post[name] for name in ("tags", "words") if name in post}
    return fields == (found_by(post["text"]) if "text" in post else {})


async def test_the_migration_may_die_at_any_step_and_goes_on_where_it_stopped(world: World) -> None:
    for steps in range(100):
        await empty(world.storage)
        author = await make_old_posts(world)
        call = await begin_by_command(to_4.apply(world.storage.mongo, say_nothing))
        for _ in range(steps):
            if not call.is_done:
                await call.advance()
        ended = call.is_done
        if not ended:
            await call.kill()
            newest = max(post["_id"] for post in await stored(world))
            await world.storage.posts.delete_post(newest, author=author.id)
            await world.post(author, "#new")

            said: list[str] = []
            await to_4.apply(world.storage.mongo, said.append)
            assert len(said) <= OLD // BATCH + 2

        assert all(map(is_whole, await stored(world)))
        assert [row["_id"] async for row in world.storage.mongo.collection("meta").find({})] == ["data"]
        if ended:
            return
    pytest.fail("the migration goes on for ever")


async def test_a_migration_that_goes_on_does_not_read_again_what_it_has_done(world: World) -> None:
    await make_old_posts(world)
    whole: list[str] = []
    await to_4.apply(world.storage.mongo, whole.append)
    assert whole == [f"{number * BATCH:,} posts" for number in range(1, len(whole) + 1)]
    third = sorted(post["_id"] for post in await stored(world))[3]
    await world.storage.mongo.collection("meta").insert_one({"_id": to_4.PROGRESS, "after": third})
    rest: list[str] = []
    await to_4.apply(world.storage.mongo, rest.append)
    assert len(rest) == len(whole) - 2


async def test_the_version_is_raised_when_all_posts_are_found(world: World) -> None:
    await make_old_posts(world)
    await world.storage.mongo.collection("meta").update_one({"_id": "data"}, {"$set": {"version": COUNTS}})
    taken = await migrate(world.storage.mongo)
    assert TAGS in [step.version for step in taken]
    assert all(map(is_whole, await stored(world)))
    assert await world.storage.data_version.read() >= TAGS
