"""CORS: the origins whose pages may send requests. The default is none."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, Response

from serving.middleware.proxies import FORWARDED
from serving.middleware.request_ids import HEADER

A_DAY_S = 24 * 60 * 60  # browsers keep a preflight's answer for two hours to a day
MAX_HEADERS = 50  # that a preflight may request
EXPOSED = ("retry-after", HEADER)

_NAME = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,64}")  # RFC 9110's token, in lower case as browsers send it


class CrossOriginMiddleware(CORSMiddleware):
    """CORS that lets an allowed origin send any header except those of proxies.

    Clients name themselves and their traces in many headers (apollographql-client-name, sentry-trace, baggage,
    traceparent, b3, x-datadog-trace-id), so no list is complete. GraphQL Yoga and Apollo Server's examples also echo
    the requested headers. Authority comes from the bearer token alone, and the operator trusts the allowed origins.

    A preflight is answered before the rate limiter, since it costs no more than a refusal.
    """

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return the response to a preflight."""
        if not may_be_sent(request_headers.get("access-control-request-headers", "")):
            return PlainTextResponse("Disallowed CORS headers", status_code=400, headers={"vary": "Origin"})
        return super().preflight_response(request_headers)


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """Return the CORS middleware for these origins.

    Credentials are not allowed, since there are no cookies: the page sends the token itself. An allowed origin may also
    reach a server in a private network, as Apollo Sandbox reaches one on localhost.
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
    """Return whether a page may send the headers listed in Access-Control-Request-Headers."""
    names = [name.strip() for name in requested.lower().split(",", MAX_HEADERS)] if requested else []
    return len(names) <= MAX_HEADERS and all(_NAME.fullmatch(name) and name.encode() not in FORWARDED for name in names)
