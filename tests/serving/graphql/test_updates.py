"""Live updates over real sockets: recipients, transports, and clients that do not read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from composition.tasks import task_services_of
from storage import Storage
from tests.client import Someone, sign_up
from tests.conftest import empty
from tests.node import run_node
from tests.pipeline.clients import Clients
from tests.pipeline.stack import Stack
from tests.talk import FEED_UPDATES, talking
from tests.waiting import PATIENT_S, wait_until
from tests.world import World

VIEWER = "{ viewer { alias } }"
SSE = "text/event-stream"
PARTS = "multipart/mixed;subscriptionSpec=1.0, application/json"


@pytest.fixture(scope="module")
async def one_storage(served: Stack) -> AsyncIterator[Storage]:
    async with task_services_of(served.settings) as services:
        yield services.storage


@pytest.fixture
async def world(one_storage: Storage) -> World:
    await empty(one_storage)
    return World(one_storage)


@pytest.fixture
async def ann(world: World) -> Someone:
    return await sign_up(world, "ann")


@pytest.fixture
async def bob(world: World, ann: Someone) -> Someone:
    """Return a reader who follows Ann."""
    bob = await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    return bob


async def figure(served: Stack, name: str) -> float:
    async with httpx.AsyncClient(base_url=served.url) as http:
        lines = (await http.get("/metrics")).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


@pytest.mark.parametrize("key", ["Authorization", "authorization"])
async def test_the_token_comes_with_the_connection(served: Stack, bob: Someone, key: str) -> None:
    async with talking(served.url, payload={key: f"bearer {bob.token}"}) as talk:
        assert await talk.ask(VIEWER) == {"viewer": {"alias": "bob"}}


async def test_the_token_of_the_upgrade_request_is_the_fallback(served: Stack, ann: Someone, bob: Someone) -> None:
    headers = {"Authorization": f"Bearer {ann.token}"}
    async with talking(served.url, headers=headers) as talk:
        assert await talk.ask(VIEWER) == {"viewer": {"alias": "ann"}}
    async with talking(served.url, bob.token, headers=headers) as talk:
        assert await talk.ask(VIEWER) == {"viewer": {"alias": "bob"}}


@pytest.mark.parametrize("payload", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": 7}, {"token": "x"}])
async def test_an_anonymous_connection_gets_answers_but_no_updates(served: Stack, payload: dict[str, Any]) -> None:
    async with talking(served.url, payload=payload) as talk:
        assert (await (await talk.subscribe()).end()).codes == ["UNAUTHENTICATED"]
        assert await talk.ask(VIEWER) == {"viewer": None}


async def test_one_connection_serves_one_viewer_until_the_session_ends(
    served: Stack, ann: Someone, bob: Someone
) -> None:
    async with talking(served.url, ann.token) as author, talking(served.url, bob.token) as talk:
        updates = await talk.begin()
        await author.ask('mutation { createPost(input: {text: "over a socket"}) { __typename } }')
        assert await updates.texts(until="over a socket") == ["over a socket"]
        assert await talk.ask("mutation { logout }") == {"logout": True}
        assert (await updates.end()).codes == ["UNAUTHENTICATED"]
        assert (await (await talk.subscribe()).end()).codes == ["UNAUTHENTICATED"]
        assert await talk.ask(VIEWER) == {"viewer": None}


async def test_the_reference_client_receives_a_post(served: Stack, ann: Someone, bob: Someone) -> None:
    url = f"ws{served.url.removeprefix('http')}/graphql"
    assert await asyncio.to_thread(run_node, "updates.mjs", url, "nonsense") == ["UNAUTHENTICATED"]
    listening = asyncio.create_task(asyncio.to_thread(run_node, "updates.mjs", url, bob.token))
    async with Clients(served.url) as clients:
        async with asyncio.timeout(PATIENT_S):
            while not listening.done():
                await clients.create_post(ann.token, "hello")
                await asyncio.wait([listening], timeout=0.2)
    assert await listening == ["hello"]


async def test_a_viewer_who_follows_back_is_seen_in_the_next_update(served: Stack, ann: Someone, bob: Someone) -> None:
    async with Clients(served.url) as clients, talking(served.url, bob.token) as talk:
        updates = await talk.subscribe("subscription { feedUpdates { author { followsViewer } } }")
        await talk.ask("{ __typename }")
        for follows in (False, True):
            await clients.create_post(ann.token, "hello")
            assert (await updates.next())["feedUpdates"] == {"author": {"followsViewer": follows}}
            await clients.follow(ann.token, bob.user.id)


@pytest.mark.parametrize("accept", [SSE, PARTS])
async def test_updates_come_over_plain_http_until_the_client_leaves(
    served: Stack, ann: Someone, bob: Someone, accept: str
) -> None:
    async def is_open(number: int) -> bool:
        return await figure(served, "tweeter_subscriptions") == number

    headers = {"Accept": accept, "Authorization": f"Bearer {bob.token}"}
    async with Clients(served.url) as clients, httpx.AsyncClient(base_url=served.url, timeout=30) as http:
        async with http.stream("POST", "/graphql", json={"query": FEED_UPDATES}, headers=headers) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith(accept.partition(";")[0])
            for text in ("one", "two"):
                await clients.create_post(ann.token, text)
            lines = response.aiter_lines()
            received = [await anext(lines)]
            async with asyncio.timeout(PATIENT_S):
                while '"two"' not in received[-1]:
                    received.append(await anext(lines))
            assert sum('"one"' in line for line in received) == 1
            await wait_until(lambda: is_open(1))
        await wait_until(lambda: is_open(0))


async def test_updates_over_plain_http_need_a_viewer(served: Stack) -> None:
    async with httpx.AsyncClient(base_url=served.url) as http:
        answer = await http.post("/graphql", json={"query": FEED_UPDATES}, headers={"Accept": SSE})
    assert answer.text.count("event: next") == answer.text.count("event: complete") == 1
    assert '"UNAUTHENTICATED"' in answer.text


async def test_a_query_is_not_streamed_if_the_client_accepts_both(served: Stack) -> None:
    async with httpx.AsyncClient(base_url=served.url) as http:
        both = await http.post("/graphql", json={"query": VIEWER}, headers={"Accept": f"application/json, {SSE}"})
        events = await http.post("/graphql", json={"query": VIEWER}, headers={"Accept": SSE})
    assert both.json() == {"data": {"viewer": None}}
    assert events.text.startswith('event: next\ndata: {"data":{"viewer":null}}\n\n')


async def test_a_client_that_does_not_read_is_disconnected_without_effect_on_others(
    served: Stack, ann: Someone, bob: Someone
) -> None:
    before = await figure(served, "tweeter_slow_readers_total")
    much = " ".join(f"a{number}: text" for number in range(20))
    text = "👨‍👩‍👧‍👦" * 280

    async def is_given_up() -> bool:
        await clients.create_post(ann.token, text)
        await asyncio.sleep(0.1)
        return await figure(served, "tweeter_slow_readers_total") > before

    async def is_alone() -> bool:
        return await figure(served, "tweeter_subscriptions") == 1

    async with (
        Clients(served.url) as clients,
        talking(served.url, bob.token) as other,
        talking(served.url, bob.token, buffer_bytes=65_536) as slow,
    ):
        updates = await other.begin()
        unread = await slow.subscribe(f"subscription {{ feedUpdates {{ {much} }} }}")
        await slow.ask("{ __typename }")
        slow.stop_reading()
        await wait_until(is_given_up, seconds=120)
        await wait_until(is_alone)
        await clients.create_post(ann.token, "the end")
        arrived = await updates.texts(until="the end")
        slow.read_on()
        received, end = await unread.rest()
    assert set(arrived) == {text, "the end"}
    assert len(received) < len(arrived)
    assert end.codes[0] in (4900, 1006), "told why, unless it is too late even for that"
