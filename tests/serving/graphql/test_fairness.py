"""An address with many requests does not delay others, and refused requests use no turn."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import count
from typing import Any

import httpx
import pytest

from domain.rates import Allowance, Rate
from schema.execution.concurrency import ConcurrencyLimiter, Waiter
from schema.execution.limits import AT_ONCE, BUDGETS, LONG_CHARACTERS, MAX_DOCUMENT_CHARACTERS, WAITING_OF_ONE
from storage import Storage
from tests.client import Client, sign_up
from tests.conftest import settings_of
from tests.pipeline.stack import Stack, stack
from tests.resolvers.limited import PROXY, limited
from tests.waiting import bounded, wait_until
from tests.world import World

HERE, THERE = "192.0.2.7", "192.0.2.8"
SOMEBODY = Waiter("192.0.2.1", None)
USER = "id alias firstName lastName imageUrl createdAt"
LIST = "followers(first: %d) { edges { node { %s } } }"
DEAR = '{ user(alias: "ann") { ' + " ".join(f"{a}: {LIST % (100, USER + ' followsViewer')}" for a in "abc") + " } }"
ORDINARY = '{ user(alias: "ann") { ' + LIST % (100, USER) + " } }"
CHEAP = '{ user(alias: "ann") { followers(first: 1) { edges { cursor } } } }'
READS = Allowance(name="read", per_address=Rate(5, per_s=600))
KINDS = {"dear": (BUDGETS.dear_turns, 1, DEAR), "ordinary": (BUDGETS.turns, AT_ONCE, ORDINARY)}

numbers = count()


def long_document() -> str:
    """Return a different long document each time."""
    return f"{{ viewer {{ alias }} }} #{next(numbers)}".ljust(LONG_CHARACTERS + 1, ".")


@pytest.fixture
async def proxied(storage: Storage, world: World, mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    await sign_up(world, "ann")
    async with limited(storage, mongodb_url, redis_url, READS) as client:
        yield client


async def hold(stack: AsyncExitStack, turns: ConcurrencyLimiter, number: int) -> None:
    for _ in range(number):
        await stack.enter_async_context(turns.turn(SOMEBODY, within_s=10))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_rate_limited_read_waits_for_no_turn(proxied: Client, kind: str) -> None:
    turns, at_once, query = KINDS[kind]
    for _ in bounded():
        if (await proxied.ask(CHEAP, address=HERE)).codes:
            break
    async with AsyncExitStack() as held:
        await hold(held, turns, at_once)
        answer = await proxied.ask(query, address=HERE)
        assert (answer.data, answer.codes) == (None, ["RATE_LIMITED"])
        assert answer.errors[0]["extensions"]["retryAfter"] > 1
        others = asyncio.create_task(proxied.ask(query, address=THERE))
        await wait_until(lambda: waits(turns, 1))
    assert (await others).codes == []


@pytest.mark.parametrize("kind", [*KINDS, "long"])
async def test_waiting_requests_of_an_address_are_limited(proxied: Client, kind: str) -> None:
    turns, at_once, query = KINDS.get(kind, (BUDGETS.dear_turns, 1, ""))
    async with AsyncExitStack() as held:
        await hold(held, turns, at_once)
        here = [
            asyncio.create_task(proxied.ask(query or long_document(), address=HERE)) for _ in range(WAITING_OF_ONE + 3)
        ]
        await wait_until(lambda: are_done(here, 3))
        assert turns.waiting == WAITING_OF_ONE
        there = asyncio.create_task(proxied.ask(query or long_document(), address=THERE))
        await wait_until(lambda: waits(turns, WAITING_OF_ONE + 1))
    assert (await there).codes == []
    refused = [answer for answer in [await task for task in here] if "Too many requests wait" in str(answer.errors)]
    assert [answer.codes for answer in refused] == [["RATE_LIMITED"]] * 3
    assert all(answer.errors[0]["extensions"]["retryAfter"] == 1 for answer in refused)


async def waits(turns: ConcurrencyLimiter, number: int) -> bool:
    return turns.waiting == number


async def are_done(tasks: "Sequence[asyncio.Task[Any]]", number: int) -> bool:
    return sum(task.done() for task in tasks) == number


@pytest.fixture(scope="module")
def behind_a_proxy(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = settings_of(mongodb_url, redis_url, "fair").replace(trusted_proxies=PROXY)
    with stack(settings, tmp_path_factory.mktemp("fair"), "web") as running:
        yield running


async def test_a_cheap_request_overtakes_a_flood_over_real_sockets(behind_a_proxy: Stack) -> None:
    """The flood has long documents, each of which takes milliseconds to parse and an equal pause."""

    async def ask(http: httpx.AsyncClient, address: str) -> bool:
        text = f"{{ {' '.join(f'a{n}: __typename' for n in range(20))} }} #{next(numbers)}"
        sent = {"query": text.ljust(MAX_DOCUMENT_CHARACTERS, ".")}
        answer = await http.post("/graphql", json=sent, headers={"X-Forwarded-For": address})
        codes = [error["extensions"]["code"] for error in answer.json().get("errors", [])]
        assert codes in ([], ["RATE_LIMITED"])
        return not codes

    async with httpx.AsyncClient(base_url=behind_a_proxy.url, timeout=60, limits=httpx.Limits()) as http:
        for _ in range(3):
            flood = [asyncio.create_task(ask(http, HERE)) for _ in range(60)]
            await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
            assert await ask(http, THERE), "it is answered during the flood"
            await asyncio.gather(*flood)
