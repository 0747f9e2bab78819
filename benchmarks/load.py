"""An open loop: sends requests at planned times, whether or not earlier ones are answered: `python -m benchmarks.load`.

It runs in its own process, so that only the server causes delays. It reads a Plan as JSON and writes an Outcome.
Arrivals are a Poisson process. Latency counts from the planned time of a request, so it includes the wait for a
connection and delays of this process.
"""

import asyncio
import gc
import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

import uvloop

from benchmarks.client import Connection, opened
from benchmarks.pages import PAGE
from benchmarks.posting import CREATE

HOME, STORY, COMPOSE = "home feed", "story", "compose"
SHARES = {HOME: 60, STORY: 30, COMPOSE: 10}  # the mix of DeathStarBench's social network
STORY_PAGE = f"query ($alias: String!) {{ user(alias: $alias) {PAGE.replace('feed', 'story', 1)} }}"
TEXT = "Said in passing, by somebody who had nothing in particular to say and for once took the time to say it well."

CONNECTIONS = 64  # used in turn, since the server closes idle ones
HOPELESS_S = 1.0  # a latency that ends the run


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    port: int
    rate: float  # requests per second
    seconds: float
    seed: int
    tokens: Sequence[str]  # of the callers
    authors: Sequence[str]  # aliases of the accounts whose stories are read


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Latencies in seconds. Unanswered requests count with the time that they have waited."""

    taken: dict[str, list[float]] = field(default_factory=lambda: {operation: [] for operation in SHARES})
    late: list[float] = field(default_factory=list)  # delays of sending, in seconds
    is_hopeless: bool = False


class Arrival(NamedTuple):
    at: float  # seconds from the beginning
    operation: str
    token: str
    alias: str


def arrivals(plan: Plan) -> Iterator[Arrival]:
    """Yield random arrivals, determined by the seed."""
    dice, at = random.Random(plan.seed), 0.0
    operations, weights = list(SHARES), list(SHARES.values())
    while (at := at + dice.expovariate(plan.rate)) < plan.seconds:
        operation = dice.choices(operations, weights)[0]
        yield Arrival(at, operation, dice.choice(plan.tokens), dice.choice(plan.authors))


async def run(plan: Plan) -> Outcome:
    """Send the planned requests. Stop early if a latency exceeds HOPELESS_S.

    Raises:
        ExceptionGroup: Answers had errors. It holds RuntimeErrors.
    """
    async with AsyncExitStack() as stack:
        return await _run(plan, [await stack.enter_async_context(opened(plan.port)) for _ in range(CONNECTIONS)])


async def _run(plan: Plan, connections: Sequence[Connection]) -> Outcome:
    loop, outcome, idle = asyncio.get_running_loop(), Outcome(), asyncio.Queue[Connection]()
    for connection in connections:
        idle.put_nowait(connection)

    async def ask(arrival: Arrival, meant: float) -> None:
        try:
            async with asyncio.timeout_at(meant + HOPELESS_S):
                connection = await idle.get()
                body = await connection.send(_request(connection, arrival))
            if b'"errors"' in body:
                raise RuntimeError(f"the server answered {body[:500]!r}")
            idle.put_nowait(connection)
        except TimeoutError:
            outcome.is_hopeless = True
        outcome.taken[arrival.operation].append(loop.time() - meant)

    planned, began = list(arrivals(plan)), loop.time()
    async with asyncio.TaskGroup() as asking:
        for arrival in planned:
            meant = began + arrival.at
            await asyncio.sleep(meant - loop.time())
            if outcome.is_hopeless:
                break
            outcome.late.append(loop.time() - meant)
            asking.create_task(ask(arrival, meant))
    return outcome


def _request(connection: Connection, arrival: Arrival) -> bytes:
    connection.carry(arrival.token)
    if arrival.operation == HOME:
        return connection.request(PAGE)
    if arrival.operation == STORY:
        return connection.request(STORY_PAGE, alias=arrival.alias)
    return connection.request(CREATE, text=TEXT)


if __name__ == "__main__":
    plan = Plan(**json.load(sys.stdin))
    gc.disable()  # collections would delay requests, and the process is short-lived
    json.dump(asdict(uvloop.run(run(plan))), sys.stdout)
