"""Bounds on WebSocket connections."""

from asyncio import BaseTransport
from collections.abc import Mapping
from contextlib import AbstractContextManager
from socket import SO_SNDBUF, SOL_SOCKET
from sys import getsizeof
from typing import Any

from compat.uvicorn.websockets import WebSocketConnection
from serving.server.refusals import NO_UPGRADE, STOPPING, encoded
from serving.server.unread import UNNOTICED_BYTES, UNREAD_BYTES, ReadDeadline


class WebSocketProtocol(ReadDeadline, WebSocketConnection):
    def connection_made(self, transport: BaseTransport) -> None:
        # Without this, the kernel would buffer up to 4 MB for each client that does not read.
        transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, UNREAD_BYTES)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if len(data) > UNNOTICED_BYTES and self.is_reading and not self.transport.is_closing():
            # libuv reads up to 32 times before it serves another connection. With small frames, that takes seconds.
            self.transport.pause_reading()
            self.loop.call_soon(self._read_on)

    def refuse_unparsed(self) -> None:
        self.transport.write(encoded(NO_UPGRADE))
        self.transport.close()

    def stop_connecting(self) -> None:
        refusal = STOPPING.response()
        self.refuse_handshake(refusal.status_code, str(STOPPING))

    def while_waiting(self, message: Mapping[str, Any]) -> AbstractContextManager[None]:
        return self.UNSENT.waiting(self.transport, getsizeof(message.get("text") or message.get("bytes")))

    def _read_on(self) -> None:
        if self.is_reading and not self.transport.is_closing():
            self.transport.resume_reading()
