"""The parts of the benchmark, in their order; each yields figures."""

from collections.abc import AsyncIterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from time import perf_counter

from benchmarks.client import connect
from benchmarks.figures import Figure
from benchmarks.floor import scratch_feeds, write_entries
from benchmarks.pages import read_pages
from benchmarks.posting import SLOW_POLL_S, delivered, first_in_feed, post
from benchmarks.stack import Stack, running, settings_for
from launch.embedded import Say
from opening import resources_of
from seeding.demo import seed_demo
from seeding.star import seed_star
from settings import Settings

STAR_FOLLOWERS = 10_000
QUIET_FOLLOWERS = 5
READER = "ada"  # of the demo: a feed by many authors, in many scripts
ACKNOWLEDGED_S, FEEDS_S, PAGE_S = 1.0, 60.0, 0.2  # the original's promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    posts: int
    fan_outs: int
    pages: int  # in all
    celebrity_posts: int


FULL = Size(posts=50, fan_outs=9, pages=800, celebrity_posts=20)
QUICK = Size(posts=10, fan_outs=3, pages=160, celebrity_posts=5)


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    pushed = settings_for(stack, "pushed", redis_database=0, celebrity_threshold=2 * STAR_FOLLOWERS)
    say(f"seeding a star with {STAR_FOLLOWERS:,} followers, and the demo")
    await _seed(pushed)
    with running(stack, pushed):
        say("warming up: the first posts and their delivery")
        await _warm_up(pushed)
        say(f"delivering {size.fan_outs} posts to {STAR_FOLLOWERS:,} feeds, in turn with the plain driver")
        async for figure in _fan_out(pushed, size.fan_outs):
            yield figure
        say(f"reading {2 * size.pages:,} pages")
        for connections in (1, 8):
            samples, rate = await read_pages(
                pushed.port, READER, connections=connections, pages=size.pages // connections
            )
            name = f"feed page of 20, {connections} connection{'s' if connections > 1 else ''}"
            yield Figure(name=name, samples=samples, promise_s=PAGE_S, per_second=rate)
        say(f"acknowledging {size.posts} posts to few followers, then {size.posts} of the star in a burst")
        async for figure in _acknowledge(pushed, size.posts):
            yield figure
    pulled = settings_for(stack, "pulled", redis_database=1, celebrity_threshold=STAR_FOLLOWERS)
    say(f"the same star as a celebrity: {size.celebrity_posts} posts, pulled")
    await _seed(pulled)
    with running(stack, pulled):
        async for figure in _celebrity(pulled, size.celebrity_posts):
            yield figure


async def _seed(settings: Settings) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with resources_of(settings) as resources:
            await seed_star(resources, alias="star", followers=STAR_FOLLOWERS)
            await seed_star(resources, alias="quiet", followers=QUIET_FOLLOWERS)
            await seed_demo(resources)


async def _warm_up(settings: Settings) -> None:
    async with connect(settings.port, "star") as star:
        for number in range(2):  # one for each of the worker's processes
            await delivered(star, await post(star, f"warm-up {number}"), targets=STAR_FOLLOWERS)


async def _fan_out(settings: Settings, posts: int) -> AsyncIterator[Figure]:
    from_sent, from_acknowledged, floor = [], [], []
    async with connect(settings.port, "star") as star:
        with scratch_feeds(settings.mongodb_url, "floor") as feeds:
            write_entries(feeds, posts, readers=STAR_FOLLOWERS)  # warm, as the system is by now
            for number in range(posts):
                posted = await post(star, f"to everybody, number {number}")
                complete = await delivered(star, posted, targets=STAR_FOLLOWERS)
                from_sent.append(complete - posted.sent)
                from_acknowledged.append(complete - posted.acknowledged)
                floor.append(write_entries(feeds, number, readers=STAR_FOLLOWERS))
    yield Figure(name="10,000 feeds updated, from sending", samples=from_sent, promise_s=FEEDS_S)
    yield Figure(name="10,000 feeds updated, from the answer", samples=from_acknowledged, promise_s=FEEDS_S)
    yield Figure(name="the plain driver writing the same", samples=floor)
    ratios = [ours / plain for ours, plain in zip(from_sent, floor, strict=True)]
    yield Figure(name="from sending / plain driver", samples=ratios, is_ratio=True)


async def _acknowledge(settings: Settings, posts: int) -> AsyncIterator[Figure]:
    async with connect(settings.port, "quiet") as quiet:
        samples = [(await post(quiet, f"quietly, number {number}")).acknowledgement_s for number in range(posts)]
    yield Figure(name="post acknowledged, 5 followers", samples=samples, promise_s=ACKNOWLEDGED_S)
    async with connect(settings.port, "star") as star:
        burst = [await post(star, f"in a burst, number {number}") for number in range(posts)]
        samples = [posted.acknowledgement_s for posted in burst]
        yield Figure(name="post acknowledged, 10,000, in a burst", samples=samples, promise_s=ACKNOWLEDGED_S)
        for posted in burst:
            await delivered(star, posted, targets=STAR_FOLLOWERS, poll_s=SLOW_POLL_S)
        seconds = perf_counter() - burst[0].sent
    yield Figure(
        name="the burst delivered, feeds per second", samples=[seconds], per_second=posts * STAR_FOLLOWERS / seconds
    )


async def _celebrity(settings: Settings, posts: int) -> AsyncIterator[Figure]:
    samples, reads = [], []
    async with connect(settings.port, "star") as star, connect(settings.port, "fan1") as reader:
        for number in range(posts):
            posted = await post(star, f"to whoever reads, number {number}")
            seen, took = await first_in_feed(reader, posted)
            samples.append(seen - posted.sent)
            reads.append(float(took))
            await delivered(star, posted, targets=0)
    yield Figure(name="celebrity's post read by a follower", samples=samples, promise_s=ACKNOWLEDGED_S)
    yield Figure(name="reads until it was first in the feed", samples=reads, is_ratio=True)
