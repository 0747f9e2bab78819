"""GraphQL over HTTP: the media types of requests and responses, and the status of a response.

For a client that accepts `application/graphql-response+json`, the status says whether anything was executed. A client
that accepts only `application/json` gets 200 for every well-formed request, with all errors in the body.

Kept by hand: werkzeug.http.parse_accept_header ignores the client's order, refuses `application/json;charset=utf-8`
and takes 45 µs (13 here); no other dependency parses Accept.
"""

import re
from email.message import Message
from typing import Any

from starlette.requests import Request
from strawberry.types import ExecutionResult

from serving.http_errors import JSON, RETRY_SOON, HTTPError
from serving.middleware.bodies import FORM
from serving.remembered import remembered

GRAPHQL = "application/graphql-response+json"
METHODS = ("GET", "POST")
BODY_TYPES = (JSON, FORM)  # no other type that a page of another origin may send without a preflight; see `uploads`
STATUS_OF_CODE = {"UNAUTHENTICATED": 401, "RATE_LIMITED": 429, "INTERNAL": 503}

_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)")


def body_type(request: Request) -> str | None:
    """Return the media type of the body, or None if all parameters are in the address.

    Raises:
        HTTPError: The method (405), the media type or the encoding (415) is not supported.
    """
    if request.method not in METHODS:
        allow = ", ".join(METHODS)
        raise HTTPError(405, f"GraphQL is asked by {allow}, not by {request.method}.", headers={"allow": allow})
    if request.method == "GET":
        return None
    media_type, charset = _content_type(request.headers.get("content-type", ""))
    if media_type not in BODY_TYPES:
        raise HTTPError(415, f"The body must be {' or '.join(BODY_TYPES)}, and its content-type must say so.")
    if charset not in ("utf-8", "utf8"):
        raise HTTPError(415, "The body must be encoded as UTF-8.")
    return media_type


@remembered
def answer_type(accept: str) -> str | None:
    """Return the preferred media type of a single response, or None if the client accepts neither.

    If the client prefers both equally, the type that comes first in the header wins.
    """
    liked = {media_type: liking for media_type in (JSON, GRAPHQL) if (liking := _preference(accept, media_type))}
    return max(liked, key=lambda media_type: liked[media_type], default=None)


def is_request_error(result: ExecutionResult) -> bool:
    """Return whether nothing was executed. If a field's error made all data null, that error has a path."""
    return result.data is None and not any(error.path for error in result.errors or [])


def content_of(result: ExecutionResult) -> dict[str, Any]:
    content: dict[str, Any] = {"errors": [error.formatted for error in result.errors]} if result.errors else {}
    if not is_request_error(result):
        content["data"] = result.data
    if result.extensions:
        content["extensions"] = result.extensions
    return content


def status_of(result: ExecutionResult, media_type: str) -> int:
    if not is_request_error(result):
        return 200
    (code, *_) = [(error.extensions or {})["code"] for error in result.errors or []]
    return 200 if media_type == JSON and code != "INTERNAL" else STATUS_OF_CODE.get(code, 400)


def headers_of(result: ExecutionResult, status: int) -> dict[str, str]:
    """Return Retry-After, if a part of the result was rate limited.

    An operation that was begun keeps status 200, as GraphQL over HTTP recommends, even if RATE_LIMITED has made all
    data null: a mutation before the refused one may have made its change.
    """
    waits = [wait for error in result.errors or [] if (wait := (error.extensions or {}).get("retryAfter"))]
    if waits:
        return {"retry-after": str(max(waits))}
    return dict(RETRY_SOON) if status == STATUS_OF_CODE["INTERNAL"] else {}


@remembered
def _content_type(header: str) -> tuple[str, str | None]:
    """Return the media type and the charset of a Content-Type header."""
    message = Message()
    message["content-type"] = header
    return message.get_content_type(), message.get_content_charset("utf-8")


def _preference(accept: str, media_type: str) -> tuple[float, int] | None:
    """Return the client's preference by the most specific matching range, or None if it does not accept the type.

    The preference is the quality and the position in the header, comparable between types.
    """
    closeness = {media_type: 2, "application/*": 1, "*/*": 0}
    fitting = []
    for place, text in enumerate(accept.lower().split(",")):
        name, *parameters = (part.strip() for part in text.split(";"))
        if name in closeness:
            quality = next((float(found[1]) for part in parameters if (found := _QUALITY.fullmatch(part))), 1.0)
            fitting.append((closeness[name], quality, -place))
    _, quality, place = max(fitting, default=(0, 0.0, 0))
    return (quality, place) if quality else None
