"""uvicorn's WebSocket connection, with bounds on the memory that a client can use.

Why: uvicorn writes answers to pings into an unbounded buffer even if the client does not read, keeps any number of
fragments of a message, makes `websocket.close` wait behind unread messages, and does not answer a request that
`websockets` cannot parse.
Upstream: https://github.com/Kludex/uvicorn/blob/0.54.0/uvicorn/protocols/websockets/websockets_sansio_impl.py
Tried with: uvicorn 0.54.0, websockets 17.4.
"""

from asyncio import AbstractEventLoop, Transport
from contextlib import AbstractContextManager, nullcontext

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame


class WebSocketConnection(WebSocketsSansIOProtocol):
    """A subclass overrides the hooks, and the methods of asyncio.Protocol. All of them call `super()`."""

    loop: AbstractEventLoop
    transport: Transport

    _due_pong = b""

    def refuse_unparsed(self) -> None:
        """Hook: the upgrade request, which comes first and in one piece, could not be parsed."""

    def stop_connecting(self) -> None:
        """Hook: the process stops before the application has accepted or refused the connection."""

    def while_waiting(self, message: ASGISendEvent) -> AbstractContextManager[None]:
        """Hook: return a context that is open while a message waits until the client has read."""
        return nullcontext()

    @property
    def is_reading(self) -> bool:
        """Whether uvicorn reads data. It pauses while the application has an unread message."""
        return not self.read_paused

    def refuse_handshake(self, status: int, reason: str) -> None:
        """Answer the request with a status and a line of text, and close."""
        self.conn.send_response(self.conn.reject(status, reason))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.refuse_unparsed()

    def resume_writing(self) -> None:
        pong, self._due_pong = self._due_pong, b""
        if pong:
            self.transport.write(pong)
        super().resume_writing()

    # Called by uvicorn.

    def handle_cont(self, event: Frame) -> None:
        """Drop empty fragments, since a message may have any number of them."""
        if event.data or event.fin:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping at once. If the client does not read, answer only the latest, later (RFC 6455, 5.5.3)."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            # The first ping in the data sends the pongs of all.
            self._due_pong = (self.conn.data_to_send() or [self._due_pong])[-1]

    async def send(self, message: ASGISendEvent) -> None:
        """Send a message of the application when the client has read enough, but a close at once.

        If several messages wait, one of them fills the buffer again and the others keep waiting.
        """
        if message["type"] == "websocket.close":
            self.writable.set()
        elif not self.writable.is_set():
            with self.while_waiting(message):
                while not self.writable.is_set():
                    await self.writable.wait()
        await super().send(message)

    def shutdown(self) -> None:
        """Close with 1012."""
        if not self.handshake_complete and self.initial_response is None:
            self.stop_connecting()
        else:
            super().shutdown()
