"""Reads the bearer token of a request."""

from collections.abc import Awaitable, Callable

from domain.callers import Caller
from schema.context import RequestContext

BEARER = "bearer "

MakeContext = Callable[[str | None, Caller], Awaitable[RequestContext]]


def bearer_token(authorization: object) -> str | None:
    """Return the token of `Bearer TOKEN`, or None for any other text."""
    if not isinstance(authorization, str) or authorization[: len(BEARER)].lower() != BEARER:
        return None
    return authorization[len(BEARER) :].strip() or None
