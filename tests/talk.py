"""A client over WebSocket, in graphql-transport-ws: any number of operations on one connection."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.waiting import bounded

FEED_UPDATES = "subscription { feedUpdates { id text author { alias } } }"
WITHIN_S = 30


class Ended(Exception):
    """An operation ended with error codes, or the connection with a close code."""

    def __init__(self, *codes: object) -> None:
        super().__init__(*codes)
        self.codes = list(codes)


class Updates:
    """The messages of one operation."""

    def __init__(self, talk: "Talk", id: str) -> None:
        self._talk = talk
        self._id = id
        self._payloads: asyncio.Queue[dict[str, Any] | Ended] = asyncio.Queue()

    def put(self, message: Mapping[str, Any] | Ended) -> None:
        match message:
            case Ended():
                self._payloads.put_nowait(message)
            case {"type": "next", "payload": {"errors": errors}}:
                self._payloads.put_nowait(Ended(*(error["extensions"]["code"] for error in errors)))
            case {"type": "next", "payload": {"data": data}}:
                self._payloads.put_nowait(data)
            case {"type": "error", "payload": errors}:
                self._payloads.put_nowait(Ended(*(error["extensions"]["code"] for error in errors)))
            case {"type": "complete"}:
                self._payloads.put_nowait(Ended())

    async def next(self, *, within_s: float = WITHIN_S) -> dict[str, Any]:
        """Return the data of the next result.

        Raises:
            Ended: The operation or connection has ended.
            TimeoutError: None came in time.
        """
        async with asyncio.timeout(within_s):
            payload = await self._payloads.get()
        if isinstance(payload, Ended):
            raise payload
        return payload

    async def texts(self, *, until: str) -> list[str]:
        """Return the texts of arriving posts, up to the one with that text."""
        texts = [(await self.next())["feedUpdates"]["text"]]
        for _ in bounded():
            if texts[-1] == until:
                break
            texts.append((await self.next())["feedUpdates"]["text"])
        return texts

    async def end(self) -> Ended:
        """Return how the operation ends. Nothing else may come before."""
        try:
            raise AssertionError(f"instead of an end came {await self.next()}")
        except Ended as end:
            return end

    async def rest(self) -> tuple[list[dict[str, Any]], Ended]:
        """Return everything until the end, and the end."""
        rest = []
        while True:  # ends: each update has a timeout, and a server sends no endless updates
            try:
                rest.append(await self.next())
            except Ended as end:
                return rest, end

    async def stop(self) -> None:
        await self._talk.send({"type": "complete", "id": self._id})


class Talk:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._ids = map(str, count(1))
        self._operations: dict[str, Updates] = {}

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.socket.send(orjson.dumps(message).decode())

    async def subscribe(self, query: str = FEED_UPDATES, **variables: Any) -> Updates:
        """Send an operation. It begins before everything that is sent later on this connection."""
        id = next(self._ids)
        updates = self._operations[id] = Updates(self, id)
        await self.send({"type": "subscribe", "id": id, "payload": {"query": query, "variables": variables}})
        return updates

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Return the data of a query or a mutation.

        Raises:
            Ended: It has errors.
        """
        return await (await self.subscribe(query, **variables)).next()

    async def begin(self) -> Updates:
        """Subscribe to updates of the feed, and wait until the subscription has begun."""
        updates = await self.subscribe()
        await self.ask("{ __typename }")
        return updates

    def stop_reading(self) -> None:
        self.socket.transport.pause_reading()

    def read_on(self) -> None:
        self.socket.transport.resume_reading()

    async def listen(self) -> None:
        try:
            async for text in self.socket:
                message = orjson.loads(text)
                if updates := self._operations.get(message.get("id")):
                    updates.put(message)
        except ConnectionClosed:
            pass
        for updates in self._operations.values():
            updates.put(Ended(self.socket.close_code))


@asynccontextmanager
async def talking(
    url: str,
    token: str | None = None,
    *,
    payload: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    buffer_bytes: int = 0,
    trust: ssl.SSLContext | None = None,
) -> AsyncIterator[Talk]:
    """Open an acknowledged connection. Its `connection_init` has the token, or another payload.

    `buffer_bytes` limits the system's receive buffer. `trust` is needed for an address with https.
    """
    given = payload if payload is not None else {"Authorization": f"Bearer {token}"} if token else {}
    opened = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port))
    if buffer_bytes:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
    async with connect(
        f"{url.replace('http', 'ws', 1)}/graphql",
        sock=opened,
        ssl=trust,
        subprotocols=[Subprotocol("graphql-transport-ws")],
        additional_headers=headers,
        ping_interval=None,  # a client that does not read must not notice a timeout by itself
    ) as talking_socket:
        talk = Talk(talking_socket)
        await talk.send({"type": "connection_init", "payload": given})
        assert orjson.loads(await talking_socket.recv())["type"] == "connection_ack"
        listening = asyncio.create_task(talk.listen())
        try:
            yield talk
        finally:
            listening.cancel()
            await asyncio.wait([listening])
