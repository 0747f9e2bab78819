"""The web process without GraphQL: liveness, readiness, metrics, and absent servers."""

import asyncio
import time
from contextlib import aclosing
from typing import Any

import pytest
from starlette.applications import Starlette

from app import Web, create_app
from domain.callers import Caller
from domain.rates import NO_RATES
from resolvers import posts
from resolvers.context import viewer_of
from serving.graphql.persisted_documents import PersistedDocuments
from settings import BadSetting, Settings
from storage import Storage
from tasks.messages import FAN_OUT_SMALL
from tests.broker import until_sent
from tests.client import Client, running, sign_up, until_ready
from tests.conftest import CELEBRITY_THRESHOLD
from tests.waiting import PATIENT_S, wait_until
from tests.world import World

NOBODY = "127.0.0.1:9"  # the discard port, on which nothing listens
CREATE = 'mutation { createPost(input: {text: "hello"}) { ... on PostCreated { post { text delivery { state } } } } }'


async def test_a_process_with_its_servers_is_alive_and_ready(client: Client) -> None:
    alive = await client.http.get("/healthz")
    assert (alive.status_code, alive.text) == (200, "alive\n")
    ready = await client.http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"mongodb": "ok", "redis": "ok"})
    assert (await client.http.get("/")).headers["content-type"].startswith("text/html")
    assert (await client.http.get("/nonsense")).status_code == 404


async def test_metrics_count_responses_and_posts_in_flight(client: Client, world: World) -> None:
    await world.post(await world.make_user())

    async def is_counted() -> bool:
        """The count is at most some seconds old."""
        return "tweeter_posts_in_flight 1.0" in (await client.http.get("/metrics")).text

    await wait_until(is_counted)
    await client("{ viewer { alias } }")
    await client.http.get("/some/path/of/a/stranger")
    metrics = await client.http.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert 'tweeter_http_responses_total{path="/graphql",status="200"}' in metrics.text
    assert 'path="other",status="404"' in metrics.text
    assert "stranger" not in metrics.text


async def test_scrapes_share_one_count_of_posts_in_flight(client: Client, storage: Storage) -> None:
    database = storage.mongo.database
    await database.command({"profile": 2})  # MongoDB notes every command
    try:
        scrapes = await asyncio.gather(*(client.http.get("/metrics") for _ in range(10)))
    finally:
        await database.command({"profile": 0})
    counted = await database["system.profile"].count_documents({"command.aggregate": "posts"})
    await database.drop_collection("system.profile")
    assert [scrape.status_code for scrape in scrapes] == [200] * 10
    assert counted <= 1


async def test_a_process_listens_only_when_it_can_serve(storage: Storage, mongodb_url: str, redis_url: str) -> None:
    """A server listens after the application has started, here on a database without indexes."""
    database = f"{storage.mongo.database.name}-new"
    settings = Settings(mongodb_url=mongodb_url, mongodb_database=database, redis_url=redis_url)
    await storage.mongo.database.client.drop_database(database)
    async with running(settings) as http:
        assert (await Client(http).ask("{ viewer { alias } }")).status == 200
        assert (await http.get("/readyz")).status_code == 200
    await storage.mongo.database.client.drop_database(database)


async def test_without_mongodb_a_process_is_alive_but_not_ready(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.LISTENS_WITHIN_S", 0.1)
    began = time.monotonic()
    settings = Settings(mongodb_url=f"mongodb://{NOBODY}/?replicaSet=none", redis_url=redis_url)
    async with running(settings) as http:
        assert (await http.get("/healthz")).status_code == 200
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, {"mongodb": "unreachable", "redis": "ok"})
        refused = await http.post("/graphql", json={"query": "{ viewer { alias } }"})
        assert refused.status_code == 503
        assert refused.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert "retry-after" in ready.headers
        assert "retry-after" in refused.headers
        assert (await http.get("/metrics")).status_code == 200
        answered = time.monotonic()
    assert answered - began < 5


