"""Fan-out: one post in 10,000 feeds, against the plain driver writing the same entries with nothing around it."""

from collections.abc import AsyncIterator
from itertools import count

from benchmarks.alternating import alternate, ratios
from benchmarks.client import connect
from benchmarks.figures import Figure
from benchmarks.floor import scratch_feeds, write_entries
from benchmarks.posting import delivered, post
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import seed_stars
from launch.embedded import Say
from settings import Settings

STAR_FOLLOWERS = 10_000
FEEDS_S = 60.0  # the original's promise
TIMES_PLAIN = 2.5
OURS, PLAIN = "from sending the mutation", "plain PyMongo"
PLOT = f"{STAR_FOLLOWERS:,} feeds written"


def settings_of_star(stack: Stack) -> Settings:
    """One follower more would make the star a celebrity."""
    return settings_for(stack, "star", redis_database=0, celebrity_threshold=STAR_FOLLOWERS + 1)


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_of_star(stack)
    say(f"seeding a star with {STAR_FOLLOWERS:,} followers")
    await seed_stars(settings, star=STAR_FOLLOWERS)
    with running(stack, settings):
        await warm_up(settings, say=say)
        async for figure in _alternate(settings, size.fan_out.rounds, say):
            yield figure


async def warm_up(settings: Settings, *, say: Say) -> None:
    say("warming up: the first posts and their delivery")
    async with connect(settings.port, "star") as star:
        for number in range(2):  # one for each of the worker's processes
            await delivered(star, await post(star, f"warm-up {number}"), targets=STAR_FOLLOWERS)


async def _alternate(settings: Settings, rounds: int, say: Say) -> AsyncIterator[Figure]:
    numbers = count(1)
    from_acknowledged: list[float] = []
    async with connect(settings.port, "star") as star:
        with scratch_feeds(settings.mongodb_url, "floor") as feeds:

            async def deliver() -> float:
                posted = await post(star, f"to everybody, number {next(numbers)}")
                complete = await delivered(star, posted, targets=STAR_FOLLOWERS)
                from_acknowledged.append(complete - posted.acknowledged)
                return complete - posted.sent

            async def write() -> float:
                return write_entries(feeds, next(numbers), readers=STAR_FOLLOWERS)

            await write()  # warm, as the system is by now
            taken = await alternate({OURS: deliver, PLAIN: write}, rounds=rounds, warm_up=0, say=say)
    for name, samples in taken.items():
        promise = FEEDS_S if name == OURS else None
        yield Figure(name=f"{PLOT}, {name}", samples=samples, promise=promise, plot=PLOT, series=name)
    yield Figure(name=f"{PLOT}, from the answer", samples=from_acknowledged, promise=FEEDS_S)
    samples = ratios(taken[OURS], taken[PLAIN])
    yield Figure(name="… from sending, of plain PyMongo", samples=samples, unit="times", promise=TIMES_PLAIN)
