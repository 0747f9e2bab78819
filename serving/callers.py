"""The caller of a request, as HTTP identifies it."""

from starlette.requests import HTTPConnection

from domain.callers import UNKNOWN, Caller, client_address, client_label
from serving.remembered import remembered

_address_of = remembered(client_address)
_label_of = remembered(client_label)


def caller_of(connection: HTTPConnection) -> Caller:
    """Return the caller, by the socket's address or the address that a trusted proxy reports."""
    host = connection.client.host if connection.client else UNKNOWN
    return Caller(address=_address_of(host), client=_label_of(connection.headers.get("user-agent", "")))
