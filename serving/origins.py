"""Which pages from elsewhere may speak to us: none, unless they are named."""

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from serving.request_ids import HEADER
from serving.uploads import PREFLIGHTED

A_DAY_S = 24 * 60 * 60


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """Without credentials: a token is sent by whoever holds it, and there are no cookies."""
    if not origins:
        return []
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", *PREFLIGHTED, HEADER],
        expose_headers=["retry-after", HEADER],
        max_age=A_DAY_S,
    )
    return [cors]
