"""The open loop keeps its schedule even if the server is slow."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from benchmarks.load import HOME, HOPELESS_S, SHARES, Plan, arrivals, run

ANSWER, REFUSAL = b'{"data": {}}', b'{"errors": [{"message": "no"}]}'


def make_plan(*, port: int = 0, rate: float = 100, seconds: float = 0.2) -> Plan:
    return Plan(port=port, rate=rate, seconds=seconds, seed=1, tokens=["one", "two"], authors=["ada", "grace"])


@asynccontextmanager
async def serving(answer: Callable[[bytes], Awaitable[bytes]]) -> AsyncIterator[int]:
    """Start a server and yield its port. It answers each request with the result of an awaitable."""
    talking: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:  # ends: the client closes the connection
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.rpartition(b"Content-Length: ")[2])
                body = await answer(head + await reader.readexactly(length))
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has disconnected
        finally:
            writer.close()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking.add(asyncio.create_task(talk(reader, writer)))

    async with await asyncio.start_server(begin, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        for task in talking:
            task.cancel()  # some requests are never answered
        await asyncio.gather(*talking, return_exceptions=True)


def test_the_same_seed_gives_the_same_arrivals() -> None:
    plan = make_plan(rate=1_000, seconds=10)
    planned = list(arrivals(plan))
    assert planned == list(arrivals(plan))
    assert len(planned) == pytest.approx(10_000, rel=0.05)
    counts = Counter(arrival.operation for arrival in planned)
    assert {name: round(100 * counts[name] / len(planned)) for name in SHARES} == pytest.approx(SHARES, abs=2)


async def test_every_request_is_sent_and_its_answer_counted() -> None:
    asked: list[bytes] = []

    async def answer(request: bytes) -> bytes:
        asked.append(request)
        return ANSWER

    async with serving(answer) as port:
        plan = make_plan(port=port)
        outcome = await run(plan)
    planned = Counter(arrival.operation for arrival in arrivals(plan))
    assert {name: len(taken) for name, taken in outcome.taken.items()} == {name: planned[name] for name in SHARES}
    assert len(asked) == len(outcome.late) == planned.total()
    assert any(b"Bearer one" in request for request in asked)


async def test_latency_counts_from_the_planned_time() -> None:
    is_free, longer_s = asyncio.Event(), 0.3
    plan = make_plan(rate=1_000)  # more than there are connections, so most requests cannot even be sent

    async def answer(_: bytes) -> bytes:
        asyncio.get_running_loop().call_later(plan.seconds + longer_s, is_free.set)
        await is_free.wait()
        return ANSWER

    async with serving(answer) as port:
        outcome = await run(replace(plan, port=port))
    assert min(taken for each in outcome.taken.values() for taken in each) >= longer_s


async def test_a_run_against_a_slow_server_stops_early() -> None:
    async def answer(_: bytes) -> bytes:
        await asyncio.Event().wait()
        return ANSWER

    async with serving(answer) as port:
        plan = make_plan(port=port, seconds=100)
        outcome = await run(plan)
    assert outcome.is_hopeless
    assert len(outcome.late) < 0.1 * plan.rate * plan.seconds
    assert min(outcome.taken[HOME]) >= HOPELESS_S


async def test_an_answer_with_errors_fails_the_run() -> None:
    async def answer(_: bytes) -> bytes:
        return REFUSAL

    async with serving(answer) as port:
        with pytest.raises(ExceptionGroup) as raised:
            await run(make_plan(port=port))
    assert raised.group_contains(RuntimeError, match="no")
