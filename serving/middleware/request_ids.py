"""Gives every request an id, which is in its response and in all its log lines."""

import asyncio
import re
from secrets import token_hex

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from schema.execution.masking import MASK
from serving.http_errors import RETRY_SOON, HTTPError

HEADER = "x-request-id"

CUT_OFF = HTTPError(
    503,
    "The server stopped before it had answered. A change that the request was to make may or may not be made.",
    code="INTERNAL",
    headers=RETRY_SOON,
)

_AN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = structlog.get_logger()


class RequestIdMiddleware:
    """The outermost ASGI middleware. It also logs and masks uncaught errors.

    A proxy's id is used if it is well formed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        request_id = sent if _AN_ID.fullmatch(sent) else new_request_id()
        has_begun = False

        async def send_with_id(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except asyncio.CancelledError:  # the process stops (serving/server/process.py)
                log.warning("request.cut_off")
                if has_begun or scope["type"] == "websocket":
                    raise
                await CUT_OFF.response()(scope, receive, send_with_id)
            except Exception:
                log.exception("request.failed")
                if has_begun or scope["type"] == "websocket":
                    raise
                await HTTPError(500, MASK, code="INTERNAL").response()(scope, receive, send_with_id)


def new_request_id() -> str:
    return token_hex(8)
