"""The most expensive queries that are admitted, sent as fast as possible. Measures the effect on another caller."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

from benchmarks.client import Connection, connect, connect_like
from benchmarks.figures import Figure
from benchmarks.posting import delivered, post
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import seed_stars
from launch.embedded import Say

FOLLOWERS = 100
POSTS = 100
TEXT = "@a " * 93  # a post with the most segments possible
FLOODING = 8  # connections
CALM_LOOKS = 200
PAUSE_S = 0.02
READER = "fan1"

CHEAP = "{ viewer { alias } }"
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"  # needs a single turn of the event loop

# The first three cost nearly the limit of an operation, and the fourth nearly the limit of one that needs no turn. The
# last is a different document each time, of the maximum length.
SEGMENTS = "segments { kind text alias url }"
TYPE = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"
TYPES = f"types {{ kind name description fields {{ name description args {{ name description {TYPE} }} {TYPE} }} }}"
USER = "id alias firstName lastName imageUrl createdAt followerCount followeeCount isCelebrity isViewer"
FLOODS = {
    "wide pages": f"""{{ feed(first: 100) {{ edges {{ cursor
        node {{ id text createdAt {SEGMENTS} again: {SEGMENTS} }} }} }} }}""",
    "lists of lists": """{ user(alias: "star") { followers(first: 100) { edges { node {
        followees(first: 3) { edges { node { id alias } cursor } } } } } } }""",
    "introspection": " ".join(["{", *(f"{alias}: __schema {{ {TYPES} }}" for alias in "abc"), "}"]),
    "ordinary pages": f"""{{ feed(first: 20) {{ edges {{ cursor
        node {{ id text createdAt {SEGMENTS} again: {SEGMENTS} }} }} }} }}""",
    "new documents": " ".join(["{", *(f'u{n}: user(alias: "NEW{n}") {{ {USER} }}' for n in range(20)), "}"]),
}
# The most expensive document that is not executed: 1,000 tokens.
FRAGMENTS = 95
EXCEPTION_HANDLERS = {
    "fragments that double": " ".join(
        [
            "{ ...F0 }",
            *(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(FRAGMENTS)),
            f"fragment F{FRAGMENTS} on Query {{ __typename }}",
        ]
    ),
    "unknown input fields": " ".join(
        ["mutation { createPost(input: {", *(f"NEW{n}: 1" for n in range(320)), "}) { __typename } }"]
    ),
}


@dataclass(slots=True)
class Seen:
    """Measurements by a caller with few requests."""

    answers: list[float] = field(default_factory=list)
    turns: list[float] = field(default_factory=list)


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_for(stack, "hostile", redis_database=0, celebrity_threshold=2 * FOLLOWERS)
    say(f"seeding an account with {FOLLOWERS} followers and {POSTS} posts")
    await seed_stars(settings, star=FOLLOWERS)
    with running(stack, settings):
        async with connect(settings.port, "star") as star:
            for _ in range(POSTS):
                last = await post(star, TEXT)
            await delivered(star, last, targets=FOLLOWERS)
        say("measuring before the load")
        async with connect(settings.port, READER) as reader:
            calm = Seen()
            for _ in range(CALM_LOOKS):
                await _look(calm, reader)
            yield Figure(name="a cheap query, calm", samples=calm.answers)
            yield Figure(name="a turn, calm", samples=calm.turns)
        for name, query in (FLOODS | EXCEPTION_HANDLERS).items():
            flood_s = size.hostile.flood_s
            async with connect(settings.port, READER) as reader:
                alone = await _alone(reader, query, is_refused=name in EXCEPTION_HANDLERS)
                say(f"{name}: {alone[-1] * 1000:.0f} ms each; {FLOODING} connections at once")
                seen, answered = await _flood(reader, settings.port, query, flood_s)
            yield Figure(name=f"{name}, alone", samples=alone)
            yield Figure(name=f"{name}, answered at once", samples=[answered / flood_s], unit="per second")
            yield Figure(name=f"a cheap query, {name}", samples=seen.answers)
            yield Figure(name=f"a turn, {name}", samples=seen.turns)


async def _alone(connection: Connection, query: str, *, is_refused: bool) -> list[float]:
    """Return the seconds of five answers.

    Raises:
        RuntimeError: The query is refused or admitted against expectation.
    """
    samples = []
    for number in range(5):
        request = connection.request(query.replace("NEW", f"alone{number}"))
        began = perf_counter()
        body = await connection.send(request)
        samples.append(perf_counter() - began)
        if body.startswith(b'{"errors"') != is_refused:
            raise RuntimeError(f"{query[:60]}… was answered with {body[:200]!r}")
    return samples


async def _flood(reader: Connection, port: int, query: str, flood_s: float) -> tuple[Seen, int]:
    """Run the load. Return the reader's latencies and the number of answered queries."""
    until = perf_counter() + flood_s
    async with AsyncExitStack() as opened:
        hostile = [await opened.enter_async_context(connect_like(reader, port)) for _ in range(FLOODING)]
        numbers = count()
        flooding = [asyncio.create_task(_ask_until(until, each, query, numbers)) for each in hostile]
        seen = Seen()
        while perf_counter() < until:
            await _look(seen, reader)
            await asyncio.sleep(PAUSE_S)
        return seen, sum(await asyncio.gather(*flooding))


async def _ask_until(until: float, connection: Connection, query: str, numbers: Iterator[int]) -> int:
    answered = 0
    while perf_counter() < until:
        body = await connection.send(connection.request(query.replace("NEW", str(next(numbers)))))
        answered += not body.startswith(b'{"errors"')  # for example, it had no turn in time
    return answered


async def _look(seen: Seen, somebody: Connection) -> None:
    began = perf_counter()
    await somebody.send(ALIVE)
    seen.turns.append(perf_counter() - began)
    began = perf_counter()
    await somebody.ask(CHEAP)
    seen.answers.append(perf_counter() - began)