async def test_a_process_that_ends_before_mongodb_answers_leaves_no_task(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.LISTENS_WITHIN_S", 0.1)
    before = asyncio.all_tasks()
    async with running(Settings(mongodb_url=f"mongodb://{NOBODY}/?replicaSet=none", redis_url=redis_url)):
        assert tasks_of_the_application() - before
    assert not tasks_of_the_application() - before


def tasks_of_the_application() -> "set[asyncio.Task[Any]]":
    return {task for task in asyncio.all_tasks() if "Web._prepare" in repr(task.get_coro())}


async def test_a_post_made_during_the_session_lookup_arrives(
    storage: Storage, world: World, mongodb_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subscription begins when its request arrives, not after the session lookup."""
    settings = Settings(mongodb_url=mongodb_url, mongodb_database=storage.mongo.database.name, redis_url=redis_url)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    web = Web(settings, NO_RATES, PersistedDocuments())
    async with web.lifespan(Starlette()):
        author = await web.make_context(ann.token, Caller())

        async def held_back(storage: Storage, token: str | None) -> int | None:
            await posts.create(author, "in between")
            return await viewer_of(storage, token)

        monkeypatch.setattr("app.viewer_of", held_back)
        arrivals = posts.feed_updates(await web.make_context(bob.token, Caller()))
        async with aclosing(arrivals), asyncio.timeout(PATIENT_S):
            arrival = await anext(arrivals)
            event = await arrival.event_for(bob.user.id)
    assert event is not None
    assert event.post.text == "in between"


async def test_without_redis_posts_are_made_and_read_without_delay(
    storage: Storage, world: World, mongodb_url: str
) -> None:
    settings = Settings(
        mongodb_url=mongodb_url,
        mongodb_database=storage.mongo.database.name,
        redis_url=f"redis://{NOBODY}/0",
        celebrity_threshold=CELEBRITY_THRESHOLD,
    )
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    async with running(settings) as http:
        await until_ready(http)
        client = Client(http)
        ready = await http.get("/readyz")
        assert (ready.status_code, ready.json()["redis"]) == (200, "unreachable")
        for _ in range(3):  # during the later ones, the publisher waits for the broker
            began = time.monotonic()
            created = await client(CREATE, token=ann.token)
            assert time.monotonic() - began < 5
            assert created["createPost"]["post"] == {"text": "hello", "delivery": {"state": "IN_FLIGHT"}}
        feed = await client("{ feed { edges { node { text } } } }", token=bob.token)
        assert len(feed["feed"]["edges"]) == 3


async def test_a_process_adds_search_words_to_an_old_database(
    storage: Storage, world: World, mongodb_url: str, redis_url: str
) -> None:
    await world.make_user("ada")
    await storage.mongo.collection("users").update_many({}, {"$unset": {"search_words": "", "search_rank": ""}})
    settings = Settings(mongodb_url=mongodb_url, mongodb_database=storage.mongo.database.name, redis_url=redis_url)
    async with running(settings) as http:
        await until_ready(http)
        client = Client(http)

        async def is_found() -> bool:
            found = await client('{ searchUsers(query: "ad") { edges { node { alias } } } }')
            return bool(found["searchUsers"]["edges"] == [{"node": {"alias": "ada"}}])

        await wait_until(is_found)


async def test_a_post_is_sent_to_the_workers(client: Client, world: World, redis_url: str) -> None:
    ann = await sign_up(world)
    await client(CREATE, token=ann.token)
    post = await world.storage.mongo.collection("posts").find_one({})
    assert post is not None
    await until_sent(redis_url, FAN_OUT_SMALL, post["_id"])


@pytest.mark.parametrize("missing", ["mongodb_url", "redis_url"])
def test_an_application_needs_the_addresses_of_its_servers(missing: str) -> None:
    addresses: dict[str, Any] = {"mongodb_url": f"mongodb://{NOBODY}", "redis_url": f"redis://{NOBODY}"}
    with pytest.raises(BadSetting, match="MONGODB_URL and REDIS_URL"):
        create_app(Settings(**addresses | {missing: ""}))
