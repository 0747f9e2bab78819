"""Security headers of every response: no sniffing, no framing, no referrer.

Kept by hand: a library (`secure`, Secweb) would take the same names and values as its settings.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.http_errors import JSON

A_YEAR_S = 365 * 24 * 60 * 60

COMMON_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# Pages and their assets have their own policies.
API_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
OF_PROGRAMS = (JSON, "application/graphql-response+json", "text/plain")
# In the policy of a page that other sites may frame. `x-frame-options` has no such value.
FRAMEABLE = "frame-ancestors *"
OVER_TLS = {"strict-transport-security": f"max-age={A_YEAR_S}"}


class SecurityHeadersMiddleware:
    """ASGI middleware: adds the security headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_for_programs = headers.get("content-type", "").startswith(OF_PROGRAMS)
                added = COMMON_HEADERS | (API_HEADERS if is_for_programs else {})
                given = headers.keys()
                for name, value in (added | OVER_TLS if scope["scheme"] == "https" else added).items():
                    if name not in given:
                        headers.append(name, value)
                if FRAMEABLE in headers.get("content-security-policy", ""):
                    del headers["x-frame-options"]
                if "location" in headers:
                    headers["location"] = without_origin(headers["location"])
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def without_origin(url: str) -> str:
    """Return the path and the query. Starlette's redirects take scheme and host from the request, which may lie."""
    if not url.startswith("/"):
        _, _, rest = url.partition("://")
        _, _, url = rest.partition("/")
    return "/" + url.lstrip("/\\")  # two slashes would begin a host
