"""Explores every interleaving of a few actors, breadth first, so that the trace to a violation is a shortest one.

An actor is one run of a program. A crash needs no step: it is an actor that is never scheduled again. So is a task that
runs after the end. The exploration is bounded by the number of states, not by time.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.model.rules import Rules
from tests.model.store import Blocked, Program, Run, Step, Store
from tests.model.traces import describe, show_call
from tests.model.universe import Universe


class Actor(NamedTuple):
    program: Callable[..., Program]
    args: tuple[Any, ...]

    def __str__(self) -> str:
        return show_call(self.program.__name__, self.args)


class Finding(NamedTuple):
    what: str | None  # None if every feed was exact
    trace: tuple[str, ...]
    states: int
    is_exhaustive: bool

    def __str__(self) -> str:
        return "\n".join([self.what or f"holds in {self.states} states", *(f"    {line}" for line in self.trace)])


class Point:
    """The position of an actor, given by its results so far. It has ended if `step` is None."""

    __slots__ = ("actor", "children", "results", "run", "step")

    def __init__(self, actor: Actor, run: Run, results: tuple[Any, ...]) -> None:
        self.actor, self.run, self.results = actor, run, results
        self.children: dict[Any, Point] = {}
        self.step: Step | None
        program = actor.program(run, *actor.args)
        try:
            self.step = next(program)
            for result in results:
                self.step = program.send(result)
        except StopIteration:
            self.step = None

    def after(self, result: Any) -> "Point":
        if result not in self.children:
            child = Point(self.actor, self.run, (*self.results, result))
            self.children[result] = END if child.step is None else child
        return self.children[result]


def _nothing(run: Run) -> Program:
    yield from ()


END = Point(Actor(_nothing, ()), Run(Rules(), 0), ())  # the same for all ended actors

State = tuple[int, tuple[Point, ...]]


def explore(rules: Rules, begin: Store, actors: Sequence[Actor], *, most_states: int = 100_000) -> Finding:
    universe = Universe(rules)
    first: State = (universe.number_of(begin), tuple(Point(a, Run(rules, n), ()) for n, a in enumerate(actors, 1)))
    came_from: dict[State, tuple[State, str] | None] = {first: None}
    waiting = deque([first])
    if found := universe.verdict(first[0]):
        return Finding(found.what, found.trace, 1, True)
    while waiting:  # ends: at `most_states`
        state = waiting.popleft()
        store, points = state
        for place, point in enumerate(points):
            if point.step is None:
                continue
            then, result = universe.take(store, point.step)
            if isinstance(result, Blocked):
                continue
            following = (then, (*points[:place], point.after(result), *points[place + 1 :]))
            if following in came_from:
                continue
            came_from[following] = (state, describe(str(point.actor), point.step, result))
            if found := universe.verdict(then):
                return Finding(found.what, (*_trace(came_from, following), *found.trace), len(came_from), True)
            waiting.append(following)
        if len(came_from) > most_states:
            return Finding(None, (), len(came_from), False)
    return Finding(None, (), len(came_from), True)


def _trace(came_from: dict[State, tuple[State, str] | None], state: State) -> tuple[str, ...]:
    lines = []
    while (step := came_from[state]) is not None:  # ends: at the first state
        state, line = step
        lines.append(line)
    return tuple(reversed(lines))
