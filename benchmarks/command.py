"""`tweeter bench`: what the README's numbers come from."""

import asyncio
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from benchmarks.figures import Figure
from benchmarks.flood import measure_flood
from benchmarks.hostile import measure_hostility
from benchmarks.live import measure_live
from benchmarks.parts import FULL, QUICK, Size, measure
from benchmarks.report import LATEST, table, write_results
from benchmarks.stack import start_stack
from launch.signals import Interrupted, listening


@click.command()
@click.option("--quick", is_flag=True, help="Fewer samples; prints the table and writes no file.")
@click.option("--flood", is_flag=True, help="Only: one account posts far faster than can be delivered. No file.")
@click.option("--live", is_flag=True, help="Only: 2,000 subscriptions in one web process. No file.")
@click.option("--hostile", is_flag=True, help="Only: the most expensive queries, over and over. No file.")
def bench(quick: bool, flood: bool, live: bool, hostile: bool) -> None:
    """Measure posting, fan-out and reading on servers of its own, in a directory of its own.

    The results go to benchmarks/results/latest.json. It takes a minute or two; let the machine be idle meanwhile.
    """
    began = perf_counter()

    def say(text: str) -> None:
        click.echo(f"{perf_counter() - began:5.1f} s  {text}", err=True)

    with suppress(Interrupted), listening():
        with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:

            async def run(size: Size) -> list[Figure]:
                measured = measure(stack, size, say=say)
                if flood:
                    measured = measure_flood(stack, say=say)
                if live:
                    measured = measure_live(stack, say=say)
                if hostile:
                    measured = measure_hostility(stack, say=say)
                return [figure async for figure in measured]

            figures = asyncio.run(run(QUICK if quick else FULL))
        say("done")
        click.echo(table(figures))
        if not (quick or flood or live or hostile):
            write_results(figures)
            click.echo(f"written to {LATEST.relative_to(Path.cwd()) if LATEST.is_relative_to(Path.cwd()) else LATEST}")
        return
    raise click.Abort
