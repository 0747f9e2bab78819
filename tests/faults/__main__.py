"""`make faults`: put each kept fault into a copy of the code and say which ones no test notices."""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from resource import RUSAGE_CHILDREN, getrusage

import click

from tests.faults.fault import Against, Fault, read_faults
from tests.faults.table import counts, survivors, table
from tests.faults.trial import Trial, try_fault


@click.command()
@click.argument("names", nargs=-1)
@click.option("--against", type=click.Choice([*Against]), help="Try only the faults against this.")
@click.option("--rule", type=int, help="Try only the faults that break this rule of ARCHITECTURE.")
@click.option("--processes", default=2, show_default=True, help="How many faults to try at the same time.")
@click.option("--sample", type=int, help="Try so many, drawn at random.")
@click.option("--seed", type=int, help="Draw the same sample again.")
@click.option("--count", "only_counts", is_flag=True, help="Try none: print a table of how many there are.")
def main(
    names: Sequence[str],
    against: Against | None,
    rule: int | None,
    processes: int,
    sample: int | None,
    seed: int | None,
    only_counts: bool,
) -> None:
    """Try the faults whose name (ROOM/NAME) begins with one of NAMES, or all. Exit with 1 if no test notices one."""
    faults = [
        fault
        for fault in read_faults()
        if (not names or str(fault).startswith(tuple(names)))
        and against in (None, fault.against)
        and rule in (None, fault.rule)
    ]
    if not faults:
        raise click.UsageError("No kept fault fits. A name is ROOM/NAME, or the beginning of one.")
    if only_counts:
        click.echo(counts(faults))
        return
    if sample is not None and sample < len(faults):
        seed = random.randrange(10**6) if seed is None else seed
        click.echo(f"a sample of {sample} of {len(faults)} faults; --seed {seed} draws it again")
        faults = random.Random(seed).sample(faults, sample)
    began = time.monotonic()
    trials = list(tried(faults, processes))
    click.echo(f"\n{table(trials, 'room', lambda fault: fault.room)}")
    click.echo(f"\n{table(trials, 'against', lambda fault: fault.against)}")
    if any(trial.fault.rule for trial in trials):
        click.echo(f"\n{table(trials, 'rule', lambda fault: str(fault.rule) if fault.rule else None)}")
    click.echo(survivors(trials))
    used = getrusage(RUSAGE_CHILDREN)
    wall_s, processor_s = time.monotonic() - began, used.ru_utime + used.ru_stime
    click.echo(f"{wall_s / 60:.1f} minutes, {processor_s / 60:.1f} of processor time")
    sys.exit(any(trial.outcome.is_bad for trial in trials))


def tried(faults: Sequence[Fault], processes: int) -> Iterator[Trial]:
    """Try the faults, and say after each how long it took, and how long the others may take."""
    began = time.monotonic()
    with ThreadPoolExecutor(processes) as pool:
        for number, done in enumerate(as_completed([pool.submit(try_fault, fault) for fault in faults]), 1):
            trial = done.result()
            elapsed_s = time.monotonic() - began
            left_s = elapsed_s / number * (len(faults) - number)
            click.echo(
                f"{number:4}/{len(faults)}  {clock(elapsed_s)}, about {clock(left_s)} left  "
                f"{trial.outcome.value:8} {trial.seconds:4.0f} s  {trial.fault}"
            )
            yield trial


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


if __name__ == "__main__":
    main(prog_name="make faults")
