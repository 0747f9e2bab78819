"""Batches the reads of one answer, for optional fields of list items that cost a read each."""

from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from resolvers.context import Context

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Find = Callable[[Context, list[Key]], Awaitable[list[Value]]]


class Loaders:
    """Keeps one DataLoader for each use case that a field calls. Use cases need no declaration here."""

    def __init__(self) -> None:
        self._loaders: dict[Any, DataLoader[Any, Any]] = {}

    async def load(self, find: Find[Key, Value], key: Key, context: Context) -> Value:
        """Return the value of the key.

        `find` gets all keys of one tick of the event loop, and returns the values in their order.

        Raises:
            Exception: The error that `find` has raised.
        """
        loader: DataLoader[Key, Value] | None = self._loaders.get(find)
        if loader is None:
            loader = self._loaders[find] = DataLoader(partial(find, context))
        return await loader.load(key)

    def clear(self) -> None:
        """Drop all values read so far, since they may be stale in the next answer."""
        self._loaders.clear()
