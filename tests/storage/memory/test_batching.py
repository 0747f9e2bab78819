"""Lookups that share a command are correct, never stale, and are cancelled independently."""

import asyncio
from collections.abc import Sequence

import pytest

from storage.memory.batching import BatchingLoader


class Doubles:
    """A lookup of even keys. It returns twice the key after the test releases it."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.has_begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.problem: Exception | None = None

    async def find(self, keys: Sequence[int]) -> dict[int, int]:
        self.asked.append(list(keys))
        self.has_begun.set()
        await self.may_end.wait()
        if self.problem:
            raise self.problem
        return {key: 2 * key for key in keys if key % 2 == 0}


async def begin(together: BatchingLoader[int, int], doubles: Doubles, *keys: int) -> list[asyncio.Task[int | None]]:
    """Start a lookup of the first key, and ask for the others meanwhile."""
    finding = [asyncio.create_task(together.find(keys[0]))]
    await doubles.has_begun.wait()
    finding += [asyncio.create_task(together.find(key)) for key in keys[1:]]
    await asyncio.sleep(0)  # until they wait
    return finding


async def test_waiting_callers_share_the_next_lookup() -> None:
    doubles = Doubles()
    finding = await begin(BatchingLoader(doubles.find), doubles, 2, 3, 4, 4, 2)
    doubles.may_end.set()
    assert await asyncio.gather(*finding) == [4, None, 8, 8, 4]
    assert doubles.asked == [
        [2],
        [3, 4, 2],
    ]  # 2 twice: the first lookup began before the second call


async def test_cancelling_one_caller_does_not_affect_the_others() -> None:
    doubles = Doubles()
    finding = await begin(BatchingLoader(doubles.find), doubles, 2, 4, 4)
    finding[0].cancel()
    finding[1].cancel()
    doubles.may_end.set()
    assert await finding[2] == 8


async def test_an_error_reaches_all_callers_of_its_lookup_and_no_later_one() -> None:
    doubles = Doubles()
    together = BatchingLoader(doubles.find)
    finding = await begin(together, doubles, 2, 4, 6)
    doubles.problem = ConnectionError("away")
    doubles.may_end.set()
    for each in finding:
        with pytest.raises(ConnectionError):
            await each
    doubles.problem = None
    assert await together.find(8) == 16
