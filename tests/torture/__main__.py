"""`python -m tests.torture`: kills real processes for some minutes and checks the consequences."""

import asyncio
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from launch.signals import StoppedBySignal, listening
from tests.torture.faults import OF_MONGODB, OF_PROCESSES
from tests.torture.report import RESULTS, remarks, table, write_results
from tests.torture.run import Plan, torture

FRONTS = (OF_PROCESSES, OF_MONGODB)
NAMES = [fault.name for front in FRONTS for fault in front]
CALM_S = 5.0


@click.command()
@click.option("--minutes", default=4.0, show_default=True, help="How long things are broken.")
@click.option("--seed", default=None, type=int, help="Of the dice; by default a new one.")
@click.option("--directory", default=None, type=click.Path(path_type=Path), help="Where logs and files are left.")
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="This fault alone; the results are not written.")
def main(minutes: float, seed: int | None, directory: Path | None, only: tuple[str, ...]) -> None:
    """Kill web, workers, beat, Redis and the nodes of a replica set while clients post, follow and read.

    The report goes to benchmarks/results/torture.json. The exit status is 1 if anything was lost, doubled or wrong.
    """
    began = perf_counter()
    seed = secrets.randbelow(10**6) if seed is None else seed

    fronts = tuple(tuple(fault for fault in front if not only or fault.name in only) for front in FRONTS)
    plan = Plan(seed=seed, seconds=60 * minutes, calm_s=CALM_S, fronts=fronts)

    def say(text: str) -> None:
        click.echo(f"{perf_counter() - began:6.1f} s  {text}", err=True)

    say(f"seed {seed}")
    try:
        with listening(), TemporaryDirectory(prefix="tweeter-torture-") as temporary:
            outcome = asyncio.run(torture(directory or Path(temporary), plan, say=say))
    except StoppedBySignal:
        raise click.Abort from None
    click.echo(table(outcome))
    click.echo(remarks(outcome))
    if not only:
        write_results(outcome)
        click.echo(f"written to {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    sys.exit(not outcome.is_good)


main()
