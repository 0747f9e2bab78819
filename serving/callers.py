"""Who asks, as far as HTTP tells."""

from starlette.requests import HTTPConnection

from domain.callers import UNKNOWN, Caller, client_address, client_label


def caller_of(connection: HTTPConnection) -> Caller:
    """By the socket, or by what a trusted proxy has put in its place."""
    host = connection.client.host if connection.client else UNKNOWN
    return Caller(address=client_address(host), client=client_label(connection.headers.get("user-agent", "")))
