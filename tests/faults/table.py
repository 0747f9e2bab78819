"""What trials came to: tables of how many faults were caught, and each fault that no test has noticed."""

from collections import Counter
from collections.abc import Callable, Sequence

from tests.faults.fault import Against, Fault
from tests.faults.trial import Outcome, Trial

IN_ALL = "in all"


def table(trials: Sequence[Trial], head: str, group_of: Callable[[Fault], str | None]) -> str:
    """Return a row per group and one for all groups; a fault without a group is left out."""
    faults, caught = Counter[str](), Counter[str]()
    for trial in trials:
        if group := group_of(trial.fault):
            for counted in (group, IN_ALL):
                faults[counted] += 1
                caught[counted] += trial.outcome is Outcome.CAUGHT
    groups = [*sorted(faults.keys() - {IN_ALL}), IN_ALL]
    rows = [f"{group:12}  {faults[group]:6}  {caught[group]:6}" for group in groups]
    return "\n".join([f"{head:12}  faults  caught", *rows])


def counts(faults: Sequence[Fault]) -> str:
    """Return a Markdown table of how many faults there are, by room and by what they are against."""
    found = Counter((group, fault.against) for fault in faults for group in (fault.room, IN_ALL))
    rooms = [*sorted({fault.room for fault in faults}), IN_ALL]
    rows = [
        [room, *(str(found[room, against] or "") for against in Against), str(sum(found[room, a] for a in Against))]
        for room in rooms
    ]
    head = ["room", *Against, IN_ALL]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def survivors(trials: Sequence[Trial]) -> str:
    """Return a paragraph per fault that no test has noticed."""
    paragraphs = [
        f"\n{trial.outcome.value}: {trial.fault}, against {trial.fault.against}\n  {trial.fault.why}\n"
        f"  tests: {' '.join(trial.fault.tests)}\n{trial.tail if trial.outcome is Outcome.BROKEN else ''}"
        for trial in trials
        if trial.outcome.is_bad
    ]
    return "\n".join(paragraphs)
