"""A page of a feed over GraphQL, compared with other servers that return the same bytes from the same data.

Each server is one process. Only the measured one is busy.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from benchmarks.alternating import alternate, ratios
from benchmarks.client import headers_of, request_of
from benchmarks.closed_loop import Answered, ClosedLoop
from benchmarks.figures import Figure
from benchmarks.pages import PAGE, PAGE_SIZE
from benchmarks.peers.answers import find_differences
from benchmarks.peers.contestants import IN_PYTHON, ON_NODE, OURS, Contestant, Server, serving, why_no_node
from benchmarks.peers.recorded import record
from benchmarks.processes import cpu_seconds
from benchmarks.sizes import Size
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services
from launch.embedded import Say
from seeding.demo import VIEWER, seed_demo
from settings import Settings

PAGE_S = 0.2  # the target of the original application
WEB_CPU_S = 0.0006  # the target for the processor time of our web process
PLOT = f"pages of {PAGE_SIZE} posts a second by connections"
WARM_UP_CONNECTIONS = 8


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    """Compare the pages of all contestants.

    Raises:
        RuntimeError: A contestant's answer differs from ours.
    """
    settings = settings_for(stack, "page", redis_database=0, celebrity_threshold=10_000)
    say(f"seeding the demo, whose {VIEWER} reads a feed by many authors, in many scripts")
    reader, tokens = await _seed(settings, sessions=max(WARM_UP_CONNECTIONS, *size.page.connections))
    command = await record(settings, reader, first=PAGE_SIZE, token=tokens[0])
    contestants = [OURS, *IN_PYTHON]
    if why := why_no_node():
        say(f"without the servers on Node: {why}")
    else:
        contestants += ON_NODE
    requests = [request_of(headers_of(token), PAGE) for token in tokens]
    with serving(stack, settings, contestants, command=command) as servers, closing(ClosedLoop()) as loop:
        say("comparing the answers")
        if differences := await find_differences({name: each.port for name, each in servers.items()}, requests[0]):
            raise RuntimeError("\n".join(differences))
        for name, server in servers.items():
            say(f"warming up: {name}")
            await loop.run(server.port, requests[:WARM_UP_CONNECTIONS], seconds=size.page.warm_up_s)
        for connections in size.page.connections:
            run = partial(_run, loop, stack, requests[:connections], seconds=size.page.round_s)
            rounds = {name: partial(run, server) for name, server in servers.items()}
            say(f"{size.page.rounds} rounds at {connections}")
            answered = await alternate(rounds, rounds=size.page.rounds, warm_up=0, say=lambda _: None)
            for figure in _figures(contestants, connections, answered):
                yield figure


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a contestant. Its processor time is that of one page, in seconds."""

    answered: Answered
    server: float
    mongod: float


async def _run(loop: ClosedLoop, stack: Stack, requests: Sequence[bytes], server: Server, *, seconds: float) -> Round:
    groups = server.group, stack.mongod
    before = [cpu_seconds(group) for group in groups]
    answered = await loop.run(server.port, requests, seconds=seconds)
    used = [(cpu_seconds(group) - began) / answered.in_all for group, began in zip(groups, before, strict=True)]
    return Round(answered, *used)


async def _seed(settings: Settings, *, sessions: int) -> tuple[int, list[str]]:
    """Return the reader and session tokens. Each connection has its own session."""
    async with quiet_services(settings) as services:
        await seed_demo(services, with_talks=False)  # the other servers execute one command, and know no conversations
        reader = await services.storage.users.find_by_alias(VIEWER)
        assert reader is not None, "the demo has its viewer"
        return reader.id, [(await services.storage.sessions.create(reader.id))[0] for _ in range(sessions)]


def _figures(
    contestants: Sequence[Contestant], connections: int, answered: Mapping[str, Sequence[Round]]
) -> Iterator[Figure]:
    where = f"{connections} connection{'s' if connections > 1 else ''}"
    latencies = [latency for each in answered[OURS.name] for latency in each.answered.latencies]
    yield Figure(name=f"{where}, a page of ours", samples=latencies, promise=PAGE_S)
    for name, rounds in answered.items():
        ours = name == OURS.name
        server, mongod = [each.server for each in rounds], [each.mongod for each in rounds]
        what = f"{where}, processor time of a page"
        yield Figure(name=f"{what}, {name}", samples=server, promise=WEB_CPU_S if ours else None)
        yield Figure(name=f"{what}, mongod for {name}", samples=mongod)
    rates = {name: [each.answered.per_second for each in rounds] for name, rounds in answered.items()}
    for name, samples in rates.items():
        yield Figure(
            name=f"{where}, {name}", samples=samples, unit="per second", plot=PLOT, series=name, x=float(connections)
        )
    for each in contestants:
        if each is not OURS:
            yield Figure(
                name=f"{where}, ours / {each.name}",
                samples=ratios(rates[OURS.name], rates[each.name]),
                unit="times",
                at_least=each.at_least,
            )
