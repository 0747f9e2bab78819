"""uvicorn's HTTP/1.1 connection, with a hook for each event that we handle.

Why: uvicorn limits neither the size of a head, nor the time until it arrives, nor the time until an answer is read, and
it closes idle connections at once when it stops. A class may be passed as `http=`
(https://github.com/Kludex/uvicorn/issues/1228), but which methods it has is not documented.
Upstream: https://github.com/Kludex/uvicorn/blob/0.54.0/uvicorn/protocols/http/httptools_impl.py
Tried with: uvicorn 0.54.0, httptools 0.9.
"""

from asyncio import AbstractEventLoop, Transport
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from compat.uvicorn.server import Config


class Head(NamedTuple):
    """The head of a request. The names of the headers are in lower case."""

    url: bytes
    headers: Sequence[tuple[bytes, bytes]]
    version: str
    is_upgrade: bool


class HTTPConnection(HttpToolsProtocol):
    """A subclass overrides the hooks, and the methods of asyncio.Protocol. All of them call `super()`."""

    config: Config
    loop: AbstractEventLoop
    transport: Transport

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.limit_concurrency = None  # uvicorn's own limit also refuses requests on open connections

    def begin_head(self) -> None:
        """Hook: the first byte of a request has been parsed."""

    def take_head(self, head: Head) -> None:
        """Hook: the head has arrived, and uvicorn has not processed it. A ValueError ends the parsing."""

    def begin_request(self) -> None:
        """Hook: the application gets the request, unless it is an upgrade to a WebSocket."""

    def take_body(self, size: int) -> None:
        """Hook: `size` bytes of the body have been parsed."""

    def end_answer(self) -> None:
        """Hook: the last byte of an answer has been written."""

    def admits_upgrade(self) -> bool:
        """Hook: return whether the connection may become a WebSocket."""
        return True

    def end_idle(self) -> None:
        """Hook: the connection has been without a request for `timeout_keep_alive`, and is about to be closed."""

    def refuse_unparsed(self) -> None:
        """Hook: the data could not be parsed, or `take_head` raised an error. Send an answer and close."""

    def stop(self) -> None:
        """Hook: end as soon as no request is lost. Called repeatedly while the process stops."""

    @property
    def is_answering(self) -> bool:
        """Whether the answer to a request in the application is incomplete."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def is_idle(self) -> bool:
        """Whether the connection waits for another request."""
        return self.timeout_keep_alive_task is not None

    @property
    def is_http(self) -> bool:
        """Whether the connection is neither closing nor a WebSocket."""
        return self in self.connections

    @property
    def answered_scope(self) -> Mapping[str, Any]:
        """The ASGI scope of the request that is being answered."""
        return self.cycle.scope

    def make_last_answer(self) -> None:
        """Add `Connection: close` to the answer in progress, and close the connection after it."""
        if self.cycle:
            self.cycle.keep_alive = False

    def drop_request(self) -> None:
        """Tell the application that its client has disconnected, if the body is incomplete and no answer has begun."""
        if self.cycle and self.cycle.more_body and not self.cycle.response_started:
            self.cycle.disconnected = self.cycle.response_complete = True
            self.cycle.message_event.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Release the connection at once.

        Why: after a reset uvicorn does not cancel the keep-alive timer, which holds the connection with the head of its
        last request for `timeout_keep_alive`. A measurement of the cost behind a proxy that resets idle connections:
        https://github.com/Soju06/codex-lb/issues/2041
        """
        super().connection_lost(exc)
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None

    # Called by uvicorn and its parser.

    def on_message_begin(self) -> None:
        self.begin_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.take_head(Head(self.url, self.headers, self.parser.get_http_version(), self.parser.should_upgrade()))
        super().on_headers_complete()
        self.begin_request()

    def on_body(self, body: bytes) -> None:
        self.take_body(len(body))
        super().on_body(body)

    def on_response_complete(self) -> None:
        self.end_answer()
        super().on_response_complete()

    def handle_websocket_upgrade(self) -> None:
        if self.admits_upgrade():
            super().handle_websocket_upgrade()

    def timeout_keep_alive_handler(self) -> None:
        self.end_idle()
        super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        self.refuse_unparsed()

    def shutdown(self) -> None:
        self.stop()
