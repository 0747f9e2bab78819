"""The admin port: metrics, liveness and readiness for operators' programs, served by a thread.

It answers while the event loop of a web process is busy, and in processes that have no event loop.
"""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hmac import compare_digest
from http import HTTPStatus
from socketserver import ThreadingMixIn
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app

from domain.errors import OperatorError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MAX_REQUESTS = 16  # at once; further connections are closed
REQUEST_WITHIN_S = 10.0  # a connection that sends nothing for so long is closed
TEXT = "text/plain; charset=utf-8"

Ready = Callable[[], tuple[bool, str]]  # whether requests or tasks are taken, and the details


class AdminPortError(OperatorError):
    """The admin port cannot be listened on. The message names the variable to change."""


@contextmanager
def admin_server(
    host: str, port: int, *, variable: str, registry: CollectorRegistry, ready: Ready, token: str
) -> Iterator[socket.socket]:
    """Serve within the context. Yield the listening socket, which a forked child must close.

    If there is a `token`, requests for metrics must bear it.

    Raises:
        AdminPortError: The address cannot be bound.
    """
    kind = _IPv6Server if ":" in host else _Server
    try:
        server = make_server(host, port, _app(registry, ready, token), server_class=kind, handler_class=_Handler)
    except OSError as error:
        raise AdminPortError(f"{variable} {port} on {host} cannot be used: {error.strerror}") from None
    thread = Thread(target=server.serve_forever, name="admin", daemon=True)
    thread.start()
    try:
        yield server.socket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _app(registry: CollectorRegistry, ready: Ready, token: str) -> "WSGIApplication":
    show_metrics = make_wsgi_app(registry)

    def app(environment: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environment["PATH_INFO"]
        if environment["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return answer(start, HTTPStatus.METHOD_NOT_ALLOWED, "GET is allowed.")
        if path == "/healthz":
            return answer(start, HTTPStatus.OK, "alive")
        if path == "/readyz":
            is_ready, text = ready()
            return answer(start, HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE, text)
        if path != "/metrics":
            return answer(start, HTTPStatus.NOT_FOUND, "Here are /metrics, /healthz and /readyz.")
        if token and not _bears(environment.get("HTTP_AUTHORIZATION", ""), token):
            return answer(start, HTTPStatus.UNAUTHORIZED, "Send `Authorization: Bearer TOKEN`, that of METRICS_TOKEN.")
        shown: Iterable[bytes] = show_metrics(environment, start)
        return shown

    def answer(start: "StartResponse", status: HTTPStatus, text: str) -> Iterable[bytes]:
        start(f"{status.value} {status.phrase}", [("Content-Type", TEXT)])
        return [f"{text}\n".encode()]

    return app


def _bears(authorization: str, token: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and compare_digest(given.strip().encode(), token.encode())


class _Server(ThreadingMixIn, WSGIServer):
    """Answers MAX_REQUESTS requests at once."""

    daemon_threads = True

    def __init__(self, *args: Any, **options: Any) -> None:
        self._free = BoundedSemaphore(MAX_REQUESTS)
        super().__init__(*args, **options)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that has left, or that sends no request."""

    def server_bind(self) -> None:
        """Bind without asking for the name of the address, which may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]
        self.setup_environ()


class _IPv6Server(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = REQUEST_WITHIN_S

    def log_message(self, *_: object) -> None:
        """Log nothing: probes come every second."""

    def address_string(self) -> str:
        """Return the address, without asking for its name."""
        return str(self.client_address[0])
