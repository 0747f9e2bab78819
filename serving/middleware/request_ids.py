"""Gives every request an id, which is in its response, in all its log lines and in those of its tasks.

asgi-correlation-id reads, checks and draws the id. The library has had no part for Celery since version 5: an id
reaches the tasks as a header of their messages (tasks/messages.py). Masking is ours.
"""

import asyncio
import re
from secrets import token_hex

import structlog
from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
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


class RequestIdMiddleware(CorrelationIdMiddleware):
    """The outermost ASGI middleware. A proxy's id is used if it is well formed."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            MaskingMiddleware(app),
            header_name=HEADER,
            update_request_header=False,
            generator=new_request_id,
            validator=is_request_id,
        )


class MaskingMiddleware:
    """ASGI middleware that binds the request's id to the log, and logs and masks uncaught errors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def note_begin(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        with bound_contextvars(request_id=correlation_id.get()):
            try:
                await self._app(scope, receive, note_begin)
            except asyncio.CancelledError:  # the process stops (serving/server/process.py)
                log.warning("request.cut_off")
                if has_begun or scope["type"] == "websocket":
                    raise
                await CUT_OFF.response()(scope, receive, note_begin)
            except Exception:
                log.exception("request.failed")
                if has_begun or scope["type"] == "websocket":
                    raise
                await HTTPError(500, MASK, code="INTERNAL").response()(scope, receive, note_begin)


def is_request_id(text: str) -> bool:
    return _AN_ID.fullmatch(text) is not None


def new_request_id() -> str:
    return token_hex(8)
