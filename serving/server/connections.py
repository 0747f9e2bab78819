"""What a stranger may do to a connection, where uvicorn sets no bound of its own: how large the head of a request is
and how long it takes to come, how long an answer waits to be read, and how many connections there are.

Also how a connection ends when the process stops (serving/server/process.py).
"""

from asyncio import AbstractEventLoop, BaseTransport, Protocol, TimerHandle, Transport
from socket import SO_SNDBUF, SOL_SOCKET
from sys import getsizeof
from typing import Any

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame

from serving.http_errors import RETRY_SOON, HTTPError
from serving.middleware.headers import API_HEADERS, COMMON_HEADERS
from serving.middleware.proxies import FORWARDED
from serving.server.process import Bounded, WebConfig
from serving.server.request_heads import MAX_HEAD_BYTES, TOO_LARGE, fault_of_head
from serving.server.unsent import UnsentBytes

UNREAD_BYTES = 64 * 1024
UNNOTICED_BYTES = 16 * 1024  # unsent bytes of a connection that count neither as stalled nor towards those of all
ENDLESS = "tweeter.endless"  # in the scope of a request whose answer nobody should wait for
MOST_CLOSING = 250  # connections beyond the limit that still send their last answer; half of server.FILES_BESIDE
SHARE_OF_SOCKETS = 0.75  # of all connections; the rest is for requests, which come and go

# What a stopping process waits for on a connection without a request. A proxy may send one at the very moment at which
# the connection is closed, and must not repeat a POST: so its connections stay until it has closed them, which
# deploy/nginx.conf does after four seconds of silence. A new connection brings its request at once.
NEW_FOR_S = 1.0
PROXY_IDLE_FOR_S = 5.0

FULL = HTTPError(
    503, "The server has as many connections as it takes. Try again later.", code="INTERNAL", headers=RETRY_SOON
)
STOPPING = HTTPError(503, "The server is stopping. Connect again.", code="INTERNAL", headers=RETRY_SOON)
NO_HTTP = HTTPError(400, "This is no HTTP request.")
NO_UPGRADE = HTTPError(
    400, "No WebSocket is opened for a request with a body, 129 headers or more, or a very long line."
)
SLOW = HTTPError(408, "The request took too long to come.")


class _Read(Bounded, Protocol):
    """Ends where the other end has stopped reading."""

    STALLED_AFTER_S = 15.0
    UNSENT = UnsentBytes()  # of all connections of this process

    loop: AbstractEventLoop
    transport: Transport
    _stalled: TimerHandle | None = None
    _closing_since: float | None = None

    def look_at_closing(self) -> None:
        """Abort a connection that has been closed for STALLED_AFTER_S and still waits for its client to read.

        Called every second. A closed transport with little to send is neither paused nor idle, so no timer ends it.
        """
        if not self.transport.is_closing():
            return
        if self._closing_since is None:
            self._closing_since = self.loop.time()
        elif self.loop.time() >= self._closing_since + self.STALLED_AFTER_S:
            self.transport.abort()

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


class WebSocketProtocol(_Read, WebSocketsSansIOProtocol):
    """What a connection becomes when it turns into a WebSocket."""

    _due_pong = b""

    def connection_made(self, transport: BaseTransport) -> None:
        # Else the system would keep up to 4 MB for each that does not read.
        transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, UNREAD_BYTES)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Refuse the head, which comes first and whole, if websockets does not understand it: uvicorn says nothing."""
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(encoded(NO_UPGRADE))
            self.transport.close()
        elif len(data) > UNNOTICED_BYTES and not self.read_paused and not self.transport.is_closing():
            # libuv reads up to 32 times before it looks at another connection: seconds, of small frames.
            self.transport.pause_reading()
            self.loop.call_soon(self._read_on)

    def _read_on(self) -> None:
        if not self.read_paused and not self.transport.is_closing():
            self.transport.resume_reading()

    def handle_cont(self, event: Frame) -> None:
        """Drop an empty fragment, of which a message may have any number."""
        if event.data or event.fin:
            super().handle_cont(event)

    def shutdown(self) -> None:
        """Tell the client 1012; before the handshake is complete, 503."""
        if not self.handshake_complete and self.initial_response is None:
            refusal = STOPPING.response()
            self.conn.send_response(self.conn.reject(refusal.status_code, str(STOPPING)))
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()
        else:
            super().shutdown()

    async def send(self, message: ASGISendEvent) -> None:
        """A close, too, would wait until all that came before has been read.

        Of several messages that wait, one fills the buffer again and the rest go on waiting.
        """
        if message["type"] == "websocket.close":
            self.writable.set()
        elif not self.writable.is_set():
            with self.UNSENT.waiting(self.transport, getsizeof(message.get("text") or message.get("bytes"))):
                while not self.writable.is_set():
                    await self.writable.wait()
        await super().send(message)

    def handle_ping(self) -> None:
        """Answer at once; if nobody reads, only the latest ping, later, as RFC 6455 (5.5.3) allows."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            # The first ping of a piece of data takes the pongs of all.
            self._due_pong = (self.conn.data_to_send() or [self._due_pong])[-1]

    def resume_writing(self) -> None:
        pong, self._due_pong = self._due_pong, b""
        if pong:
            self.transport.write(pong)
        super().resume_writing()


