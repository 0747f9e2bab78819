"""A minimal WebSocket client, of which thousands can run beside the measured server."""

import asyncio
import json
from collections.abc import Callable
from time import perf_counter

FEED_UPDATES = "subscription { feedUpdates { id text createdAt author { id alias firstName lastName imageUrl } } }"
UPGRADE = """GET /graphql HTTP/1.1\r
Host: localhost\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
Sec-WebSocket-Protocol: graphql-transport-ws\r
\r
"""
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
UNMASKED = b"\0\0\0\0"  # a mask that changes nothing


class Subscriber(asyncio.Protocol):
    """Subscribes as the token's account. `arrived` gets each message of the subscription and its time of arrival."""

    def __init__(self, token: str, arrived: Callable[[bytes, float], None]) -> None:
        self.is_subscribed = asyncio.Event()  # the message was sent; the server does not acknowledge it
        self._token = token
        self._arrived = arrived
        self._received = b""
        self._is_upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(UPGRADE.encode())

    def data_received(self, data: bytes) -> None:
        now = perf_counter()
        self._received += data
        if not self._is_upgraded:
            self._read_head()
        while self._is_upgraded and (frame := self._next_frame()):
            self._take(*frame, now)

    def close(self) -> None:
        self._transport.close()

    def _read_head(self) -> None:
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            return
        if b" 101 " not in head:
            raise RuntimeError(f"no WebSocket: {head[:100]!r}")
        self._is_upgraded, self._received = True, rest
        self._send({"type": "connection_init", "payload": {"Authorization": f"Bearer {self._token}"}})

    def _next_frame(self) -> tuple[int, bytes] | None:
        """Return the opcode and the payload of the first frame, or None if it is incomplete."""
        received = self._received
        if len(received) < 4:
            return None
        begin, length = 2, received[1]
        if length == 126:
            begin, length = 4, int.from_bytes(received[2:4], "big")
        if length > 65_535 or len(received) < begin + length:
            return None
        self._received = received[begin + length :]
        return received[0] & 0xF, received[begin : begin + length]

    def _take(self, code: int, content: bytes, now: float) -> None:
        if code == PING:
            self._write(PONG, content)
        elif code == CLOSE:
            self._transport.close()
        elif b'"connection_ack"' in content:
            self._send({"id": "live", "type": "subscribe", "payload": {"query": FEED_UPDATES}})
            self.is_subscribed.set()
        else:
            self._arrived(content, now)

    def _send(self, message: object) -> None:
        self._write(TEXT, json.dumps(message).encode())

    def _write(self, code: int, content: bytes) -> None:
        length = len(content)
        size = bytes([0x80 | length]) if length < 126 else bytes([0x80 | 126]) + length.to_bytes(2, "big")
        self._transport.write(bytes([0x80 | code]) + size + UNMASKED + content)
