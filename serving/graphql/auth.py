"""Who asks: the token that a request carries."""

from collections.abc import Awaitable, Callable

from domain.callers import Caller
from schema.context import RequestContext

BEARER = "bearer "

MakeContext = Callable[[str | None, Caller], Awaitable[RequestContext]]


def bearer_token(authorization: object) -> str | None:
    """The token of `Bearer TOKEN`; none of anything else."""
    if not isinstance(authorization, str) or authorization[: len(BEARER)].lower() != BEARER:
        return None
    return authorization[len(BEARER) :].strip() or None
