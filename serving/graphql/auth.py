"""Reads the bearer token of a request."""

from typing import Protocol

from domain.callers import Caller
from schema.context import RequestContext

BEARER = "bearer "


class MakeContext(Protocol):
    """Makes the context of a request from its token, if any, and its caller.

    If it `may_presume`, the viewer of the context may be presumed: see `Context.claim`.
    """

    async def __call__(self, token: str | None, caller: Caller, *, may_presume: bool = False) -> RequestContext: ...


def bearer_token(authorization: object) -> str | None:
    """Return the token of `Bearer TOKEN`, or None for any other text."""
    if not isinstance(authorization, str) or authorization[: len(BEARER)].lower() != BEARER:
        return None
    return authorization[len(BEARER) :].strip() or None
