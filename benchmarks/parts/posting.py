"""Posting: the time until a post is acknowledged, and until a celebrity's post is read."""

from collections.abc import AsyncIterator
from time import perf_counter

from benchmarks.client import connect
from benchmarks.figures import Figure
from benchmarks.posting import SLOW_POLL_S, delivered, first_in_feed, post
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import seed_stars
from launch.embedded import Say
from settings import Settings

STAR_FOLLOWERS, QUIET_FOLLOWERS = 10_000, 5
ACKNOWLEDGED_S = 1.0  # the target of the original application
PLOT = "post acknowledged"


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_for(stack, "posting", redis_database=0, celebrity_threshold=STAR_FOLLOWERS + 1)
    say(f"seeding a star with {STAR_FOLLOWERS:,} followers, a celebrity with one more, and an account with few")
    await seed_stars(settings, star=STAR_FOLLOWERS, celebrity=settings.celebrity_threshold, quiet=QUIET_FOLLOWERS)
    with running(stack, settings):
        say("warming up: the first posts and their delivery")
        await _warm_up(settings)
        say(f"{size.posting.posts} posts to few followers")
        yield await _quietly(settings, size.posting.posts)
        say(f"{size.posting.burst} of the star in a burst")
        async for figure in _in_a_burst(settings, size.posting.burst):
            yield figure
        say(f"{size.posting.celebrity_posts} of the celebrity, pulled by readers")
        async for figure in _pulled(settings, size.posting.celebrity_posts):
            yield figure


async def _warm_up(settings: Settings) -> None:
    async with connect(settings.port, "star") as star:
        for number in range(2):  # one for each of the worker's processes
            await delivered(star, await post(star, f"warm-up {number}"), targets=STAR_FOLLOWERS)


async def _quietly(settings: Settings, posts: int) -> Figure:
    async with connect(settings.port, "quiet") as quiet:
        samples = [(await post(quiet, f"quietly, number {number}")).acknowledgement_s for number in range(posts)]
    return Figure(
        name=f"post acknowledged, {QUIET_FOLLOWERS} followers",
        samples=samples,
        promise=ACKNOWLEDGED_S,
        plot=PLOT,
        series=f"{QUIET_FOLLOWERS} followers",
    )


async def _in_a_burst(settings: Settings, posts: int) -> AsyncIterator[Figure]:
    async with connect(settings.port, "star") as star:
        burst = [await post(star, f"in a burst, number {number}") for number in range(posts)]
        yield Figure(
            name=f"post acknowledged, {STAR_FOLLOWERS:,} followers, in a burst",
            samples=[posted.acknowledgement_s for posted in burst],
            promise=ACKNOWLEDGED_S,
            plot=PLOT,
            series=f"{STAR_FOLLOWERS:,} followers, in a burst",
        )
        for posted in burst:
            await delivered(star, posted, targets=STAR_FOLLOWERS, poll_s=SLOW_POLL_S)
        feeds_per_second = posts * STAR_FOLLOWERS / (perf_counter() - burst[0].sent)
    yield Figure(name="the burst delivered, feeds", samples=[feeds_per_second], unit="per second")


async def _pulled(settings: Settings, posts: int) -> AsyncIterator[Figure]:
    acknowledged, seen, reads = [], [], []
    async with connect(settings.port, "celebrity") as celebrity, connect(settings.port, "fan1") as reader:
        for number in range(posts):
            posted = await post(celebrity, f"to readers, number {number}")
            moment, took = await first_in_feed(reader, posted)
            acknowledged.append(posted.acknowledgement_s)
            seen.append(moment - posted.sent)
            reads.append(float(took))
            await delivered(celebrity, posted, targets=0)
    yield Figure(
        name="post acknowledged, a celebrity's",
        samples=acknowledged,
        promise=ACKNOWLEDGED_S,
        plot=PLOT,
        series=f"{settings.celebrity_threshold:,} followers, pulled",
    )
    yield Figure(name="… read by a follower", samples=seen, promise=ACKNOWLEDGED_S)
    yield Figure(name="… reads until it was first in the feed", samples=reads, unit="count")
