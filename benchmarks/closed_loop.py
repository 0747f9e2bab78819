"""A closed loop: each connection sends its request again as soon as it is answered. It runs in its own process."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from time import perf_counter
from typing import cast

import uvloop

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
LAST_CHUNK = b"0\r\n\r\n"
FINISH_WITHIN_S = 30
LEAD_S = 0.2  # seconds in which connections open and buffers grow; they do not count


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers within the measured time, with the latency of each.

    `in_all` counts those before and after it as well, for what is measured around the whole run.
    """

    seconds: float
    latencies: list[float]
    in_all: int

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


class Asking(asyncio.Protocol):
    """Repeats one request. `answered` gets each complete answer and its latency; `failed` gets a ConnectionError."""

    def __init__(
        self, request: bytes, answered: Callable[[bytes, float], None], failed: Callable[[Exception], None]
    ) -> None:
        self._request = request
        self._answered = answered
        self._failed = failed
        self._received = b""
        self._next = self._ask
        self.is_closed = asyncio.Event()
        self._length: int | None = None  # bytes of the answer; None before its head has arrived, -1 if it is chunked

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's class is not a subclass
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received = received = self._received + data if self._received else data
        if self._length is None:
            self._length = _length_of(received)
        if self._length is None:
            return
        if len(received) == self._length or (self._length < 0 and received.endswith(LAST_CHUNK)):
            self._answered(received, perf_counter() - self._asked_at)
            self._received, self._length = b"", None
            self._next()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.is_closed.is_set():
            self._failed(ConnectionError("the server has closed a connection"))

    def finish(self) -> None:
        """Close the connection after the pending answer."""
        self._next = self.close

    def close(self) -> None:
        self.is_closed.set()
        self._transport.close()

    def _ask(self) -> None:
        self._asked_at = perf_counter()
        self._transport.write(self._request)


def _length_of(received: bytes) -> int | None:
    head, end, _ = received.partition(END_OF_HEAD)
    if not end:
        return None
    _, found, length = head.lower().partition(LENGTH)
    return len(head) + len(end) + int(length.partition(b"\r\n")[0]) if found else -1


async def ask_all(port: int, requests: Sequence[bytes], *, seconds: float) -> Answered:
    """Send each of the requests repeatedly, each on its own connection.

    Raises:
        RuntimeError: An answer has another status than 200 or another length than the first.
        ConnectionError: The server has closed a connection.
        TimeoutError: An answer takes too long.
    """
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    latencies: list[float] = []
    length: int | None = None

    def answered(answer: bytes, took: float) -> None:
        nonlocal length
        length = len(answer) if length is None else length
        if len(answer) != length or not answer.startswith(b"HTTP/1.1 200 "):
            failed(RuntimeError(f"the server answered {answer[:500]!r}"))
        latencies.append(took)

    def failed(error: Exception) -> None:
        if not ended.done():
            ended.set_exception(error)

    def end() -> None:
        if not ended.done():
            ended.set_result((len(latencies), perf_counter()))

    asking: list[Asking] = []
    try:
        for request in requests:
            ask = partial(Asking, request, answered, failed)
            opened = await loop.create_connection(ask, "127.0.0.1", port)
            asking.append(opened[1])
        await asyncio.sleep(LEAD_S)
        before, began = len(latencies), perf_counter()
        loop.call_later(seconds, end)
        after, until = await ended
        for each in asking:
            each.finish()
        async with asyncio.timeout(FINISH_WITHIN_S):
            for each in asking:
                await each.is_closed.wait()
    finally:
        for each in asking:
            each.close()
    return Answered(until - began, latencies[before:after], in_all=len(latencies))


def _run(port: int, requests: Sequence[bytes], seconds: float) -> Answered:
    return uvloop.run(ask_all(port, requests, seconds=seconds))


class ClosedLoop:
    """Runs closed loops in a separate process, one measurement at a time."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    async def run(self, port: int, requests: Sequence[bytes], *, seconds: float) -> Answered:
        """Run `ask_all` in the other process. It raises the same errors."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._process, _run, port, requests, seconds)

    def close(self) -> None:
        self._process.shutdown()
