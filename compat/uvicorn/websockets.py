"""uvicorn's WebSocket connection, with bounds on what a client may make it keep.

Why: uvicorn answers a ping of a client that does not read by writing to a buffer that nothing bounds, keeps the pieces
of a message in any number, lets `websocket.close` wait behind what is not read, and says nothing when `websockets`
cannot parse a request.
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
        """Hook: the request that is to become a WebSocket, which comes first and whole, could not be parsed."""

    def stop_connecting(self) -> None:
        """Hook: the process stops before the application has accepted or refused the connection."""

    def while_waiting(self, message: ASGISendEvent) -> AbstractContextManager[None]:
        """Hook: return what surrounds the time that a message waits until the client has read."""
        return nullcontext()

    @property
    def is_reading(self) -> bool:
        """Whether uvicorn takes data. It pauses while the application has a message to take."""
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

    # What uvicorn calls.

    def handle_cont(self, event: Frame) -> None:
        """Drop an empty fragment, of which a message may have any number."""
        if event.data or event.fin:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer at once; if the client does not read, only the latest ping, later, as RFC 6455 (5.5.3) allows."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            # The first ping of a piece of data takes the pongs of all.
            self._due_pong = (self.conn.data_to_send() or [self._due_pong])[-1]

    async def send(self, message: ASGISendEvent) -> None:
        """Send a message of the application once the client has read enough, and a close at once.

        Of several messages that wait, one fills the buffer again and the rest go on waiting.
        """
        if message["type"] == "websocket.close":
            self.writable.set()
        elif not self.writable.is_set():
            with self.while_waiting(message):
                while not self.writable.is_set():
                    await self.writable.wait()
        await super().send(message)

    def shutdown(self) -> None:
        """Tell the client 1012."""
        if not self.handshake_complete and self.initial_response is None:
            self.stop_connecting()
        else:
            super().shutdown()
