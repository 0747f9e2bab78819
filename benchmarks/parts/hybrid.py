"""The hybrid of push and pull: the cost of posts that are pushed or pulled, and of reading them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from statistics import median
from typing import NamedTuple

from benchmarks.alternating import alternate, ratios
from benchmarks.client import Connection, connect, connect_like
from benchmarks.figures import Figure
from benchmarks.history import write_stories
from benchmarks.pages import PAGE, PAGE_SIZE, time_page
from benchmarks.posting import delivered, post
from benchmarks.sizes import Hybrid, Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import quiet_services
from composition.storage import storage_of
from domain.watermarks import NEVER
from launch.embedded import Say
from seeding.accounts import ensure_accounts
from seeding.batches import in_batches
from settings import Settings
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewEdge, NewUser
from storage.maintenance.counts import CountDrift
from storage.memory.ids import IdGenerator
from storage.users import new_user
from tasks.celebrities import review_celebrity
from tasks.services import TaskServices

PUSHED, PULLED = KINDS = ("pushed", "pulled")
POSTS_BEFORE = PAGE_SIZE  # so that a page has only its author
WRITES, SECONDS, PAGES = (
    f"{what} by followers of its author"
    for what in ("writes of a post", "time to deliver a post", "page with the post")
)


class Cost(NamedTuple):
    seconds: float  # from sending the mutation until the author sees the delivery complete
    writes: float  # written documents


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    most = max(size.hybrid.followers)
    settings = settings_for(stack, "hybrid", redis_database=0, celebrity_threshold=most + 1)
    say(f"seeding authors with up to {most:,} followers, one of each size pushed and one pulled")
    await _seed(settings, size.hybrid.followers)
    with running(stack, settings):
        async with storage_of(settings) as storage:
            for followers in size.hybrid.followers:
                say(f"{followers:,} followers")
                async for figure in _post(storage, settings.port, followers, size.hybrid, say):
                    yield figure
                async for figure in _read(settings.port, followers, size.hybrid, say):
                    yield figure


async def _post(storage: Storage, port: int, followers: int, size: Hybrid, say: Say) -> AsyncIterator[Figure]:
    numbers = count(1)

    async def one(author: Connection, targets: int) -> Cost:
        before = await _documents_written(storage)
        async with connect_like(author, port) as connection:  # the server closes idle connections
            posted = await post(connection, f"number {next(numbers)}")
            seconds = await delivered(connection, posted, targets=targets) - posted.sent
        return Cost(seconds, await _documents_written(storage) - before)

    async with connect(port, _author(PUSHED, followers)) as pushed, connect(port, _author(PULLED, followers)) as pulled:
        contestants = {PUSHED: partial(one, pushed, followers), PULLED: partial(one, pulled, 0)}
        costs = await alternate(contestants, rounds=size.posts, say=say)
    for kind in KINDS:
        writes, seconds = [cost.writes for cost in costs[kind]], [cost.seconds for cost in costs[kind]]
        name = f"{followers:,} followers, {kind}"
        yield Figure(name=f"{name}: writes", samples=writes, unit="count", plot=WRITES, series=kind, x=followers)
        yield Figure(name=f"{name}: delivered", samples=seconds, plot=SECONDS, series=kind, x=followers)


async def _read(port: int, followers: int, size: Hybrid, say: Say) -> AsyncIterator[Figure]:
    async def some(reader: Connection) -> list[float]:
        async with connect_like(reader, port) as connection:
            return [await time_page(connection, connection.request(PAGE)) for _ in range(size.pages)]

    async with connect(port, _reader(PUSHED, followers)) as pushed, connect(port, _reader(PULLED, followers)) as pulled:
        pages = await alternate(
            {PUSHED: partial(some, pushed), PULLED: partial(some, pulled)}, rounds=size.rounds, say=say
        )
    for kind in KINDS:
        samples = [sample for some_pages in pages[kind] for sample in some_pages]
        name = f"{followers:,} followers, {kind}: page of a follower"
        yield Figure(name=name, samples=samples, plot=PAGES, series=kind, x=followers)
    slower = ratios([median(each) for each in pages[PULLED]], [median(each) for each in pages[PUSHED]])
    yield Figure(name=f"{followers:,} followers: page, pulled of pushed", samples=slower, unit="times")


async def _documents_written(storage: Storage) -> int:
    """Return the documents inserted, changed and deleted since the server started: `metrics.document`."""
    written = (await storage.mongo.database.command("serverStatus"))["metrics"]["document"]
    return int(written["inserted"] + written["updated"] + written["deleted"])


async def _seed(settings: Settings, sizes: Sequence[int]) -> None:
    """Write the state after old follows and deliveries directly.

    One follower of each author is the reader, and has the earlier posts as entries. The others would pull them.
    """
    async with quiet_services(settings) as services:
        storage, ids = services.storage, IdGenerator()
        kinds = [(kind, followers) for followers in sizes for kind in KINDS]
        named = [NewUser(make(*each), "", "") for make in (_author, _reader) for each in kinds]
        found = [user.id for user in await ensure_accounts(Maintenance(storage).bulk, named)]
        authors, readers = found[: len(kinds)], found[len(kinds) :]
        stories = await write_stories(storage, authors, posts=POSTS_BEFORE)
        now = ids.draw()
        fans = [ids.draw() for _ in range(max(sizes) - 1)]
        await in_batches("fans", [*enumerate(fans, 1)], partial(_insert_fans, storage, sizes))
        for author, reader, (kind, followers) in zip(authors, readers, kinds, strict=True):
            is_pushed = kind == PUSHED
            edges = [NewEdge(fan, author, now if is_pushed else NEVER) for fan in fans[: followers - 1]]
            edges.append(NewEdge(reader, author, 0 if is_pushed else NEVER))
            await in_batches("follows", edges, Maintenance(storage).bulk.insert_edges)
            await Maintenance(storage).counts.add_drift({author: CountDrift(followers, 0), reader: CountDrift(0, 1)})
            if is_pushed:
                await storage.feed.entries.insert_entries((reader, one, author) for one in stories[author])
            else:
                await review_celebrity(
                    TaskServices.of(storage, replace(services.policy, celebrity_threshold=followers)), author
                )


async def _insert_fans(storage: Storage, sizes: Sequence[int], batch: Sequence[tuple[int, int]]) -> int:
    documents = [
        new_user(fan, alias=f"fan{place}", first_name="Fan", last_name=str(place))
        | {"followee_count": len(KINDS) * sum(place < followers for followers in sizes)}
        for place, fan in batch
    ]
    await storage.mongo.collection("users").insert_many(documents, ordered=False)
    return len(batch)


def _author(kind: str, followers: int) -> str:
    return f"{kind}{followers}"


def _reader(kind: str, followers: int) -> str:
    return f"reader_{kind}{followers}"
