"""`python -m tests.deployment`: runs a whole site of the built wheel, and works on it while people use it."""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from launch.signals import StoppedBySignal, listening
from tests.deployment.report import RESULTS, summary, table
from tests.deployment.run import deploy
from tests.deployment.steps import steps


@click.command()
@click.option("--seed", default=1, show_default=True, help="Of what people do.")
@click.option("--directory", default=None, type=click.Path(path_type=Path), help="Where logs and files are left.")
@click.option("--only", multiple=True, help="Steps whose names contain this; the results are not written.")
def main(seed: int, directory: Path | None, only: tuple[str, ...]) -> None:
    """Restart, fail over and migrate a whole site under load.

    The report goes to benchmarks/results/deployment.json. The exit status is 1 if a request failed, or if anything was
    lost or wrong.
    """
    began = perf_counter()

    def say(text: str) -> None:
        click.echo(f"{perf_counter() - began:6.1f} s  {text}", err=True)

    wanted = [step for step in steps() if not only or any(part in step.name for part in only)]
    try:
        with listening(), TemporaryDirectory(prefix="tweeter-site-") as temporary:
            outcome = asyncio.run(deploy(directory or Path(temporary), wanted, seed=seed, say=say))
    except StoppedBySignal:
        raise click.Abort from None
    click.echo(table(outcome))
    if not only:
        RESULTS.write_text(json.dumps(summary(outcome), indent=2) + "\n")
    for problem in outcome.problems:
        click.echo(problem)
    sys.exit(bool(outcome.problems))


if __name__ == "__main__":
    main()
