"""Pages of missing accounts and posts are 404, at the cost of one indexed read."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.rates import Allowance, Rate
from schema.global_ids import IdKind, encode
from storage import Storage
from tests.client import Client, post_id
from tests.resolvers.limited import limited
from tests.world import World

A_BROWSER = {"accept": "text/html,*/*;q=0.8"}
MOST_READ = 6  # a post, the one that it quotes, three accounts, and the key behind them
BELOW = ("", "/followers", "/followees", "/known_followers")
NOT_ALIASES = ["ada.rss", "Zoë", "a" * 31, "a b", "ada%00", "%FF", "@ada", "ada@tweeter", "ada%2Fposts"]
NOT_IDS = ["x", "VXNlcjox", encode(IdKind.USER, 5), encode(IdKind.POST_CURSOR, 5), "%FF", "a" * 500]


async def status(client: Client, path: str) -> int:
    answer = await client.http.get(path, headers=A_BROWSER)
    assert answer.headers["content-type"] == "text/html; charset=utf-8", "a person is told in the client"
    return answer.status_code


@pytest.mark.parametrize("below", BELOW)
async def test_a_profile_page_is_404_if_the_account_does_not_exist(client: Client, world: World, below: str) -> None:
    await world.make_user("Ada")
    assert await status(client, f"/@ada{below}") == 200
    assert await status(client, f"/@ADA{below}") == 200
    assert await status(client, f"/@bob{below}") == 404


async def test_a_post_page_is_404_after_the_post_is_deleted(client: Client, world: World) -> None:
    post = await world.post(await world.make_user("ada"))
    path = f"/@ada/posts/{post_id(post)}"
    assert await status(client, path) == 200
    await world.storage.posts.delete_post(post.id, author=post.author)
    assert await status(client, path) == 404


@pytest.mark.parametrize("alias", NOT_ALIASES)
async def test_a_malformed_alias_is_404(client: Client, alias: str) -> None:
    for below in BELOW:
        assert await status(client, f"/@{alias}{below}") == 404


@pytest.mark.parametrize("id", NOT_IDS)
async def test_a_malformed_id_is_404(client: Client, world: World, id: str) -> None:
    await world.make_user("ada")
    assert await status(client, f"/@ada/posts/{id}") == 404


async def test_a_program_gets_json(client: Client) -> None:
    answer = await client.http.get("/@bob", headers={"accept": "*/*"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]) == (404, {"code": "BAD_USER_INPUT"})


async def profiled(storage: Storage, client: Client, path: str) -> list[dict[str, Any]]:
    """Return the commands that MongoDB got for a page."""
    database = storage.mongo.database
    await database.command({"profile": 2})
    try:
        await status(client, path)
    finally:
        await database.command({"profile": 0})
    among = {"$in": ["users", "posts", "relations"]}
    asked = {"$or": [{"command.find": among}, {"command.aggregate": among}]}
    found = [entry async for entry in database["system.profile"].find(asked)]
    await database.drop_collection("system.profile")
    return found


@pytest.mark.parametrize(
    "path", ["/@ada", "/@nobody", "/@ada/posts/POST", "/@ada/posts/NONE", "/login", "/@a.rss", "/"]
)
async def test_a_visit_costs_one_indexed_read_at_most(
    client: Client, storage: Storage, world: World, path: str
) -> None:
    ada, others = await world.make_user("ada"), await world.make_users(20)
    parent, quoted = [await world.post(other) for other in others[:2]]
    post = await world.post(ada, reply_to=parent, quote=quoted)
    for other in others:
        await world.post(other)
    path = path.replace("POST", post_id(post)).replace("NONE", encode(IdKind.POST, 5))
    found = await profiled(storage, client, path)
    assert len(found) == (0 if path in ("/login", "/@a.rss", "/") else 1)
    assert all(entry["docsExamined"] <= MOST_READ and entry["keysExamined"] <= MOST_READ for entry in found)


@pytest.fixture
async def once(storage: Storage, mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    """Allow an address to look up one account."""
    lookups = Allowance(name="lookup", per_address=Rate(1, per_s=600))
    async with limited(storage, mongodb_url, redis_url, lookups) as client:
        yield client


async def test_visits_count_against_the_rate_limit_of_lookups(once: Client, storage: Storage) -> None:
    assert await status(once, "/@nobody") == 404
    assert await profiled(storage, once, "/@nobody") == []
    assert await status(once, "/@nobody") == 200, "the client finds out itself"
    assert (await once.ask('{ user(alias: "nobody") { id } }')).codes == ["RATE_LIMITED"]
