"""Measures a hot post: many accounts like one post at once, while others read and post.

    .venv/bin/python -m benchmarks.likes

It has servers of its own, and two web processes. Each read of the count must lie between the likes that were
acknowledged before it was sent and those that were sent before it was answered. Some accounts also like a thousand
posts, one each: if the hot post takes as many likes a second, and others wait no longer, it is no bottleneck.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from benchmarks.client import Connection, data_of, headers_of, opened, request_of
from benchmarks.figures import percentile
from benchmarks.pages import CLIENT_PAGE, PAGE_SIZE
from benchmarks.posting import post
from benchmarks.processes import cpu_seconds
from benchmarks.report import machine
from benchmarks.stack import Stack, running, settings_for, start_stack
from benchmarks.worlds import seed_stars
from composition.storage import storage_of
from domain.records import Post
from launch.embedded import Say
from schema.global_ids import IdKind, encode
from settings import Settings
from storage import Storage

CONNECTIONS = 32
SPREAD = 1_000  # posts
PART = 5  # every fifth account also likes one of these
LIKE = "mutation ($id: ID!) { like(input: {postId: $id}) { ... on Liked { post { likeCount likedByViewer } } } }"
COUNT = "query ($id: ID!) { post(id: $id) { likeCount likes(first: 1) { totalCount } } }"
CALM_LOOKS = 40
PAUSE_S = 0.05
FOLDED_WITHIN_S = 60


@dataclass(slots=True)
class Looks:
    """What bystanders measure, in seconds."""

    pages: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Progress:
    sent: int = 0
    acknowledged: int = 0
    likes: list[float] = field(default_factory=list)  # seconds each
    counts: int = 0  # reads of the count, each of them right


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """Likes by many accounts at once: what was seen, the seconds that it took, and processor time in ms of one like."""

    progress: Progress
    looks: Looks
    seconds: float
    cost: Mapping[str, float]  # by process

    @property
    def per_second(self) -> float:
        return self.progress.acknowledged / self.seconds


async def measure(stack: Stack, likers: int, say: Say) -> Iterator[str]:
    settings = settings_for(stack, "likes", redis_database=0, celebrity_threshold=likers)
    settings = settings.replace(web_concurrency=2)
    say(f"seeding {likers:,} accounts with a session each")
    await seed_stars(settings, star=likers, quiet=5)
    async with storage_of(settings) as storage:
        tokens, posts = await _prepare(storage, likers)
        ids = [encode(IdKind.POST, each.id) for each in posts]
        with running(stack, settings) as children:
            groups = {"mongod": stack.mongod, **{child.name: child.pid for child in children}}
            async with _bystanders(settings, storage) as look:
                calm = Looks()
                for _ in range(CALM_LOOKS):
                    await look(calm)
                say(f"{likers // PART:,} accounts like {SPREAD:,} posts")
                spread = await _storm(settings, groups, tokens[::PART], ids[1:], look)
                say(f"{likers:,} accounts like one post")
                hot = await _storm(settings, groups, tokens, ids[:1], look)
            await _until_folded(storage)
            async with opened(settings.port) as anyone:
                found = (await anyone.ask(COUNT, id=ids[0]))["post"]
            if found != {"likeCount": likers, "likes": {"totalCount": likers}}:
                raise RuntimeError(f"after {likers} likes, the post has {found}")
    return _table(spread, hot, calm)


async def _prepare(storage: Storage, likers: int) -> tuple[list[str], list[Post]]:
    """Return a token for each account, and posts of the star, the hot one first. They are pulled."""
    fans = await storage.mongo.collection("users").find({"alias": {"$regex": "^fan"}}, {"_id": 1}).to_list(likers)
    star = await storage.users.find_by_alias("star")
    assert star is not None
    tokens: list[str] = []
    for place in range(0, len(fans), 100):
        some = await asyncio.gather(*(storage.sessions.create(fan["_id"]) for fan in fans[place : place + 100]))
        tokens += [token for token, _ in some]
    posts = [await storage.posts.insert_post(star.id, f"post {number}") for number in range(SPREAD + 1)][::-1]
    await storage.mongo.collection("posts").update_many({}, {"$unset": {"in_flight": ""}})
    return tokens, posts


@asynccontextmanager
async def _bystanders(settings: Settings, storage: Storage) -> AsyncIterator[Callable[[Looks], Awaitable[None]]]:
    """Yield a look: a page of a feed that shows the hot post, and a post to a few followers."""
    reader, author = [await storage.users.find_by_alias(alias) for alias in ("fan1", "quiet")]
    assert reader is not None
    assert author is not None
    async with AsyncExitStack() as stack:
        reading, posting = [await stack.enter_async_context(opened(settings.port)) for _ in range(2)]
        for connection, user in ((reading, reader), (posting, author)):
            connection.carry((await storage.sessions.create(user.id))[0])
        page = reading.request(CLIENT_PAGE)

        async def look(looks: Looks) -> None:
            began = perf_counter()
            body = await reading.send(page)
            looks.pages.append(perf_counter() - began)
            if len(data_of(body)["feed"]["edges"]) != PAGE_SIZE:
                raise RuntimeError("the page is not full")
            looks.posts.append((await post(posting, "beside the hot post")).acknowledgement_s)

        yield look


async def _storm(
    settings: Settings,
    groups: Mapping[str, int],
    tokens: Sequence[str],
    posts: Sequence[str],
    look: Callable[[Looks], Awaitable[None]],
) -> Storm:
    """Let each account like one of the posts, while others look. If it is one post, read its count, too."""
    progress, looks = Progress(), Looks()
    waiting = iter(enumerate(tokens))

    async def go_on() -> None:
        async with opened(settings.port) as connection:
            for number, token in waiting:
                await _like(connection, token, posts[number % len(posts)], progress)

    async def watch() -> None:
        async with opened(settings.port) as counting:
            while progress.acknowledged < len(tokens):
                if len(posts) == 1:
                    await _count(counting, posts[0], progress)
                await look(looks)
                await asyncio.sleep(PAUSE_S)

    watching = asyncio.create_task(watch())
    before = {name: cpu_seconds(group) for name, group in groups.items()}
    began = perf_counter()
    await asyncio.gather(*(go_on() for _ in range(CONNECTIONS)))
    took = perf_counter() - began
    used = {name: cpu_seconds(group) - before[name] for name, group in groups.items()}
    await watching
    return Storm(
        progress=progress,
        looks=looks,
        seconds=took,
        cost={name: 1_000 * seconds / len(tokens) for name, seconds in used.items()},
    )


async def _like(connection: Connection, token: str, liked: str, progress: Progress) -> None:
    request = request_of(headers_of(token), LIKE, id=liked)
    progress.sent += 1
    began = perf_counter()
    answer = data_of(await connection.send(request))["like"]["post"]
    progress.likes.append(perf_counter() - began)
    progress.acknowledged += 1
    if not answer["likedByViewer"] or answer["likeCount"] < 1:
        raise RuntimeError(f"a like was answered with {answer}")


async def _count(connection: Connection, liked: str, progress: Progress) -> None:
    least = progress.acknowledged
    found = (await connection.ask(COUNT, id=liked))["post"]
    for shown in (found["likeCount"], found["likes"]["totalCount"]):
        if not least <= shown <= progress.sent:
            raise RuntimeError(f"the count is {shown}, and {least} to {progress.sent} accounts like the post")
        progress.counts += 1


async def _until_folded(storage: Storage) -> None:
    """Wait until messages have had the likes folded, except the few for which no process has sent one."""
    async with asyncio.timeout(FOLDED_WITHIN_S):
        while await storage.mongo.collection("acts").count_documents({"d": 1}, limit=2_000) == 2_000:  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def _table(spread: Storm, hot: Storm, calm: Looks) -> Iterator[str]:
    yield f"| | one post | {SPREAD:,} posts |"
    yield "|---|---|---|"
    yield f"| accounts | {hot.progress.acknowledged:,} | {spread.progress.acknowledged:,} |"
    yield f"| likes a second | {hot.per_second:,.0f} | {spread.per_second:,.0f} |"
    yield f"| a like, {CONNECTIONS} connections | {_shown(hot.progress.likes)} | {_shown(spread.progress.likes)} |"
    for name in hot.cost:
        yield f"| processor time of {name}, one like | {hot.cost[name]:.2f} ms | {spread.cost[name]:.2f} ms |"
    yield f"| reads of the count meanwhile, all right | {hot.progress.counts:,} | |"
    yield ""
    yield f"| | before | while one post is liked | while {SPREAD:,} are liked |"
    yield "|---|---|---|---|"
    times = (calm, hot.looks, spread.looks)
    yield f"| a page that shows the post | {' | '.join(_shown(each.pages) for each in times)} |"
    yield f"| a post of another account | {' | '.join(_shown(each.posts) for each in times)} |"


def _shown(seconds: Sequence[float]) -> str:
    return f"median {1_000 * median(seconds):.1f} ms, p99 {1_000 * percentile(seconds, 99):.1f} ms"


@click.command()
@click.option("--likers", default=10_000, show_default=True, help="Accounts that like the post.")
def main(likers: int) -> None:
    """Print a table of likes a second, and of the latencies of others before and meanwhile."""

    def say(text: str) -> None:
        click.echo(text, err=True)

    with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
        lines = asyncio.run(measure(stack, likers, say))
    click.echo("\n".join(lines))
    click.echo(f"\n{', '.join(f'{name} {value}' for name, value in machine().items())}")


if __name__ == "__main__":
    main()
