"""Measures pages of tags and of searches among many posts, and what their words cost a new post.

    .venv/bin/python -m benchmarks.finding

It has servers of its own. Times are those of a client on the same machine, over HTTP.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click

from benchmarks.alternating import alternate, ratios
from benchmarks.client import Connection, connect
from benchmarks.finding.posts import store
from benchmarks.posting import post
from benchmarks.report import machine
from benchmarks.stack import Stack, running, settings_for, start_stack
from benchmarks.worlds import seed_stars
from composition.tasks import task_services_of
from launch.embedded import Say
from settings import Settings
from storage import Storage

PAGE = "(first: 20, %s) { edges { node { id text author { alias } } } pageInfo { hasNextPage } }"
TAGGED, SEARCH = f"{{ page: taggedPosts{PAGE} }}", f"{{ page: searchPosts{PAGE} }}"
PAGES = {
    "a tag of 20 posts": TAGGED % 'tags: ["rare"]',
    "a tag of one post in 100": TAGGED % 'tags: ["middling"]',
    "a tag of half of the posts": TAGGED % 'tags: ["even"]',
    "ten tags": TAGGED % 'tags: ["even", "odd", "the", "common", "usual", "middling", "rare", "x", "y", "z"]',
    "a word of 20 posts": SEARCH % 'query: "rare"',
    "a word of half of the posts": SEARCH % 'query: "the"',
    "a rare word and two common ones": SEARCH % 'query: "the common rare"',
    "two common words": SEARCH % 'query: "common usual"',
    "two common words that are never together": SEARCH % 'query: "odd even"',
}
WORDS = " ".join(f"{first}{second}ord" for first in "abcde" for second in "klmno")
TEXTS = {"no words": "." * len(WORDS), "25 words": WORDS, "25 words and a tag": f"{WORDS} #tag"}
NONE = "no words"
POSTS_OF_A_ROUND = 40


async def measure(stack: Stack, *, posts: int, rounds: int, say: Say) -> None:
    settings = settings_for(stack, "finding", redis_database=0, celebrity_threshold=1_000)
    await seed_stars(settings, quiet=5)
    with running(stack, settings):
        async with connect(settings.port, "quiet") as quiet:
            show("| createPost | median | times |", measure_posting(await time_posting(quiet, rounds, say)))
    async with task_services_of(settings) as services:
        author = await services.storage.users.find_by_alias("quiet")
        assert author is not None
        await store(services.storage, author.id, posts, say=say)
        with running(stack, settings, names=("web",)):
            async with connect(settings.port, "quiet") as quiet:
                show(
                    f"| page among {posts:,} posts | median | 95 % | commands | keys | documents |",
                    [await measure_page(services.storage, quiet, name, rounds, settings) for name in PAGES],
                )


async def time_posting(author: Connection, rounds: int, say: Say) -> dict[str, list[float]]:
    """Return the median time to acknowledge a post of each text, by round, in ms."""

    def contestant(text: str) -> Any:
        async def post_some() -> float:
            return 1_000 * median([(await post(author, text)).acknowledgement_s for _ in range(POSTS_OF_A_ROUND)])

        return post_some

    return await alternate({name: contestant(text) for name, text in TEXTS.items()}, rounds=rounds, say=say)


def measure_posting(times: dict[str, list[float]]) -> Iterator[str]:
    for name, each in times.items():
        yield f"| {name} | {median(each):.2f} ms | {median(ratios(each, times[NONE])):.2f} |"


async def measure_page(storage: Storage, reader: Connection, name: str, rounds: int, settings: Settings) -> str:
    """Time a page, and let the server tell what it examines for one."""
    database = storage.mongo.database
    times = []
    for _ in range(5 * rounds):
        begun = perf_counter()
        await reader.ask(PAGES[name])
        times.append(1_000 * (perf_counter() - begun))
    await database.command("profile", 2)
    await reader.ask(PAGES[name])
    await database.command("profile", 0)
    of_posts = {"ns": f"{settings.mongodb_database}.posts", "op": {"$in": ["query", "command", "getmore"]}}
    examined = [row async for row in database["system.profile"].find(of_posts)]
    await database.drop_collection("system.profile")
    keys, documents = (sum(row.get(which, 0) for row in examined) for which in ("keysExamined", "docsExamined"))
    slow = quantiles(times, n=20)[-1]
    return f"| {name} | {median(times):.2f} ms | {slow:.2f} ms | {len(examined)} | {keys:,} | {documents:,} |"


def show(head: str, lines: Any) -> None:
    click.echo("\n".join(["", head, "|" + "---|" * (head.count("|") - 1), *lines]))


@click.command()
@click.option("--posts", default=1_000_000, show_default=True, help="Posts among which pages are found.")
@click.option("--rounds", default=9, show_default=True, help="Rounds of each contestant, alternating.")
def main(posts: int, rounds: int) -> None:
    """Print the times of pages and of new posts."""

    def say(text: str) -> None:
        click.echo(text, err=True)

    with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
        asyncio.run(measure(stack, posts=posts, rounds=rounds, say=say))
    click.echo(f"\n{', '.join(f'{name} {value}' for name, value in machine().items())}")


if __name__ == "__main__":
    main()
