from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def answers(url: str) -> bool:
    """Return whether a GET is answered with 200. httpx would load all certificates of the machine for each client."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    with closing(connection), suppress(OSError, HTTPException):
        connection.request("GET", parts.path)
        return connection.getresponse().status == 200
    return False
