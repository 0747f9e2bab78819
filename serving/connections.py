"""What a stranger may do to a connection, where uvicorn sets no bound of its own: how large the head of a request is
and how long it takes to come, how long an answer waits to be read, and how many connections there are.
"""

from asyncio import AbstractEventLoop, BaseTransport, Protocol, TimerHandle, Transport
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from serving.headers import FOR_PROGRAMS, ON_ALL
from serving.refusals import Refusal
from serving.unsent import Unsent

MAX_HEAD_BYTES = 32 * 1024
UNREAD_BYTES = 64 * 1024
UNNOTICED_BYTES = 16 * 1024  # unsent bytes of a connection that count neither as stalled nor towards those of all
ENDLESS = "tweeter.endless"  # in the scope of a request whose answer nobody should wait for
SHARE_OF_SOCKETS = 0.75  # of all connections; the rest is for requests, which come and go

FULL = Refusal(503, "The server has as many connections as it takes. Try again later.", code="INTERNAL")
NO_HTTP = Refusal(400, "This is no HTTP request.")
SLOW = Refusal(408, "The request took too long to come.")
TOO_LARGE = Refusal(431, f"The head of the request is too large: at most {MAX_HEAD_BYTES:,} bytes.")


class _Read(Protocol):
    """Ends where the other end has stopped reading."""

    STALLED_AFTER_S = 15.0
    UNSENT = Unsent()  # of all connections of this process

    loop: AbstractEventLoop
    transport: Transport
    _stalled: TimerHandle | None = None

    def pause_writing(self) -> None:
        self._stalled = self.loop.call_later(self.STALLED_AFTER_S, self.transport.abort)
        super().pause_writing()
        self.UNSENT.add(self.transport)

    def resume_writing(self) -> None:
        if self._stalled:  # a socket may be resumed that was paused when it was none
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._stalled:
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().connection_lost(exc)


class Socket(_Read, WebSocketsSansIOProtocol):
    """What a connection becomes when it turns into a WebSocket."""

    def connection_made(self, transport: BaseTransport) -> None:
        # Else the system would keep up to 4 MB for each that does not read.
        transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, UNREAD_BYTES)
        super().connection_made(transport)

    async def send(self, message: ASGISendEvent) -> None:
        """A close, too, would wait until all that came before has been read."""
        if message["type"] == "websocket.close":
            self.writable.set()
        await super().send(message)


class Connection(_Read, HttpToolsProtocol):
    HEAD_WITHIN_S = 10.0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._most = config.limit_concurrency or 0
        self.limit_concurrency = None  # uvicorn's own way turns away also those who are connected already
        self._head_due: TimerHandle | None = None
        self._beside_body = 0  # bytes of the request so far
        self._has_begun = False  # within the data that is being parsed
        self._body_bytes = 0  # the same
        self._refusal = NO_HTTP

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows it
        self.transport.set_write_buffer_limits(high=UNNOTICED_BYTES)
        if len(self.connections) > self._most > 0:
            self._refuse(FULL)
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._await_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Also for the rest of a body that was not waited for: it must end in another request.
        if self._head_due is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()
        self._has_begun, self._body_bytes = False, 0
        super().data_received(data)
        if not self._has_begun:
            self._beside_body += len(data) - self._body_bytes
        if self._beside_body > MAX_HEAD_BYTES and self in self.connections:
            self._refuse(TOO_LARGE)

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection. One that still has bytes to send is not read from, and would wait for ever."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        self._has_begun, self._beside_body = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Errors: ValueError, which ends the parsing."""
        self._await_no_more()
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > MAX_HEAD_BYTES:
            self._refusal = TOO_LARGE
            raise ValueError
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        super().on_body(body)

    def handle_websocket_upgrade(self) -> None:
        sockets = sum(isinstance(one, Socket) for one in self.connections)
        if self._most and sockets >= self._most * SHARE_OF_SOCKETS:
            self._refuse(FULL)
        else:
            super().handle_websocket_upgrade()

    def shutdown(self) -> None:
        if self.cycle and ENDLESS in self.cycle.scope:
            self.transport.close()
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._refusal)

    def _await_head(self) -> None:
        self._head_due = self.loop.call_later(self.HEAD_WITHIN_S, self._refuse, SLOW)

    def _await_no_more(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _refuse(self, refusal: Refusal) -> None:
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            response = refusal.response()
            added = [(name.encode(), value.encode()) for name, value in (ON_ALL | FOR_PROGRAMS).items()]
            headers = [*response.raw_headers, *added, (b"connection", b"close")]
            head = b"".join(b"%b: %b\r\n" % header for header in headers)
            self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[response.status_code], head, bytes(response.body)))
        self.transport.close()
