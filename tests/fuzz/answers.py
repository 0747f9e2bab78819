"""Checks that hold for the answer to any request."""

import json
from typing import Any

import httpx

# Not INTERNAL, which no request may cause.
CODES = {"UNAUTHENTICATED", "BAD_USER_INPUT", "RATE_LIMITED", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}


def check_answer(response: httpx.Response) -> None:
    assert response.status_code < 500, response.text
    content = json.loads(response.content.decode("utf-8", errors="strict"))
    assert "data" in content or content["errors"]
    check_errors(content.get("errors", []))


def check_errors(errors: list[dict[str, Any]]) -> None:
    for error in errors:
        assert error["extensions"]["code"] in CODES, error
