"""No coroutine is left unawaited if an operation is cancelled at any step, or any of its fields fails."""

import asyncio
import gc
import warnings
from collections.abc import AsyncGenerator, Callable
from typing import Any, cast

import pytest
import strawberry

from schema.execution.compiled import CompiledExecutor
from tests.waiting import wait_until

STEPS = 12  # steps of the event loop, within which every document ends


@strawberry.type
class Node:
    @strawberry.field
    async def name(self) -> str:
        await asyncio.sleep(0)
        return "Ida"

    @strawberry.field
    async def next(self) -> "Node":
        return Node()

    @strawberry.field
    async def maybe(self) -> "Node | None":
        return Node()

    @strawberry.field
    async def several(self) -> list["Node"]:
        return [Node(), Node()]

    @strawberry.field
    def at_hand(self) -> list["Node"]:
        return [Node(), Node()]

    @strawberry.field
    async def endless(self) -> str:
        await asyncio.Event().wait()
        return "never"

    @strawberry.field
    def fails(self) -> str:
        raise ValueError

    @strawberry.field
    async def fails_at_once(self) -> str:
        raise ValueError

    @strawberry.field
    async def fails_later(self) -> str:
        await asyncio.sleep(0)
        raise ValueError


@strawberry.type
class Mutation(Node):
    pass


FAILURES = ["", "fails", "failsAtOnce", "failsLater"]
SELECTIONS = [
    "name other: name",
    "next { name }",
    "next { next { name other: name } }",
    "next { name several { name next { name } } }",
    "several { next { name other: name } }",
    "atHand { name }",
    "next { atHand { name } several { name } }",
]
DOCUMENTS = [
    f"{operation} {{ {selection} {failure} {selection.replace('{', '{ ' + failure) if failure else ''} }}"
    for operation in ("query", "mutation")
    for failure in FAILURES
    for selection in SELECTIONS
]


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def nodes(self) -> AsyncGenerator[Node, None]:
        for _ in range(3):  # graphql-core 3.3.2 swallows a cancellation that comes just when a field has failed
            yield Node()
            await asyncio.sleep(0)


schema = strawberry.Schema(Node, mutation=Mutation, subscription=Subscription, execution_context_class=CompiledExecutor)


def uncollected(run: Callable[[], None]) -> list[str]:
    """Record Python's warnings until all garbage is collected."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        run()
        gc.collect()
    return [str(each.message) for each in given]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_cancelled_operation_leaves_no_coroutine(document: str) -> None:
    async def cancel_at(step: int) -> None:
        operation = asyncio.ensure_future(schema.execute(document, root_value=Node()))
        for _ in range(step):
            await asyncio.sleep(0)
        operation.cancel()
        await asyncio.gather(operation, return_exceptions=True)

    def run() -> None:
        for step in range(STEPS):
            asyncio.run(cancel_at(step))

    assert uncollected(run) == []


@pytest.mark.parametrize("failure", FAILURES)
def test_a_cancelled_subscription_leaves_no_coroutine(failure: str) -> None:
    document = f"subscription {{ nodes {{ next {{ name {failure} other: name }} {failure} atHand {{ name }} }} }}"

    async def read() -> None:
        async for _ in cast(AsyncGenerator[Any, None], await schema.subscribe(document)):
            pass

    async def cancel_at(step: int) -> None:
        reading = asyncio.ensure_future(read())
        for _ in range(step):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    def run() -> None:
        for step in range(2 * STEPS):  # reaches the second event
            asyncio.run(cancel_at(step))

    assert uncollected(run) == []


def tasks_of_operations() -> "set[asyncio.Task[object]]":
    """Return the coroutines of this file and of graphql-core, since the application of another test may be running."""

    def file_of(task: "asyncio.Task[object]") -> str:
        code = getattr(task.get_coro(), "cr_code", None)
        return code.co_filename if code else ""

    return {task for task in asyncio.all_tasks() if any(part in file_of(task) for part in ("/graphql/", "/schema/"))}


ENDLESS = [
    "endless fails",
    "next { endless name } failsLater",
    "atHand { endless fails }",
    "maybe { endless fails } name",
    "maybe { atHand { endless fails } } next { name }",
]


async def until_nothing_runs(selection: str) -> None:
    before = tasks_of_operations()
    answer = await schema.execute(f"{{ {selection} }}", root_value=Node())
    assert answer.errors

    async def has_ended() -> bool:
        return tasks_of_operations() <= before

    await wait_until(has_ended)


@pytest.mark.parametrize("selection", ENDLESS)
async def test_nothing_runs_after_its_operation_is_answered(selection: str) -> None:
    await until_nothing_runs(selection)


@pytest.mark.parametrize("selection", ENDLESS)
def test_asyncio_logs_no_error_of_tasks_that_end_with_their_operation(
    selection: str, caplog: pytest.LogCaptureFixture
) -> None:
    """asyncio logs an unretrieved error when its future is collected."""
    asyncio.run(until_nothing_runs(selection))
    gc.collect()
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []
