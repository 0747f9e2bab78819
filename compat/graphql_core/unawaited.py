"""Closes the coroutines that an operation has created but does not await.

Why: graphql-core creates the coroutines of a selection before it awaits any. If the operation is cancelled, or if a
sibling's error ends the selection, before their tasks take a first step, it drops the coroutines within them. Python
warns of each when it is collected, and their resources are released late.
Upstream: https://github.com/graphql-python/graphql-core/issues/217 and
https://github.com/graphql-python/graphql-core/issues/269, both open; `gather_with_cancel` in graphql/pyutils.
Tried with: graphql-core 3.3.2, strawberry-graphql 0.341.2.
"""

from asyncio import Future
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from inspect import CORO_CREATED, getcoroutinestate
from types import CoroutineType
from typing import Any, cast

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

Created = list[Coroutine[Any, Any, Any]]


class ClosingExecutor(StrawberryGraphQLCoreExecutionContext):
    """Notes awaitables in `is_awaitable`, which graphql-core calls for each value that it awaits, except list items."""

    _created: Created

    def execute_operation(self, serially: bool | None = None) -> Any:
        self._created = []
        self.is_awaitable = cast(Any, _noting(self._created, self.is_awaitable))
        result = super().execute_operation(serially)
        if self.is_awaitable(result):
            return self._awaiting(result)
        self._close()
        return result

    def complete_list_item_value(self, item: Any, complete_results: list[Any], *args: Any) -> bool:
        is_awaitable = super().complete_list_item_value(item, complete_results, *args)
        if is_awaitable:
            self._created.append(complete_results[-1])
        return is_awaitable

    def complete_awaitable_list_item_value(self, *args: Any) -> Coroutine[Any, Any, Any]:
        item = super().complete_awaitable_list_item_value(*args)
        self._created.append(item)
        return item

    async def _awaiting(self, result: Awaitable[Any]) -> Any:
        try:
            return await result
        finally:
            self._close()

    def _close(self) -> None:
        """Close coroutines that have not begun, and end those that still run although nothing awaits their result."""
        created, running = self._created, list(self.background_futures)
        for future in running:
            future.add_done_callback(partial(_end, created))
            future.cancel()
        if not running:
            _close_unbegun(created)


def _noting(created: Created, is_awaitable: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def note(value: Any) -> bool:
        if type(value) is CoroutineType:
            created.append(value)
            return True
        return is_awaitable(value)

    return note


def _end(created: Created, future: "Future[Any]") -> None:
    """Close coroutines that have not begun, and retrieve the future's error.

    A cancelled `asyncio.gather` ends with a CancelledError, which asyncio logs if it is never retrieved.
    """
    _close_unbegun(created)
    if not future.cancelled():
        future.exception()


def _close_unbegun(created: Sequence[Coroutine[Any, Any, Any]]) -> None:
    for coroutine in created:
        if getcoroutinestate(coroutine) == CORO_CREATED:
            coroutine.close()
