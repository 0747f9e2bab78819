"""Live updates: many subscriptions in one web process. What do they cost, and how soon does a post reach them all?"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from io import StringIO
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from time import perf_counter
from urllib.request import ProxyHandler, build_opener

from benchmarks.client import Connection, connect
from benchmarks.figures import Figure
from benchmarks.posting import post
from benchmarks.processes import cpu_seconds, resident_mib
from benchmarks.stack import Stack, running, settings_for
from benchmarks.subscriber import Subscriber
from launch.embedded import Say
from opening import resources_of
from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from seeding.star import seed_star
from settings import Settings
from storage.bulk import NewUser

SUBSCRIPTIONS = 2_000
FOLLOWEES = 50  # of each subscriber, beside the star
QUIET_FOLLOWERS = 20
POSTS = 50
OPENING = 50  # connections at once
OPEN_WITHIN_S = 120
ARRIVE_WITHIN_S = 30
KIB_PER_MIB = 1024
MICROSECONDS = 1_000_000


@dataclass(slots=True)
class Arrivals:
    """Of one post at a time, by the moments at which they came."""

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


async def measure_live(stack: Stack, *, say: Say) -> AsyncIterator[Figure]:
    raise_open_files(say)
    settings = replace(
        settings_for(stack, "live", redis_database=0, celebrity_threshold=SUBSCRIPTIONS),
        max_connections=2 * SUBSCRIPTIONS,
    )
    say(f"seeding {SUBSCRIPTIONS:,} accounts that follow a star and {FOLLOWEES} others each")
    tokens = await _seed(settings)
    with running(stack, settings) as (web, _):
        arrivals = Arrivals()
        empty = resident_mib(web.pid)
        say(f"opening {SUBSCRIPTIONS:,} subscriptions")
        began = perf_counter()
        subscribers = await _open(settings, tokens, arrivals)
        opened_s = perf_counter() - began
        yield Figure(
            name=f"{SUBSCRIPTIONS:,} subscriptions opened", samples=[opened_s], per_second=SUBSCRIPTIONS / opened_s
        )
        per_subscription = (resident_mib(web.pid) - empty) * KIB_PER_MIB / SUBSCRIPTIONS
        yield Figure(name="memory of the web process, MiB", samples=[resident_mib(web.pid)], is_ratio=True)
        yield Figure(name="… per subscription, KiB", samples=[per_subscription], is_ratio=True)
        for alias, number in (("star", SUBSCRIPTIONS), ("quiet", QUIET_FOLLOWERS)):
            say(f"{POSTS} posts that arrive at {number:,} subscribers each")
            arrived, used_s = [], cpu_seconds(web.pid)
            for place in range(POSTS):
                async with connect(settings.port, alias) as author:  # a new one: the server closes what idles
                    arrived.append(await _arrive(author, arrivals, number, f"live, number {place}"))
            used_us = (cpu_seconds(web.pid) - used_s) * MICROSECONDS / (POSTS * number)
            yield Figure(name="processor time of an arrival, µs", samples=[used_us], is_ratio=True)
            yield Figure(name=f"arrived at each of {number:,}", samples=[one for each in arrived for one in each])
            yield Figure(name=f"arrived at all of {number:,}", samples=[max(each) for each in arrived])
        yield Figure(name="memory after it, MiB", samples=[resident_mib(web.pid)], is_ratio=True)
        for subscriber in subscribers:
            subscriber.close()


def raise_open_files(say: Say) -> None:
    """Of this process and its children; many systems begin with 1,024. Errors: RuntimeError."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = 2 * SUBSCRIPTIONS
    if soft < wanted:
        setrlimit(RLIMIT_NOFILE, (min(wanted, hard), hard))
        say(f"the limit of open files is raised from {soft:,} to {min(wanted, hard):,}")
    if hard < wanted:
        raise RuntimeError(f"{wanted:,} open files are wanted, and the system's limit is {hard:,}")


async def _seed(settings: Settings) -> Sequence[str]:
    """The subscribers' tokens."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with resources_of(settings) as resources:
            await seed_star(resources, alias="star", followers=SUBSCRIPTIONS)
            await seed_star(resources, alias="quiet", followers=QUIET_FOLLOWERS)
            fans = await ensure_accounts(
                resources.storage, [NewUser(f"fan{n}", "Fan", str(n)) for n in range(1, SUBSCRIPTIONS + 1)]
            )
            ids = [fan.id for fan in fans]
            circle = [
                (reader, ids[(place + step) % len(ids)])
                for place, reader in enumerate(ids)
                for step in range(1, FOLLOWEES + 1)
            ]
            await ensure_follows(resources, fans, circle)
            return [(await resources.storage.sessions.create(reader))[0] for reader in ids]


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
    """How many subscriptions the web process says are open."""
    direct = build_opener(ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/metrics") as response:
        found = re.search(rb"^tweeter_subscriptions (\S+)$", response.read(), re.MULTILINE)
    assert found, "the metric is there"
    return int(float(found[1]))


async def _arrive(author: Connection, arrivals: Arrivals, number: int, text: str) -> list[float]:
    """Seconds from sending the post to each of so many arrivals."""
    arrivals.expect(number)
    posted = await post(author, text)
    async with asyncio.timeout(ARRIVE_WITHIN_S):
        await arrivals.complete.wait()
    return [moment - posted.sent for moment in arrivals.moments]
