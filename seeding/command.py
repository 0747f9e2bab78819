"""`tweeter seed`: accounts, follows and posts to begin with. Running it again adds only what is missing."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

import click

from domain.accounts import is_alias
from seeding.accounts import PASSWORD
from seeding.demo import seed_demo
from seeding.graph import seed_graph
from seeding.graph_file import read_graph
from seeding.star import Seeded, seed_star
from tasks.runtime import OpenServices
from tasks.services import TaskServices

MAX_FOLLOWERS = 10_000_000


@click.group()
def seed() -> None:
    """Fill the database with accounts to play with.

    Every account's password is tweeter-demo. Running a seed again adds only what is missing.
    """


@seed.command()
@click.option("--followers", type=click.IntRange(1, MAX_FOLLOWERS), required=True, help="How many: fan1, fan2, …")
@click.option("--alias", default="star", show_default=True, help="Whom they follow.")
@click.pass_obj
def star(open_services: OpenServices, followers: int, alias: str) -> None:
    """One account with many followers."""
    if not is_alias(alias):
        raise click.BadParameter(f"{alias!r} is no alias", param_hint="--alias")
    if alias.lower().startswith("fan") and alias[3:].isdecimal():
        raise click.BadParameter(f"{alias!r} is the alias of a follower", param_hint="--alias")
    _run(open_services, lambda services: seed_star(services, alias=alias, followers=followers))


@seed.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def graph(open_services: OpenServices, file: Path) -> None:
    """The follows in FILE, tab-separated, gzipped or not.

    Its first line is `follower<TAB>followee`; below, each line holds two numbers, and 17 becomes the account u17.
    Nothing is written unless the whole file is right. A follow that stands there twice is one follow.
    """
    pairs = read_graph(file)
    _run(open_services, lambda services: seed_graph(services, pairs))


@seed.command()
@click.pass_obj
def demo(open_services: OpenServices) -> None:
    """A small lively world for a first look."""
    _run(open_services, seed_demo)
    click.echo(f"Sign in as ada with the password {PASSWORD}")


def _run(open_services: OpenServices, fill: Callable[[TaskServices], Awaitable[Seeded]]) -> None:
    async def run() -> tuple[Seeded, float]:
        async with open_services() as services:
            began = perf_counter()
            return await fill(services), perf_counter() - began

    seeded, seconds = asyncio.run(run())
    click.echo(f"{seeded.accounts:,} accounts, {seeded.follows:,} new follows in {seconds:.1f} s")
