"""A WebSocket client of graphql-transport-ws for an application in this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.types import ASGIApp

from tests.waiting import PATIENT_S

SCOPE = {
    "type": "websocket",
    "asgi": {"version": "3.0"},
    "scheme": "ws",
    "path": "/graphql",
    "raw_path": b"/graphql",
    "query_string": b"",
    "headers": [(b"host", b"tweeter")],
    "subprotocols": ["graphql-transport-ws"],
}


class Socket:
    def __init__(self, app: ASGIApp) -> None:
        self._sent: asyncio.Queue[Any] = asyncio.Queue()
        self._received: asyncio.Queue[Any] = asyncio.Queue()
        self._served = asyncio.ensure_future(app(dict(SCOPE), self._sent.get, self._received.put))

    async def send(self, message: dict[str, Any]) -> None:
        await self._sent.put({"type": "websocket.receive", "text": orjson.dumps(message).decode()})

    async def receive(self) -> dict[str, Any]:
        """Return the next message, or the whole event if it is not a message."""
        event = await asyncio.wait_for(self._received.get(), PATIENT_S)
        return dict(orjson.loads(event["text"])) if "text" in event else event

    async def open(self) -> None:
        await self._sent.put({"type": "websocket.connect"})
        assert (await self.receive())["type"] == "websocket.accept"

    async def close(self) -> None:
        await self._sent.put({"type": "websocket.disconnect", "code": 1000})
        await self._served


@asynccontextmanager
async def socket(app: ASGIApp, *, initialised: bool = True) -> AsyncIterator[Socket]:
    opened = Socket(app)
    await opened.open()
    if initialised:
        await opened.send({"type": "connection_init"})
        assert await opened.receive() == {"type": "connection_ack"}
    yield opened
    await opened.close()
