"""Bounds on HTTP connections that uvicorn lacks.

They bound the size of a request's head and the time until it arrives, the time until an answer is read, and the number
of connections. This module also ends connections when the process stops (serving/server/process.py).
"""

from asyncio import AbstractEventLoop, BaseTransport, TimerHandle
from typing import Any

from compat.uvicorn.http import Head, HTTPConnection
from compat.uvicorn.server import Config
from serving.http_errors import HTTPError
from serving.middleware.proxies import FORWARDED
from serving.server.refusals import FULL, NO_HTTP, SLOW, STOPPING, encoded
from serving.server.request_heads import MAX_HEAD_BYTES, TOO_LARGE, fault_of_head
from serving.server.unread import UNNOTICED_BYTES, ReadDeadline
from serving.server.websockets import WebSocketProtocol

ENDLESS = "tweeter.endless"  # in the scope of a request whose answer never ends by itself: a stop does not wait for it
MOST_CLOSING = 250  # connections beyond the limit that still send their last answer; half of server.FILES_BESIDE
SHARE_OF_SOCKETS = 0.75  # of all connections; the rest is reserved for requests

# The seconds that a stopping process keeps a connection without a request. A proxy may send a POST just as the
# connection is closed, and must not repeat it. So its connections stay open until the proxy closes them, which
# deploy/nginx.conf does after four idle seconds. On a new connection, the request follows at once.
NEW_FOR_S = 1.0
PROXY_IDLE_FOR_S = 5.0


class HTTPProtocol(ReadDeadline, HTTPConnection):
    HEAD_WITHIN_S = 10.0

    def __init__(
        self, config: Config, server_state: Any, app_state: dict[str, Any], _loop: AbstractEventLoop | None = None
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._most = config.limit_concurrency or 0
        self._head_timeout: TimerHandle | None = None
        self._has_begun_head = False
        self._head_bytes = 0  # bytes of the request so far, without its body
        self._has_begun = False  # whether a request has begun in the data being parsed
        self._body_bytes = 0  # of the data being parsed
        self._refusal = NO_HTTP
        self._quiet_since = self.loop.time()
        self._quiet_for_s = NEW_FOR_S  # the time that a stopping process waits for a request

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows it
        self.transport.set_write_buffer_limits(high=UNNOTICED_BYTES)
        if len(self.connections) > self._most + MOST_CLOSING and self._most:
            self.transport.abort()
        elif len(self.connections) > self._most > 0 and not self._make_room():
            self._refuse(FULL)
        else:
            self._start_head_timeout()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_head_timeout()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # This includes the rest of a body that was not awaited: another request must follow it in time.
        if self._head_timeout is None and not self.is_answering:
            self._start_head_timeout()
        self._has_begun, self._body_bytes = False, 0
        super().data_received(data)
        if not self._has_begun:
            self._head_bytes += len(data) - self._body_bytes
        if self._head_bytes > MAX_HEAD_BYTES and self.is_http:
            self._refuse(TOO_LARGE)

    def begin_head(self) -> None:
        self._has_begun = self._has_begun_head = True
        self._head_bytes = 0

    def take_head(self, head: Head) -> None:
        """Check the head of a request.

        Raises:
            ValueError: The head is refused.
        """
        self._has_begun_head = False
        self._cancel_head_timeout()
        is_forwarded = any(name in FORWARDED for name, _ in head.headers)
        self._quiet_for_s = PROXY_IDLE_FOR_S if is_forwarded else 0.0
        if refusal := fault_of_head(head.url, head.headers, version=head.version, is_upgrade=head.is_upgrade):
            self._refusal = refusal
            raise ValueError

    def begin_request(self) -> None:
        if self.config.is_stopping:
            self.make_last_answer()

    def take_body(self, size: int) -> None:
        self._body_bytes += size

    def end_answer(self) -> None:
        self._quiet_since = self.loop.time()

    def admits_upgrade(self) -> bool:
        sockets = sum(isinstance(one, WebSocketProtocol) for one in self.connections)
        if self._most and sockets >= self._most * SHARE_OF_SOCKETS:
            self._refuse(FULL)
            return False
        if self.config.is_stopping:
            self._refuse(STOPPING)
            return False
        return True

    def end_idle(self) -> None:
        """Abort if there are unsent bytes. The client does not read them, so a close would wait for ever."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def refuse_unparsed(self) -> None:
        # Nothing was executed, since that waits for the whole body (serving/middleware/bodies.py).
        self.drop_request()
        self._refuse(self._refusal)

    def stop(self) -> None:
        if self.is_answering:
            if ENDLESS in self.answered_scope:
                self.transport.close()
            self.make_last_answer()
        elif not self._has_begun_head and self.loop.time() >= self._quiet_since + self._quiet_for_s:
            self.transport.close()

    def _make_room(self) -> bool:
        """Close the connection that has been idle for longest. Return False if all are busy."""
        still = [each for each in self.connections if not each.transport.is_closing()]
        if len(still) <= self._most:
            return True
        idle = [each for each in still if isinstance(each, HTTPProtocol) and each.is_idle]
        longest = min(idle, key=lambda each: each._quiet_since, default=None)
        if longest is not None:
            longest.transport.close()
        return longest is not None

    def _start_head_timeout(self) -> None:
        self._head_timeout = self.loop.call_later(self.HEAD_WITHIN_S, self._refuse, SLOW)

    def _cancel_head_timeout(self) -> None:
        if self._head_timeout is not None:
            self._head_timeout.cancel()
            self._head_timeout = None

    def _refuse(self, refusal: HTTPError) -> None:
        if not self.transport.is_closing() and not self.is_answering:
            self.transport.write(encoded(refusal))
        self.transport.close()
