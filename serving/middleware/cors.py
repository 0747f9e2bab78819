"""Which pages from elsewhere may speak to us: none, unless they are named."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, Response

from serving.middleware.proxies import FORWARDED
from serving.middleware.request_ids import HEADER

A_DAY_S = 24 * 60 * 60  # browsers keep a preflight's answer for two hours to a day
MAX_HEADERS = 50  # that a preflight may ask for
EXPOSED = ("retry-after", HEADER)

_NAME = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,64}")  # RFC 9110's token, in lower case as browsers send it


class CrossOriginMiddleware(CORSMiddleware):
    """CORS in which a named origin may send any header, except those of proxies.

    Clients name themselves and their traces in headers of many names (apollographql-client-name, sentry-trace, baggage,
    traceparent, b3, x-datadog-trace-id), so a list is never complete. GraphQL Yoga and Apollo Server's examples echo
    them too. Authority comes from the bearer token alone, and only origins that the operator trusts get this far.

    A preflight is answered before requests are counted: it costs no more than a refusal does.
    """

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return what a browser asks for before it sends the request."""
        if not may_be_sent(request_headers.get("access-control-request-headers", "")):
            return PlainTextResponse("Disallowed CORS headers", status_code=400, headers={"vary": "Origin"})
        return super().preflight_response(request_headers)


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """Return the middleware for these origins.

    Without credentials: a token is sent by the page that holds it, and there are no cookies. A named origin may also
    ask a server in a private network, as Apollo Sandbox asks one on localhost.
    """
    if not origins:
        return []
    cors = Middleware(
        CrossOriginMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST"],
        allow_headers=["*"],
        allow_private_network=True,
        expose_headers=EXPOSED,
        max_age=A_DAY_S,
    )
    return [cors]


def may_be_sent(requested: str) -> bool:
    """Return whether a page may send the headers of an Access-Control-Request-Headers."""
    names = [name.strip() for name in requested.lower().split(",", MAX_HEADERS)] if requested else []
    return len(names) <= MAX_HEADERS and all(_NAME.fullmatch(name) and name.encode() not in FORWARDED for name in names)
