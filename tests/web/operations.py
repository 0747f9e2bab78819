"""The GraphQL operations that a page sends."""

import json
from typing import Any

from playwright.async_api import Request


def operation_in(request: Request) -> dict[str, Any]:
    """Return the body of a request to /graphql: query, name, variables. Empty for an upload, which has several parts.

    Playwright raises an error of a handler again in the test's next call, and holds the request.

    Raises:
        AssertionError: Chromium has not told the body, so that nobody knows the operation.
    """
    if request.method != "POST" or "json" not in request.headers.get("content-type", ""):
        return {}
    body = request.post_data
    assert body is not None, f"Chromium has not told the body of a request to {request.url}"
    sent: dict[str, Any] = json.loads(body)
    return sent


def operation_name(request: Request) -> str | None:
    """Return the name of the operation. None if it has none."""
    name: str | None = operation_in(request).get("operationName")
    return name
