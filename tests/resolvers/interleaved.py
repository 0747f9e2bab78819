"""Requests whose steps interleave in every possible order.

A step is one call of a store that reads or writes follows, relations or counts. All else runs with the step before it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from domain.errors import Refused
from resolvers.context import Context
from tests.contexts import with_services
from tests.stepping import Stepped, SteppedCall, Turnstile
from tests.storage.parts import with_parts
from tests.waiting import bounded

STEPPED = ("follows", "relations")

Request = Callable[[Context], Coroutine[Any, Any, Any]]
Requests = Mapping[str, tuple[Context, Request]]


class SteppedCounts(Stepped):
    """The accounts, of whose calls only the counting is a step."""

    def __getattr__(self, name: str) -> Any:
        return super().__getattr__(name) if name == "count_follow" else getattr(self._part, name)


@dataclass(frozen=True, slots=True)
class Ended:
    """One order of the steps, by the names of the requests, and what each request has answered."""

    order: tuple[str, ...]
    answers: Mapping[str, object]


async def begin(context: Context, request: Request) -> SteppedCall[object]:
    """Return the request, standing before its first step. Its result is its answer, or the refusal."""
    turnstile = Turnstile()
    storage = context.services.storage
    parts: dict[str, Any] = {name: Stepped(getattr(storage, name), turnstile) for name in STEPPED}
    slow = with_parts(storage, users=SteppedCounts(storage.users, turnstile), **parts)

    async def answer() -> object:
        try:
            return await request(with_services(context, storage=slow))
        except Refused as refused:
            return refused

    call = SteppedCall(answer(), turnstile)
    await call.settle()
    return call


async def run(requests: Requests, choose: Callable[[list[str]], str], look: Callable[[], Awaitable[None]]) -> Ended:
    """Run the requests, one step at a time of the one that `choose` picks, and call `look` after each step."""
    calls = {name: await begin(*request) for name, request in requests.items()}
    order: list[str] = []
    for _ in bounded():
        if not (going := [name for name, call in calls.items() if not call.is_done]):
            break
        order.append(choose(going))
        await calls[order[-1]].advance()
        await look()
    return Ended(tuple(order), {name: call.result for name, call in calls.items()})


async def all_orders(
    prepare: Callable[[], Awaitable[Requests]], look: Callable[[], Awaitable[None]]
) -> AsyncIterator[Ended]:
    """Run the requests in each order of their steps, each time in a new world."""
    choices: list[tuple[int, int]] = []  # of the last run: which one was picked, among how many
    for _ in bounded():
        picked = [pick for pick, _ in choices]
        choices = []

        def choose(going: list[str], picked: list[int] = picked, choices: list[tuple[int, int]] = choices) -> str:
            pick = picked[len(choices)] if len(choices) < len(picked) else 0
            choices.append((pick, len(going)))
            return going[pick]

        yield await run(await prepare(), choose, look)
        for place, (pick, among) in reversed([*enumerate(choices)]):
            if pick + 1 < among:
                choices = [*choices[:place], (pick + 1, among)]
                break
        else:
            return


async def some_orders(
    prepare: Callable[[], Awaitable[Requests]], look: Callable[[], Awaitable[None]], *, number: int
) -> AsyncIterator[Ended]:
    """Run the requests in random orders of their steps, which are the same in each test run."""
    random = Random(14)  # no secret
    for _ in range(number):
        yield await run(await prepare(), random.choice, look)
