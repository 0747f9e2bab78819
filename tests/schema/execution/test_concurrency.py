"""The order and the limits of turns."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from schema.execution.concurrency import ConcurrencyLimiter, NoTurn, TooManyWaiting, Waiter

PATIENT_S = 10.0  # the tests wait for nothing outside of this process


def make_turns(at_once: int = 1, *, rest: float = 0, of_one: int = 100, waiting: int = 1_000) -> ConcurrencyLimiter:
    return ConcurrencyLimiter(at_once, rest=rest, waiting_of_one=of_one, waiting=waiting)


class Log:
    """Tasks that take a turn, recorded in the order of their turns."""

    def __init__(self, turns: ConcurrencyLimiter) -> None:
        self.turns = turns
        self.served: list[str] = []

    async def take(self, address: str, account: int | None = None, *, within_s: float = PATIENT_S) -> None:
        async with self.turns.turn(Waiter(address, account), within_s=within_s):
            self.served.append(f"{address}{account or ''}")

    async def begin(self, address: str, account: int | None = None) -> "asyncio.Task[None]":
        """Start a task. Return it when it waits."""
        task = asyncio.create_task(self.take(address, account))
        await asyncio.sleep(0)
        return task


async def test_a_caller_with_many_requests_is_served_once_before_each_other() -> None:
    turns = make_turns()
    log = Log(turns)
    async with turns.turn(Waiter("flood", None), within_s=PATIENT_S):
        tasks = [await log.begin("flood") for _ in range(50)]
        tasks += [await log.begin(f"b{number}") for number in range(3)]
        assert turns.waiting == 53
    await asyncio.gather(*tasks)
    assert log.served[:5] == ["flood", "b0", "b1", "b2", "flood"]
    assert log.served.count("flood") == 50


async def test_a_second_request_waits_behind_all_other_callers() -> None:
    turns = make_turns()
    log = Log(turns)

    async def again() -> None:
        for _ in range(5):
            await log.take("a")

    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        tasks = [asyncio.create_task(again()), await log.begin("b"), await log.begin("c")]
    await asyncio.gather(*tasks)
    assert log.served[:4] == ["a", "b", "c", "a"]


async def test_accounts_of_one_address_share_its_turns() -> None:
    turns = make_turns()
    log = Log(turns)
    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        tasks = [await log.begin("flood", account) for account in range(1, 10)]
        tasks += [await log.begin("b"), await log.begin("b")]
    await asyncio.gather(*tasks)
    assert log.served[:4] == ["flood1", "b", "flood2", "b"]


@pytest.mark.parametrize("at_once", [1, 3])
async def test_concurrent_turns_are_limited(at_once: int) -> None:
    turns = make_turns(at_once)
    async with AsyncExitStack() as stack:
        for number in range(at_once):
            await stack.enter_async_context(turns.turn(Waiter(f"a{number}", None), within_s=PATIENT_S))
        task = await Log(turns).begin("b")
        assert turns.waiting == 1
    await task
    assert turns.waiting == 0


async def test_an_expensive_turn_is_followed_by_an_equally_long_pause() -> None:
    turns = make_turns(rest=1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with turns.turn(Waiter("a", None), within_s=PATIENT_S):
        while (took := loop.time() - began) < 0.02:
            pass
        ended = loop.time()
    async with turns.turn(Waiter("b", None), within_s=PATIENT_S):
        assert loop.time() - ended >= 0.9 * took  # a timer of the loop is early by at most its clock's resolution


async def test_a_cancelled_waiter_gives_its_place_to_the_next() -> None:
    turns = make_turns()
    log = Log(turns)
    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        gone, stays = await log.begin("a"), await log.begin("b")
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        assert turns.waiting == 1
    await stays
    assert log.served == ["b"]


async def test_a_waiter_cancelled_with_its_turn_passes_the_turn_on() -> None:
    turns = make_turns()
    log = Log(turns)
    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        gone, stays = await log.begin("a"), await log.begin("b")
    async with asyncio.timeout(PATIENT_S):
        while turns.waiting == 2:  # runs until the turn is passed on
            await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await stays
    assert log.served == ["b"]
    await log.take("c")


async def test_a_waiter_without_a_turn_in_time_gets_an_error_and_leaves_no_state() -> None:
    turns = make_turns()
    log = Log(turns)
    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        with pytest.raises(NoTurn):
            await log.take("a", within_s=0)
        assert turns.waiting == 0
    await log.take("b")


async def test_a_request_beyond_the_waiting_limit_is_refused_at_once() -> None:
    turns = make_turns(of_one=2, waiting=3)
    log = Log(turns)
    async with turns.turn(Waiter("z", None), within_s=PATIENT_S):
        tasks = [await log.begin("a") for _ in range(2)]
        with pytest.raises(TooManyWaiting):
            await log.take("a")
        tasks.append(await log.begin("a", 7))
        tasks.append(await log.begin("b"))  # another item of its own makes room
        assert turns.waiting == 3
        with pytest.raises(TooManyWaiting, match="try again in 1 s"):
            await asyncio.wait_for(asyncio.shield(tasks[1]), PATIENT_S)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), TooManyWaiting, type(None), type(None)]
    await log.take("c")
    assert turns.waiting == 0
