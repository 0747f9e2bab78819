"""Errors for connections that are refused before their request reaches the application."""

from http import HTTPStatus

from serving.http_errors import RETRY_SOON, HTTPError
from serving.middleware.headers import API_HEADERS, COMMON_HEADERS

FULL = HTTPError(
    503, "The server has as many connections as it takes. Try again later.", code="INTERNAL", headers=RETRY_SOON
)
STOPPING = HTTPError(503, "The server is stopping. Connect again.", code="INTERNAL", headers=RETRY_SOON)
NO_HTTP = HTTPError(400, "This is no HTTP request.")
NO_UPGRADE = HTTPError(
    400, "No WebSocket is opened for a request with a body, 129 headers or more, or a very long line."
)
SLOW = HTTPError(408, "The request took too long to come.")


def encoded(refusal: HTTPError) -> bytes:
    """Return the refusal as the bytes of a connection's last response."""
    response = refusal.response()
    added = [(name.encode(), value.encode()) for name, value in (COMMON_HEADERS | API_HEADERS).items()]
    headers = [*response.raw_headers, *added, (b"connection", b"close")]
    head = b"".join(b"%b: %b\r\n" % header for header in headers)
    status = HTTPStatus(response.status_code)
    return b"HTTP/1.1 %d %b\r\n%b\r\n%b" % (status, status.phrase.encode(), head, bytes(response.body))
