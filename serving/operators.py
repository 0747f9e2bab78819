"""Restricts the metrics and the detailed health to operators."""

from hmac import compare_digest
from ipaddress import ip_address

from starlette.requests import Request

from serving.graphql.auth import bearer_token
from serving.http_errors import HTTPError
from serving.middleware.proxies import FORWARDED

ASK_FOR_TOKEN = HTTPError(
    401,
    "This needs the token of METRICS_TOKEN: send `Authorization: Bearer TOKEN`.",
    code="UNAUTHENTICATED",
    headers={"www-authenticate": "Bearer"},
)
ONLY_FROM_HERE = HTTPError(403, "This is answered only to programs on the same machine, unless METRICS_TOKEN is set.")


def error_for_stranger(request: Request, token: str) -> HTTPError | None:
    """Return None for an operator, or the error for another caller.

    An operator sends the token. If no token is set, an operator is a caller from loopback without a proxy.
    """
    if token:
        given = bearer_token(request.headers.get("authorization")) or ""
        return None if compare_digest(given.encode(), token.encode()) else ASK_FOR_TOKEN
    is_forwarded = any(name in FORWARDED for name, _ in request.scope["headers"])
    return ONLY_FROM_HERE if is_forwarded or not _is_loopback(request) else None


def _is_loopback(request: Request) -> bool:
    try:
        address = ip_address(request.client.host) if request.client else None
    except ValueError:
        return False
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
