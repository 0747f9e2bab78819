"""How much a stranger may send."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.refusals import Refusal

MAX_BODY_BYTES = 1024 * 1024  # images, when they come, will have a bound of their own


class BodyLimit:
    """ASGI middleware: reads the body before the application does, and no further than MAX_BODY_BYTES."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            too_large = Refusal(413, f"The request is too large: at most {MAX_BODY_BYTES:,} bytes.")
            await too_large.response()(scope, receive, send)
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replay, send)


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None where it is too long. A client that goes away leaves what it has sent."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)
