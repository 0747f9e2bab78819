"""Measures contestants alternately, so that other load on the machine affects all of them and not their ratios."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from launch.embedded import Say

Result = TypeVar("Result")
Contestant = Callable[[], Awaitable[Result]]  # one short round, a few seconds at most


async def alternate(
    contestants: Mapping[str, Contestant[Result]], *, rounds: int, warm_up: int = 1, say: Say
) -> dict[str, list[Result]]:
    """Return the results of each contestant by round: A B, B A, A B, … Warm-up rounds come first and are dropped."""
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
    """Return the ratios of each round. Their median is more reliable than the ratio of the medians."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]
