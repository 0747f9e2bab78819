"""`tweeter seed`: creates accounts, follows and posts. It is idempotent."""

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
    """Fill the database with demo accounts.

    The password of each account is tweeter-demo. Running a seed again adds only missing rows.
    """


@seed.command()
@click.option("--followers", type=click.IntRange(1, MAX_FOLLOWERS), required=True, help="How many: fan1, fan2, …")
@click.option("--alias", default="star", show_default=True, help="Alias of the account they follow.")
@click.pass_obj
def star(open_services: OpenServices, followers: int, alias: str) -> None:
    """Create one account with many followers."""
    if not is_alias(alias):
        raise click.BadParameter(f"{alias!r} is no alias", param_hint="--alias")
    if alias.lower().startswith("fan") and alias[3:].isdecimal():
        raise click.BadParameter(f"{alias!r} is the alias of a follower", param_hint="--alias")
    _run(open_services, lambda services: seed_star(services, alias=alias, followers=followers))


@seed.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def graph(open_services: OpenServices, file: Path) -> None:
    """Create the follows in FILE, which is tab-separated and may be gzipped.

    The first line is `follower<TAB>followee`. Each further line holds two numbers. The number 17 becomes the account
    u17. If any line is wrong, nothing is written. Repeated lines count once.
    """
    pairs = read_graph(file)
    _run(open_services, lambda services: seed_graph(services, pairs))


@seed.command()
@click.pass_obj
def demo(open_services: OpenServices) -> None:
    """Create a small world of people who talk to each other."""
    _run(open_services, seed_demo)
    click.echo(f"Sign in as ada with the password {PASSWORD}")


def _run(open_services: OpenServices, fill: Callable[[TaskServices], Awaitable[Seeded]]) -> None:
    async def run() -> tuple[Seeded, float]:
        async with open_services() as services:
            began = perf_counter()
            return await fill(services), perf_counter() - began

    seeded, seconds = asyncio.run(run())
    click.echo(f"{seeded.accounts:,} accounts, {seeded.follows:,} new follows in {seconds:.1f} s")
