"""Live updates: the cost of many subscriptions in the web processes, and the time until a post reaches them all."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from urllib.request import ProxyHandler, build_opener

from benchmarks.client import Connection, connect, connect_like
from benchmarks.figures import Figure
from benchmarks.posting import post
from benchmarks.processes import cpu_seconds, resident_bytes
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.subscriber import Subscriber
from benchmarks.worlds import quiet_services, seed_stars
from launch.children import Child
from launch.embedded import Say
from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from serving.server.serve import raise_file_limit
from settings import Settings
from storage.maintenance.bulk import NewUser

FOLLOWEES = 50  # of each subscriber, in addition to the authors
OPENING = 50  # concurrent connections
OPEN_WITHIN_S = 120
ARRIVE_WITHIN_S = 30
PLOT = "arrival of a post by subscribers who wait for it"


@dataclass(slots=True)
class Arrivals:
    """The moments at which one post arrives at subscribers. One post at a time."""

    wanted: int = 0
    moments: list[float] = field(default_factory=list)
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, number: int) -> None:
        self.wanted, self.moments = number, []
        self.complete.clear()

    def note(self, message: bytes, moment: float) -> None:
        if b'"errors"' in message or b'"next"' not in message:
            raise RuntimeError(f"instead of a post came {message!r}")
        self.moments.append(moment)
        if len(self.moments) == self.wanted:
            self.complete.set()


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    subscriptions, audiences = size.live.subscriptions, size.live.audiences
    raise_file_limit(2 * subscriptions)  # of this process; the web process raises its own
    settings = settings_for(stack, "live", redis_database=0, celebrity_threshold=subscriptions)
    processes = size.live.processes
    settings = settings.replace(max_connections=2 * subscriptions, web_concurrency=processes)
    say(f"seeding {subscriptions:,} accounts that follow {FOLLOWEES} others each")
    tokens = await _seed(settings, subscriptions, audiences)
    with running(stack, settings) as (web, _):
        arrivals = Arrivals()
        empty = resident_bytes(web.pid)  # of all its processes, as everything that is asked about this group
        say(f"opening {subscriptions:,} subscriptions")
        began = perf_counter()
        subscribers = await _open(settings, tokens, arrivals)
        rate = subscriptions / (perf_counter() - began)
        yield Figure(name=f"{subscriptions:,} subscriptions opened", samples=[rate], unit="per second")
        per_subscription = (resident_bytes(web.pid) - empty) / subscriptions
        yield Figure(name="memory of a subscription", samples=[per_subscription], unit="bytes")
        for number in audiences:
            say(f"{size.live.posts} posts that arrive at {number:,} subscribers each")
            async for figure in _post(settings, web, arrivals, number=number, posts=size.live.posts):
                yield figure
        used = [resident_bytes(web.pid) / processes]
        yield Figure(name="memory of each web process after it", samples=used, unit="bytes")
        for subscriber in subscribers:
            subscriber.close()


async def _post(
    settings: Settings, web: Child, arrivals: Arrivals, *, number: int, posts: int
) -> AsyncIterator[Figure]:
    """Send posts one after the other. Yield the times until each arrives at its `number` subscribers."""
    arrived = []
    async with connect(settings.port, _author(number)) as first:
        used_s = cpu_seconds(web.pid)
        for place in range(posts):
            async with connect_like(first, settings.port) as connection:  # the server closes idle connections
                arrived.append(await _arrive(connection, arrivals, number, f"live, number {place}"))
        used_s = cpu_seconds(web.pid) - used_s
    each, last = [moment for moments in arrived for moment in moments], [max(moments) for moments in arrived]
    yield Figure(name=f"arrived at each of {number:,}", samples=each, plot=PLOT, series="at each", x=number)
    yield Figure(name=f"arrived at all of {number:,}", samples=last, plot=PLOT, series="at all", x=number)
    each_used = [used_s / posts / settings.web_concurrency]
    yield Figure(name="… processor time of each web process, a post", samples=each_used)


def _author(followers: int) -> str:
    return f"star{followers}"


async def _seed(settings: Settings, subscriptions: int, audiences: Sequence[int]) -> list[str]:
    """Return the tokens of the subscribers."""
    await seed_stars(settings, **{_author(followers): followers for followers in audiences})
    async with quiet_services(settings) as services:
        fans = [NewUser(f"fan{number}", "Fan", str(number)) for number in range(1, subscriptions + 1)]
        readers = await ensure_accounts(services.maintenance.bulk, fans)
        circle = [
            (reader.id, readers[(place + step) % len(readers)].id)
            for place, reader in enumerate(readers)
            for step in range(1, FOLLOWEES + 1)
        ]
        await ensure_follows(services, readers, circle)
        return [(await services.storage.sessions.create(reader.id))[0] for reader in readers]


async def _open(settings: Settings, tokens: Sequence[str], arrivals: Arrivals) -> list[Subscriber]:
    loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(OPENING)

    async def open_one(token: str) -> Subscriber:
        async with gate:
            _, subscriber = await loop.create_connection(
                lambda: Subscriber(token, arrivals.note), "127.0.0.1", settings.port
            )
            await subscriber.is_subscribed.wait()
            return subscriber

    async with asyncio.timeout(OPEN_WITHIN_S):
        subscribers = await asyncio.gather(*map(open_one, tokens))
        while await asyncio.to_thread(_open_at, settings.port) < len(tokens):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return subscribers


def _open_at(port: int) -> int:
    """Return the number of open subscriptions of all web processes, by the metrics of one of them."""
    direct = build_opener(ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/metrics") as response:
        found = re.search(rb"^tweeter_subscriptions (\S+)$", response.read(), re.MULTILINE)
    assert found, "the metric is there"
    return int(float(found[1]))


async def _arrive(author: Connection, arrivals: Arrivals, number: int, text: str) -> list[float]:
    """Return the seconds from sending the post to each of its arrivals."""
    arrivals.expect(number)
    posted = await post(author, text)
    async with asyncio.timeout(ARRIVE_WITHIN_S):
        await arrivals.complete.wait()
    return [moment - posted.sent for moment in arrivals.moments]
