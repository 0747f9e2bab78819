"""`tweeter bench`: what the README's numbers come from."""

import asyncio
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from traceback import format_exc

import click

from benchmarks.parts import PARTS, WHEN_ASKED
from benchmarks.report import RESULTS, Report, machine, table, write_results
from benchmarks.sizes import FULL, QUICK, Size
from benchmarks.stack import Stack, start_stack
from launch.embedded import Say
from launch.signals import Interrupted, listening


@click.command()
@click.option("--quick", is_flag=True, help="Less of everything: under three minutes.")
@click.option(
    "--part", "chosen", multiple=True, type=click.Choice(list(PARTS)), help="Only this one; may be given repeatedly."
)
@click.option(
    "--results", type=click.Path(file_okay=False, path_type=Path), help="Where to write figures and plots instead."
)
def bench(quick: bool, chosen: tuple[str, ...], results: Path | None) -> None:
    """Measure everything on servers of its own, in a directory of its own. Let the machine be idle meanwhile.

    Figures and plots of all parts in full go to benchmarks/results, those of less only to where --results says. The
    exit status is 1 if a part failed; what there is is written all the same.
    """
    began = perf_counter()

    def say(text: str) -> None:
        click.echo(f"{perf_counter() - began:5.1f} s  {text}", err=True)

    names = [name for name in PARTS if name in chosen] or [name for name in PARTS if name not in WHEN_ASKED]
    size, before = QUICK if quick else FULL, machine()
    with suppress(Interrupted), listening():
        with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
            reports = [_measure(name, stack, size, say) for name in names]
        results = results or (None if quick or chosen else RESULTS)
        if results:
            write_results(reports, before, results)
            _draw_plots(results, say)
            say(f"written to {results}")
        sys.exit(any(report.failure for report in reports))
    raise click.Abort


def _measure(name: str, stack: Stack, size: Size, say: Say) -> Report:
    """In an event loop of its own, so that nothing which a part leaves behind disturbs the next."""
    report, began = Report(part=name), perf_counter()

    async def run() -> None:
        async for figure in PARTS[name](stack, size, say=lambda text: say(f"{name}: {text}")):
            report.figures.append(figure)

    try:
        asyncio.run(run())
    except Exception as error:  # whatever it is, the other parts' figures are worth having
        report.failure = f"{type(error).__name__}: {error}"
        say(f"{name} has failed\n{format_exc()}")
    report.took_s = perf_counter() - began
    say(f"{name}: {report.took_s:.0f} s, of {size.budgets_s[name]} that were reckoned with")
    click.echo(f"\n{name}\n{table(report.figures)}\n")
    return report


def _draw_plots(results: Path, say: Say) -> None:
    """In a process of its own: the library for it is there for development only, and slow to load."""
    if subprocess.run([sys.executable, "-m", "benchmarks.plots", str(results)]).returncode:
        say("there are no plots: `make bench` has what draws them")
