"""Trusted proxies, which report the address of the client."""

import structlog
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

# Proxies send at least one of these. They are in lower case, as in ASGI.
FORWARDED = frozenset(
    {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
)

log = structlog.get_logger()


def behind(trusted: str) -> Middleware:
    """Return middleware that believes `X-Forwarded-For` and `-Proto` from trusted addresses and networks only."""
    return (
        Middleware(ProxyHeadersMiddleware, trusted_hosts=trusted) if trusted else Middleware(WarnUntrustedProxyHeader)
    )


class WarnUntrustedProxyHeader:
    """ASGI middleware: warns once about an ignored X-Forwarded-For, since all clients of its proxy count as one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._has_said = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._has_said and scope["type"] != "lifespan" and "x-forwarded-for" in HTTPConnection(scope).headers:
            self._has_said = True
            log.warning(
                "forwarded.unheeded", hint="if a proxy of yours sends X-Forwarded-For, name it in TRUSTED_PROXIES"
            )
        await self._app(scope, receive, send)
