"""Fan-out: one post to 10,000 feeds, compared with the plain driver writing the same entries.

In fuller feeds, entries are scattered over more pages. So both write into feeds with the same number of entries.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from benchmarks.alternating import alternate, ratios
from benchmarks.client import Connection, connect
from benchmarks.figures import Figure
from benchmarks.floor import Feeds, fill_feeds, scratch_feeds, write_entries
from benchmarks.posting import delivered, post
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import quiet_services, seed_stars
from launch.embedded import Say
from settings import Settings

FOLLOWERS = 10_000
FEEDS_S = 60.0  # the target of the original application
TIMES_PLAIN = 2.5
OURS, PLAIN = "from sending the mutation", "plain PyMongo"
PLOT = f"{FOLLOWERS:,} feeds written by entries in each before"


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_for(stack, "fan_out", redis_database=0, celebrity_threshold=2 * FOLLOWERS)
    say(f"seeding a star with {FOLLOWERS:,} followers")
    await seed_stars(settings, star=FOLLOWERS)
    readers, posts, filled = await _readers(settings), count(max(size.fan_out.depths)), 0
    with running(stack, settings), scratch_feeds(settings.mongodb_url, "floor") as floor:
        for depth in size.fan_out.depths:
            say(f"filling all feeds up to {depth:,} entries")
            for feeds in (floor, floor.database.client[settings.mongodb_database]["feeds"]):
                fill_feeds(feeds, readers, range(filled, depth))
            filled = depth
            async with connect(settings.port, "star") as star:
                contestants = {OURS: partial(_deliver, star), PLAIN: partial(_write, floor, readers, posts)}
                taken = await alternate(contestants, rounds=size.fan_out.rounds, warm_up=2, say=say)
            for figure in _figures(taken, depth):
                yield figure


async def _readers(settings: Settings) -> Sequence[int]:
    async with quiet_services(settings) as services:
        star = await services.storage.users.find_by_alias("star")
        assert star is not None
        return await services.storage.feed.edges.find_pushed(star.id, after=-1, limit=FOLLOWERS)


async def _deliver(star: Connection) -> float:
    posted = await post(star, "to everybody")
    return await delivered(star, posted, targets=FOLLOWERS) - posted.sent


async def _write(feeds: Feeds, readers: Sequence[int], posts: Iterator[int]) -> float:
    return write_entries(feeds, next(posts), readers)


def _figures(taken: Mapping[str, Sequence[float]], depth: int) -> Iterator[Figure]:
    where = f"{FOLLOWERS:,} feeds of {depth:,}" if depth else f"{FOLLOWERS:,} empty feeds"
    for name, promise in ((OURS, FEEDS_S), (PLAIN, None)):
        yield Figure(
            name=f"{where}, {name}", samples=taken[name], promise=promise, plot=PLOT, series=name, x=float(depth)
        )
    yield Figure(
        name="… from sending / plain", samples=ratios(taken[OURS], taken[PLAIN]), unit="times", promise=TIMES_PLAIN
    )