class HTTPProtocol(_Read, HttpToolsProtocol):
    config: WebConfig
    HEAD_WITHIN_S = 10.0

    def __init__(
        self,
        config: WebConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._most = config.limit_concurrency or 0
        self.limit_concurrency = None  # uvicorn's own way turns away also those who are connected already
        self._head_due: TimerHandle | None = None
        self._has_begun_head = False
        self._beside_body = 0  # bytes of the request so far
        self._has_begun = False  # within the data that is being parsed
        self._body_bytes = 0  # the same
        self._refusal = NO_HTTP
        self._quiet_since = self.loop.time()
        self._quiet_for_s = NEW_FOR_S  # so long, a stopping process waits for a request

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows it
        self.transport.set_write_buffer_limits(high=UNNOTICED_BYTES)
        if len(self.connections) > self._most + MOST_CLOSING and self._most:
            self.transport.abort()
        elif len(self.connections) > self._most > 0 and not self._make_room():
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
        self._has_begun = self._has_begun_head = True
        self._beside_body = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Raises: ValueError, which ends the parsing."""
        self._has_begun_head = False
        self._await_no_more()
        is_forwarded = any(name in FORWARDED for name, _ in self.headers)
        self._quiet_for_s = PROXY_IDLE_FOR_S if is_forwarded else 0.0
        version, is_upgrade = self.parser.get_http_version(), self.parser.should_upgrade()
        if refusal := fault_of_head(self.url, self.headers, version=version, is_upgrade=is_upgrade):
            self._refusal = refusal
            raise ValueError
        super().on_headers_complete()
        if self.config.is_stopping and self.cycle:
            self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        self._quiet_since = self.loop.time()
        super().on_response_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        super().on_body(body)

    def handle_websocket_upgrade(self) -> None:
        sockets = sum(isinstance(one, WebSocketProtocol) for one in self.connections)
        if self._most and sockets >= self._most * SHARE_OF_SOCKETS:
            self._refuse(FULL)
        elif self.config.is_stopping:
            self._refuse(STOPPING)
        else:
            super().handle_websocket_upgrade()

    def shutdown(self) -> None:
        """End as soon as no request is lost by it. Called again and again while the process stops."""
        if self.cycle and not self.cycle.response_complete:
            if ENDLESS in self.cycle.scope:
                self.transport.close()
            self.cycle.keep_alive = False
        elif not self._has_begun_head and self.loop.time() >= self._quiet_since + self._quiet_for_s:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        if self.cycle and self.cycle.more_body and not self.cycle.response_started:
            # The body is broken. Nothing is executed before the whole body is there (serving/middleware/bodies.py).
            self.cycle.disconnected = self.cycle.response_complete = True
            self.cycle.message_event.set()
        self._refuse(self._refusal)

    def _make_room(self) -> bool:
        """Close the connection that has been idle for longest; false if all are busy."""
        still = [each for each in self.connections if not each.transport.is_closing()]
        if len(still) <= self._most:
            return True
        idle = [each for each in still if isinstance(each, HTTPProtocol) and each.timeout_keep_alive_task]
        longest = min(idle, key=lambda each: each._quiet_since, default=None)
        if longest is not None:
            longest.transport.close()
        return longest is not None

    def _await_head(self) -> None:
        self._head_due = self.loop.call_later(self.HEAD_WITHIN_S, self._refuse, SLOW)

    def _await_no_more(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _refuse(self, refusal: HTTPError) -> None:
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            self.transport.write(encoded(refusal))
        self.transport.close()


def encoded(refusal: HTTPError) -> bytes:
    """Return the refusal as the last answer of a connection."""
    response = refusal.response()
    added = [(name.encode(), value.encode()) for name, value in (COMMON_HEADERS | API_HEADERS).items()]
    headers = [*response.raw_headers, *added, (b"connection", b"close")]
    head = b"".join(b"%b: %b\r\n" % header for header in headers)
    return b"%b%b\r\n%b" % (STATUS_LINE[response.status_code], head, bytes(response.body))
