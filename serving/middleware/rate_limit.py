"""Limits the rate of requests of one address."""

import time
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from domain.errors import RateLimited
from domain.rates import Allowance
from serving.callers import caller_of
from serving.http_errors import json_response
from storage.memory.rate_limits import LocalRateLimiter

ALWAYS = "/healthz"  # a supervisor that got an error here would kill the process


class RateLimitMiddleware:
    """ASGI middleware: refuses a request before its body is read."""

    def __init__(
        self, app: ASGIApp, *, allowance: Allowance, limiter: LocalRateLimiter, note_refusal: Callable[[str], None]
    ) -> None:
        self._app = app
        self._note_refusal = note_refusal
        self._allowance = allowance
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait_s = 0.0 if scope["type"] == "lifespan" or scope["path"] == ALWAYS else self._take(scope)
        if not wait_s:
            await self._app(scope, receive, send)
            return
        self._note_refusal(self._allowance.name)
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(_refusal(RateLimited(wait_s)))
        else:
            await _refusal(RateLimited(wait_s))(scope, receive, send)

    def _take(self, scope: Scope) -> float:
        """Count the request. Return the seconds to wait, or 0 if it is admitted."""
        counted = self._allowance.keys_and_rates(account=None, address=caller_of(HTTPConnection(scope)).address)
        return max((self._limiter.take(key, rate, now=time.monotonic()) for key, rate in counted), default=0.0)


def _refusal(error: RateLimited) -> Response:
    extensions = {"code": "RATE_LIMITED", "retryAfter": error.retry_after}
    content = {"errors": [{"message": str(error), "extensions": extensions}]}
    return json_response(content, status=429, headers={"retry-after": str(error.retry_after)})
