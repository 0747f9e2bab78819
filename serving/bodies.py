"""How much a stranger may send, and how slowly."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.refusals import Refusal

MAX_BODY_BYTES = 1024 * 1024  # images, when they come, will have a bound of their own
BODY_WITHIN_S = 30.0


class BodyLimit:
    """ASGI middleware: reads the body before the application does, no further than MAX_BODY_BYTES, and for so long."""

    def __init__(self, app: ASGIApp, *, within_s: float = BODY_WITHIN_S) -> None:
        self._app = app
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._within_s):
                body = await _read(receive)
        except TimeoutError:
            await Refusal(408, "The body of the request took too long to come.").response()(scope, receive, send)
            return
        except Refusal as too_large:
            await too_large.response()(scope, receive, send)
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replay, send)


async def _read(receive: Receive) -> bytes:
    """The whole body. A client that goes away leaves what it has sent. Errors: Refusal."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise Refusal(413, f"The request is too large: at most {MAX_BODY_BYTES:,} bytes.")
        if not message.get("more_body", False):
            return bytes(body)
