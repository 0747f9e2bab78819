"""All states of the store in an exploration. Each state is checked once, and each step from it is run once."""

from collections.abc import Hashable
from contextlib import suppress
from typing import Any, NamedTuple

from tests.model import reads, writes
from tests.model.fan_out import sweep
from tests.model.feed import wrong
from tests.model.rules import Rules
from tests.model.store import Blocked, Run, Step, Store, do
from tests.model.traces import describe
from tests.model.watermarks import fill

SWEEPS = 999  # the number of their runs, which no actor has
ROUNDS = 3


class Violation(NamedTuple):
    what: str
    trace: tuple[str, ...]  # the final states of the sweeps


class Universe:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._stores: list[Store] = []
        self._numbers: dict[Hashable, int] = {}
        self._taken: dict[tuple[int, Step], tuple[int, Any]] = {}
        self._wrong: list[str | None] = []
        self._feeds: dict[Hashable, str | None] = {}
        self._verdicts: dict[int, Violation | None] = {}

    def number_of(self, store: Store) -> int:
        key = store.key()
        if key not in self._numbers:
            self._numbers[key] = len(self._stores)
            self._stores.append(store)
            self._wrong.append(wrong(store, self._rules, self._feeds))
        return self._numbers[key]

    def take(self, number: int, step: Step) -> tuple[int, Any]:
        """Return the state after the step, and the result of the step."""
        taken = self._taken.get((number, step))
        if taken is None:
            store = self._stores[number].copy()
            result = step.action(store, self._rules, *step.args)
            taken = self._taken[number, step] = (self.number_of(store), result)
        return taken

    def verdict(self, number: int) -> Violation | None:
        """Return what is wrong in this state, or after a crash of all actors when only the sweeps continue."""
        if number not in self._verdicts:
            found = self._wrong[number]
            self._verdicts[number] = Violation(found, ()) if found else self._sweep(number)
        return self._verdicts[number]

    def _sweep(self, number: int) -> Violation | None:
        for step in (do(writes.refuse, False), do(writes.replicate)):
            number, _ = self.take(number, step)
        lines: list[str] = []
        for _ in range(ROUNDS):
            store = self._stores[number]
            flying = sorted(post for post, found in store.posts.items() if found.in_flight)
            readers = sorted({reader for reader, _ in store.edges if reads.filling_edges(store, self._rules, reader)})
            if not flying and not readers:
                return None
            run = Run(self._rules, SWEEPS)
            for program in [*(sweep(run, post) for post in flying), *(fill(run, reader) for reader in readers)]:
                result = None
                with suppress(StopIteration):
                    while True:  # ends: with the program
                        step = program.send(result)
                        number, result = self.take(number, step)
                        if isinstance(result, Blocked):  # blocked only until the entries are replicated
                            number, result = self.take(self.take(number, do(writes.replicate))[0], step)
                        lines.append(describe("the sweeps", step, result))
                        if found := self._wrong[number]:
                            return Violation(found, tuple(lines))
        return Violation(f"still in flight after {ROUNDS} sweeps: posts {flying}, edges of {readers}", tuple(lines))
