"""Limits the size of request bodies, and the time that they take to arrive.

Kept by hand: Starlette's RequestBodyLimitMiddleware has one size for all types, no time, and no error in JSON.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.media import MAX_FILE_BYTES
from serving.http_errors import RETRY_SOON, HTTPError

FORM = "multipart/form-data"
MAX_BODY_BYTES = 1024 * 1024
MAX_FORM_BYTES = MAX_BODY_BYTES + MAX_FILE_BYTES
BODY_WITHIN_S = 30.0

IDENTITY = "identity"
COMPRESSED = HTTPError(
    415, "The body must not be compressed: send it without Content-Encoding.", headers={"accept-encoding": IDENTITY}
)
CUT_OFF = HTTPError(
    503, "The server is stopping. Nothing was executed: send the request again.", code="INTERNAL", headers=RETRY_SOON
)


class BodyLimitMiddleware:
    """ASGI middleware: reads the whole body before the application runs, within limits of size and time."""

    def __init__(self, app: ASGIApp, *, within_s: float = BODY_WITHIN_S) -> None:
        self._app = app
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        codings = headers.getlist("content-encoding")
        if any(coding.strip().lower() != IDENTITY for coding in codings):
            await COMPRESSED.response()(scope, receive, send)
            return
        is_form = headers.get("content-type", "").lower().startswith(FORM)
        try:
            async with asyncio.timeout(self._within_s):
                body = await _read(receive, limit=MAX_FORM_BYTES if is_form else MAX_BODY_BYTES)
        except TimeoutError:
            await HTTPError(408, "The body of the request took too long to come.").response()(scope, receive, send)
            return
        except asyncio.CancelledError:  # the process stops (serving/server/process.py)
            await CUT_OFF.response()(scope, receive, send)
            return
        except HTTPError as too_large:
            await too_large.response()(scope, receive, send)
            return
        if body is None:
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replay, send)


async def _read(receive: Receive, *, limit: int) -> bytes | None:
    """Return the whole body, or None if the client disconnects before its end.

    Raises:
        HTTPError: The body is larger than `limit` bytes.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > limit:
            raise HTTPError(413, f"The request is too large: at most {limit:,} bytes.")
        if not message.get("more_body", False):
            return bytes(body)
