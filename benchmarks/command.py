"""`tweeter bench`: measures the figures of docs/performance.md."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from traceback import format_exc

import click

from benchmarks.figures import Figure
from benchmarks.parts import PARTS, WHEN_ASKED
from benchmarks.report import RESULTS, Report, machine, table, write_results
from benchmarks.sizes import FULL, QUICK
from benchmarks.stack import LOG, start_stack
from launch.embedded import Say
from launch.signals import StoppedBySignal, listening

LOG_SHOWN = 5_000  # last characters of a log, shown if a part failed
PATIENCE = 5  # times the expected duration, after which a part has failed


@click.command()
@click.option("--quick", is_flag=True, help="Fewer measurements: under three minutes.")
@click.option(
    "--part", "chosen", multiple=True, type=click.Choice(list(PARTS)), help="Run only this part. May be repeated."
)
@click.option(
    "--results", type=click.Path(file_okay=False, path_type=Path), help="Write figures and plots to this directory."
)
def bench(quick: bool, chosen: tuple[str, ...], results: Path | None) -> None:
    """Run all parts on separate servers in a new directory. Keep the machine otherwise idle.

    Figures and plots of a full run go to benchmarks/results. Those of a partial or quick run are written only with
    --results. The exit status is 1 if a part failed. The other parts are written in any case.
    """
    began = perf_counter()

    def say(text: str) -> None:
        click.echo(f"{perf_counter() - began:5.1f} s  {text}", err=True)

    names = [name for name in PARTS if name in chosen] or [name for name in PARTS if name not in WHEN_ASKED]
    size, before = QUICK if quick else FULL, machine()
    with suppress(StoppedBySignal), listening():
        with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
            reports = [
                report_of(name, partial(PARTS[name], stack, size), expected_s=size.expected_s[name], say=say)
                for name in names
            ]
            if failed := any(report.failure for report in reports):
                click.echo((Path(directory) / LOG).read_text(errors="replace")[-LOG_SHOWN:], err=True)
        results = results or (None if quick or chosen else RESULTS)
        if results:
            write_results(reports, before, results)
            _draw_plots(results, say)
            say(f"written to {results}")
        sys.exit(failed)
    raise click.Abort


def report_of(part: str, measure: Callable[..., AsyncIterator[Figure]], *, expected_s: int, say: Say) -> Report:
    """Run a part, print its figures and return its report. Each part has its own event loop."""
    report, began = Report(part=part), perf_counter()

    async def collect() -> None:
        async with asyncio.timeout(PATIENCE * expected_s):
            async for figure in measure(say=lambda text: say(f"{part}: {text}")):
                report.figures.append(figure)

    try:
        asyncio.run(collect())
    except Exception as error:  # any error: the other parts still run
        report.failure = f"{type(error).__name__}: {error}"
        say(f"{part} has failed\n{format_exc()}")
    report.took_s = perf_counter() - began
    say(f"{part}: {report.took_s:.0f} s, expected {expected_s} s")
    click.echo(f"\n{part}{' (failed)' if report.failure else ''}\n{table(report.figures)}\n")
    return report


def _draw_plots(results: Path, say: Say) -> None:
    """Draw the plots in a separate process. Their library is a development dependency and slow to import."""
    if subprocess.run([sys.executable, "-m", "benchmarks.plots", str(results)]).returncode:
        say("no plots are drawn: use `make bench`, which has the library for them")
