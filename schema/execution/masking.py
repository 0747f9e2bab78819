"""Masks unexpected errors: the log gets the whole error, and the client gets the request id that finds it there.

Kept by hand: Strawberry's MaskErrors gives neither a code nor the request's id.
"""

from structlog.contextvars import get_contextvars

MASK = "Something went wrong on our side."


def internal() -> dict[str, str]:
    """Return the extensions of a masked error."""
    request_id = get_contextvars().get("request_id")
    return {"code": "INTERNAL"} | ({"requestId": request_id} if request_id else {})
