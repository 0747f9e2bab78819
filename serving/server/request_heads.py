"""Checks request heads for faults that the parser (httptools) accepts."""

import re
from collections.abc import Sequence

from serving.http_errors import HTTPError

MAX_HEAD_BYTES = 32 * 1024

TOO_LARGE = HTTPError(431, f"The head of the request is too large: at most {MAX_HEAD_BYTES:,} bytes.")
BAD_HOST = HTTPError(400, "A request must have one Host header, with a host name or an address in it.")
BAD_FRAMING = HTTPError(400, "HTTP/1.0 has no Transfer-Encoding and no Upgrade.")
UNKNOWN_CODING = HTTPError(501, "The only Transfer-Encoding that is understood is `chunked`.")
UNKNOWN_VERSION = HTTPError(505, "The server speaks HTTP/1.1 and HTTP/1.0.")

# RFC 3986's reg-name, IPv4address or IP-literal, and a port. It is empty if the request target has no authority.
_HOST = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Za-z:.%_~-]+\])(?::[0-9]{0,5})?")


def fault_of_head(
    url: bytes, headers: Sequence[tuple[bytes, bytes]], *, version: str, is_upgrade: bool
) -> HTTPError | None:
    """Return the refusal that RFC 9112 (2.3, 3.2, 6.1, 7) requires, or None. Header names are in lower case."""
    if len(url) + sum(len(name) + len(value) + 4 for name, value in headers) > MAX_HEAD_BYTES:
        return TOO_LARGE
    if version not in ("1.1", "1.0"):
        return UNKNOWN_VERSION
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) > 1 or (version == "1.1" and not hosts) or not all(_HOST.fullmatch(host) for host in hosts):
        return BAD_HOST
    codings = [value.lower() for name, value in headers if name == b"transfer-encoding"]
    if version == "1.0" and (codings or is_upgrade):
        return BAD_FRAMING
    return UNKNOWN_CODING if codings and codings != [b"chunked"] else None
