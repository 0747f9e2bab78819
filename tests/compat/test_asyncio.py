"""A cancellation that is lost once and repeated."""

import asyncio

from compat.asyncio import finish, stop
from tests.waiting import PATIENT_S


async def swallowing(begun: asyncio.Event, *, times: int) -> None:
    """Swallow the first cancellations, as `wait_for` does if a cancellation comes together with the result."""
    while True:  # ends: `times` counts down
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if not times:
                raise
            times -= 1


async def test_a_task_that_swallows_its_cancellation_is_cancelled_again() -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(swallowing(begun, times=1))
    await begun.wait()
    async with asyncio.timeout(PATIENT_S):
        await stop(task)
    assert task.cancelled()


async def test_the_error_of_a_stopped_task_is_dropped() -> None:
    async def fail() -> None:
        raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    await stop(task)
    assert isinstance(task.exception(), ValueError)


async def test_a_task_that_ends_by_itself_is_not_cancelled() -> None:
    release = asyncio.Event()
    task = asyncio.create_task(release.wait())
    asyncio.get_running_loop().call_soon(release.set)
    await finish(task, within_s=PATIENT_S)
    assert task.result() is True


async def test_wait_for_still_loses_a_cancellation_that_comes_with_the_result() -> None:
    """The reason for compat/asyncio.py. If this fails (Python 3.12), check whether the drivers still need it."""
    done: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def wait() -> str:
        return await asyncio.wait_for(done, timeout=PATIENT_S)

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    done.set_result("the result")
    waiting.cancel()
    assert await waiting == "the result"
