"""Sends varied requests to a real web process and measures its memory."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.pipeline.stack import Stack
from tests.soak.kinds import KINDS

AT_ONCE = 4  # requests
KNOWN_STATUS = {200, 400, 404, 405, 406, 413, 415, 422, 429, 503}
NOISE_BYTES = 2 * 2**20  # noise of the measured memory
MOST_BYTES = 100  # per request; a leak of one kind among 27 takes more, since an entry takes thousands of bytes
PER_SOCKET = 100  # requests before a WebSocket is opened and closed
KIB = 1_024  # the unit of VmRSS


@dataclass(frozen=True, slots=True)
class Soaked:
    requests: int
    before: int  # bytes of resident memory, after the warm-up
    after: int

    @property
    def is_steady(self) -> bool:
        return self.after - self.before <= NOISE_BYTES + MOST_BYTES * self.requests

    def __str__(self) -> str:
        allowed = NOISE_BYTES + MOST_BYTES * self.requests
        return f"grown by {(self.after - self.before) / 2**20:.1f} MiB; {allowed / 2**20:.1f} MiB are allowed"


async def soak(running: Stack, *, warm_up: int, requests: int, say: Callable[[str], None]) -> Soaked:
    """Send warm-up and measured requests, and return the growth.

    Raises:
        AssertionError: An answer is unexpected.
    """
    async with httpx.AsyncClient(base_url=running.url, timeout=60) as http:
        await _send(running, http, 0, warm_up)
        before = resident_bytes(running)
        say(f"after {warm_up:,} requests: {before / 2**20:.1f} MiB")
        await _send(running, http, warm_up, requests)
        after = resident_bytes(running)
        say(f"after {requests:,} more: {after / 2**20:.1f} MiB")
    return Soaked(requests, before, after)


async def _send(running: Stack, http: httpx.AsyncClient, first: int, number: int) -> None:
    numbers = iter(range(first, first + number))
    kinds = islice(cycle(KINDS.values()), first % len(KINDS), None)

    async def work() -> None:
        for place in numbers:
            response = await next(kinds)(place).by(http)
            assert response.status_code in KNOWN_STATUS, response.text
            if place % PER_SOCKET == 0:
                await _converse(running, place)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    assert (await http.get("/healthz")).status_code == 200


async def _converse(running: Stack, number: int) -> None:
    """Open a WebSocket with some operations, each with its own id."""
    address = f"ws{running.url.removeprefix('http')}/graphql"
    async with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer t{number}"}}))
        for place in range(5):
            payload = {"query": f"{{ s{number}: __typename }}"}
            await socket.send(json.dumps({"type": "subscribe", "id": f"{number}.{place}", "payload": payload}))
        for _ in range(11):  # the acknowledgement, and the answers of the operations
            await socket.recv()


def resident_bytes(running: Stack) -> int:
    """Return the resident memory of the web process in bytes."""
    status = Path(f"/proc/{running.running['web'].pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) * KIB
