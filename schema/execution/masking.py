"""What nobody expected: the log gets all of it, the client the id under which it stands there.

Kept by hand: Strawberry's MaskErrors gives neither a code nor the request's id.
"""

from structlog.contextvars import get_contextvars

MASK = "Something went wrong on our side."


def internal() -> dict[str, str]:
    """The extensions of an error that is masked."""
    request_id = get_contextvars().get("request_id")
    return {"code": "INTERNAL"} | ({"requestId": request_id} if request_id else {})
