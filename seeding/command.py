"""`tweeter seed`: creates accounts, follows and posts. It is idempotent."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from domain.accounts import is_alias
from seeding.accounts import PASSWORD
from seeding.activity import Activity
from seeding.demo import seed_demo
from seeding.graph import seed_graph
from seeding.graph_file import read_graph
from seeding.star import Seeded, seed_star
from tasks.runtime import OpenServices
from tasks.services import TaskServices

MAX_FOLLOWERS = 10_000_000
MAX_ACTIVITY = 10_000
MAX_DAYS = 365
DAYS, REPLIES, REPOSTS, QUOTES = 5, 0.4, 0.2, 0.05


class Finite(click.FloatRange):
    """A number in a range. NaN is in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


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
@click.option("--activity", type=Finite(0, MAX_ACTIVITY), help="Posts, replies, reposts and quotes of each account.")
@click.option("--days", type=click.IntRange(1, MAX_DAYS), help=f"Over how many days. The default is {DAYS}.")
@click.option("--replies", type=Finite(0, 1), help=f"The share of replies. The default is {REPLIES}.")
@click.option("--reposts", type=Finite(0, 1), help=f"The share of reposts. The default is {REPOSTS}.")
@click.option("--quotes", type=Finite(0, 1), help=f"The share of quotes. The default is {QUOTES}.")
@click.pass_obj
def graph(
    open_services: OpenServices,
    file: Path,
    activity: float | None,
    days: int | None,
    replies: float | None,
    reposts: float | None,
    quotes: float | None,
) -> None:
    """Create the follows in FILE, which is tab-separated and may be gzipped.

    The first line is `follower<TAB>followee`. Each further line holds two numbers. The number 17 becomes the account
    u17. If any line is wrong, nothing is written. Repeated lines count once.

    With --activity 5, each account makes five posts, replies, reposts and quotes on average. Another run with the same
    file and options adds only what is missing.
    """
    wanted = _activity(activity, days=days, replies=replies, reposts=reposts, quotes=quotes)
    pairs = read_graph(file)
    _run(open_services, lambda services: seed_graph(services, pairs, wanted))


@seed.command()
@click.pass_obj
def demo(open_services: OpenServices) -> None:
    """Create a small world of people who talk to each other."""
    _run(open_services, seed_demo)
    click.echo(f"Sign in as ada with the password {PASSWORD}")


def _activity(each: float | None, *, days: int | None, **shares: float | None) -> Activity | None:
    """Return the wanted activity. None if there is none.

    Raises:
        UsageError: The shares are more than the whole, or there is nothing that they are shares of.
    """
    if each is None:
        if days is not None or any(share is not None for share in shares.values()):
            raise click.UsageError("Give --activity, too: --days, --replies, --reposts and --quotes say what it is.")
        return None
    usual = {"replies": REPLIES, "reposts": REPOSTS, "quotes": QUOTES}
    given = {name: usual[name] if share is None else share for name, share in shares.items()}
    if (whole := sum(given.values())) > 1 + 1e-9:
        raise click.UsageError(
            f"--replies, --reposts and --quotes are shares of the activity: together at most 1, not {whole:g}. "
            f"If omitted, they are {REPLIES}, {REPOSTS} and {QUOTES}."
        )
    return Activity(each=each, days=DAYS if days is None else days, **given)


def _run(open_services: OpenServices, fill: Callable[[TaskServices], Awaitable[Seeded]]) -> None:
    async def run() -> tuple[Seeded, float]:
        async with open_services() as services:
            began = perf_counter()
            return await fill(services), perf_counter() - began

    seeded, seconds = asyncio.run(run())
    click.echo(f"{seeded.accounts:,} accounts, {seeded.follows:,} new follows in {seconds:.1f} s")
