"""`make faults`: put each kept fault into a copy of the code and say which ones no test notices."""

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from resource import RUSAGE_CHILDREN, getrusage

import click

from tests.faults.fault import read_faults
from tests.faults.trial import Outcome, Trial, try_fault

BAD = (Outcome.SURVIVED, Outcome.HUNG, Outcome.BROKEN)


@click.command()
@click.argument("names", nargs=-1)
@click.option("--processes", default=2, show_default=True, help="How many faults to try at the same time.")
@click.option("--sample", type=int, help="Try so many, drawn at random.")
@click.option("--seed", type=int, help="Draw the same sample again.")
def main(names: Sequence[str], processes: int, sample: int | None, seed: int | None) -> None:
    """Try the faults whose name (ROOM/NAME) begins with one of NAMES, or all."""
    began = time.monotonic()
    faults = [fault for fault in read_faults() if not names or str(fault).startswith(tuple(names))]
    if sample is not None and sample < len(faults):
        seed = random.randrange(10**6) if seed is None else seed
        click.echo(f"a sample of {sample} of {len(faults)} faults; --seed {seed} draws it again")
        faults = random.Random(seed).sample(faults, sample)
    trials = []
    with ThreadPoolExecutor(processes) as pool:
        for number, done in enumerate(as_completed([pool.submit(try_fault, fault) for fault in faults]), 1):
            trial = done.result()
            trials.append(trial)
            click.echo(f"{number:4}/{len(faults)}  {trial.outcome.value:9} {trial.seconds:5.0f} s  {trial.fault}")
    report(trials)
    used = getrusage(RUSAGE_CHILDREN)
    wall_s, processor_s = time.monotonic() - began, used.ru_utime + used.ru_stime
    click.echo(f"\n{wall_s / 60:.1f} minutes, {processor_s / 60:.1f} of processor time")
    sys.exit(any(trial.outcome in BAD for trial in trials))


def report(trials: Sequence[Trial]) -> None:
    """Print a row per room, then each fault that no test has noticed."""
    click.echo("\nroom          faults  caught")
    faults, caught = Counter[str](), Counter[str]()
    for trial in trials:
        for room in (trial.fault.room, "in all"):
            faults[room] += 1
            caught[room] += trial.outcome is Outcome.CAUGHT
    for room in sorted(faults, key=lambda room: (room == "in all", room)):
        click.echo(f"{room:12}  {faults[room]:6}  {caught[room]:6}")
    for trial in trials:
        if trial.outcome in BAD:
            click.echo(
                f"\n{trial.outcome.value}: {trial.fault}\n  {trial.fault.why}\n  tests: {' '.join(trial.fault.tests)}"
            )
            if trial.outcome is Outcome.BROKEN:
                click.echo(trial.tail)


if __name__ == "__main__":
    main(prog_name="make faults")
