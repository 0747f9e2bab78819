"""Contestants in turn: what else the machine does meanwhile befalls them all, and cancels out of their ratios."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from launch.embedded import Say

Result = TypeVar("Result")
Contestant = Callable[[], Awaitable[Result]]  # one short round, a few seconds at most


async def alternate(
    contestants: Mapping[str, Contestant[Result]], *, rounds: int, warm_up: int = 1, say: Say
) -> dict[str, list[Result]]:
    """What each had in each round: A B, B A, A B, … The rounds of the warm-up come before and are not told of."""
    results: dict[str, list[Result]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(-warm_up, rounds):
        say(f"{' / '.join(names)}: {f'round {number + 1} of {rounds}' if number >= 0 else 'warming up'}")
        for name in names if number % 2 == 0 else reversed(names):
            result = await contestants[name]()
            if number >= 0:
                results[name].append(result)
    return results


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round; their median is what to believe, more than the ratio of the medians."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]
