"""The page of a feed over GraphQL, beside what else serves it from the same database: `python -m benchmarks.page`."""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.closed_loop import Answered, ClosedLoop
from benchmarks.figures import Figure
from benchmarks.pages import PAGE, PAGE_SIZE
from benchmarks.peers.contestants import IN_PYTHON, ON_NODE, OURS, Contestant, node_is_missing, serving
from benchmarks.peers.recorded import record
from benchmarks.report import table
from benchmarks.stack import Stack, settings_for, start_stack
from launch.embedded import Say
from opening import resources_of
from seeding.demo import seed_demo
from settings import Settings

READER = "ada"
PAGE_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    rounds: int
    seconds: float  # of each contestant in each round
    warm_up_s: float
    connections: Sequence[int]


FULL = Size(rounds=8, seconds=2.0, warm_up_s=5.0, connections=(1, 8, 64))
QUICK = Size(rounds=3, seconds=0.5, warm_up_s=1.5, connections=(1, 8, 64))


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_for(stack, "page", redis_database=2, celebrity_threshold=10_000)
    say("seeding the demo")
    reader, token = await _seed(settings)
    command = settings.data_dir / "page.json"
    command.write_text(await record(settings, reader, first=PAGE_SIZE))
    contestants = [OURS, *IN_PYTHON]
    if why := node_is_missing():
        say(f"without the peers on Node: {why}")
    else:
        contestants += ON_NODE
    request = _request(token)
    with serving(stack, settings, contestants, {"COMMAND": str(command)}) as ports, closing(ClosedLoop()) as loop:
        say("comparing their answers")
        await _compare(ports, request)
        for each in contestants:
            say(f"warming up: {each.name}")
            await loop.run(ports[each.name], request, connections=8, seconds=size.warm_up_s)
        for connections in size.connections:
            rounds: dict[str, list[Answered]] = defaultdict(list)
            for number in range(size.rounds):
                say(f"{connections} connections, round {number + 1} of {size.rounds}")
                for each in contestants if number % 2 == 0 else contestants[::-1]:
                    rounds[each.name].append(
                        await loop.run(ports[each.name], request, connections=connections, seconds=size.seconds)
                    )
            for figure in _figures(contestants, connections, rounds):
                yield figure


def _figures(contestants: Sequence[Contestant], connections: int, rounds: dict[str, list[Answered]]) -> list[Figure]:
    ours = rounds[OURS.name]
    figures = []
    for each in contestants:
        theirs = rounds[each.name]
        rates = [one.per_second for one in theirs]
        latencies = [latency for one in theirs for latency in one.latencies]
        figures.append(
            Figure(name=f"{each.name}, {connections}", samples=latencies, promise_s=PAGE_S, per_second=median(rates))
        )
        if each is not OURS:
            ratios = [one.per_second / other.per_second for one, other in zip(ours, theirs, strict=True)]
            figures.append(Figure(name=f"… tweeter / it (should be {each.at_least})", samples=ratios, is_ratio=True))
    return figures


def _request(token: str) -> bytes:
    body = json.dumps({"query": PAGE, "variables": {}}).encode()
    head = f"Host: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
    return f"POST /graphql HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _compare(ports: dict[str, int], request: bytes) -> None:
    """Errors: RuntimeError where anybody's data are not ours to the byte."""
    found = {name: await _data(port, request) for name, port in ports.items()}
    for name, data in found.items():
        if data != found[OURS.name]:
            raise RuntimeError(
                f"{name} answers other data than we do: {data[:1000]} instead of {found[OURS.name][:1000]}"
            )


async def _data(port: int, request: bytes) -> str:
    """As JSON written by one writer. Errors: RuntimeError where the page is not full."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
    answer = await reader.read()
    writer.close()
    data = json.loads(answer.partition(b"\r\n\r\n")[2])["data"]
    if not data or len(data["feed"]["edges"]) != PAGE_SIZE:
        raise RuntimeError(f"the page is not full: {answer[:1000]!r}")
    return json.dumps(data)


async def _seed(settings: Settings) -> tuple[int, str]:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with resources_of(settings) as resources:
            await seed_demo(resources)
            reader = await resources.storage.users.find_by_alias(READER)
            assert reader is not None
            token, _ = await resources.storage.sessions.create(reader.id)
            return reader.id, token


async def main() -> None:
    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
        try:
            size = QUICK if "--quick" in sys.argv else FULL
            print(table([figure async for figure in measure(stack, size, say=say)]))
        except BaseException:
            sys.stderr.write((Path(directory) / "log").read_text()[-3000:])
            raise


if __name__ == "__main__":
    asyncio.run(main())
