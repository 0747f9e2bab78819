"""Concurrent callers share one call."""

import asyncio

import pytest

from serving.coalescing import Coalesced
from tests.waiting import wait_until


class Source:
    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.error: Exception | None = None

    async def ask(self) -> int:
        self.asked += 1
        number = self.asked
        await self.may_answer.wait()
        if self.error:
            raise self.error
        return number


async def test_concurrent_callers_share_one_call() -> None:
    source = Source()
    shared = Coalesced(source.ask, fresh_for_s=3_600)
    asking = [asyncio.create_task(shared.get()) for _ in range(10)]
    impatient = asyncio.create_task(shared.get())
    await asyncio.sleep(0)
    impatient.cancel()
    source.may_answer.set()
    assert await asyncio.gather(*asking) == [1] * 10
    assert await shared.get() == 1, "it is still fresh"


async def test_a_stale_result_is_fetched_again() -> None:
    source = Source()
    source.may_answer.set()
    shared = Coalesced(source.ask, fresh_for_s=0.05)
    assert await shared.get() == 1

    async def is_new() -> bool:
        return await shared.get() == 2

    await wait_until(is_new)


async def test_an_error_is_not_cached() -> None:
    source = Source()
    source.may_answer.set()
    source.error = RuntimeError("away")
    shared = Coalesced(source.ask, fresh_for_s=3_600)
    with pytest.raises(RuntimeError, match="away"):
        await shared.get()
    source.error = None
    assert await shared.get() == 2
