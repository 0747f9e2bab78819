"""What holds of every answer, whatever was sent."""

import json
from typing import Any

import httpx

# INTERNAL is not among them: it is never a stranger's doing.
CODES = {"UNAUTHENTICATED", "BAD_USER_INPUT", "RATE_LIMITED", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"}


def check_answer(response: httpx.Response) -> None:
    assert response.status_code < 500, response.text
    content = json.loads(response.content.decode("utf-8", errors="strict"))
    assert "data" in content or content["errors"]
    check_errors(content.get("errors", []))


def check_errors(errors: list[dict[str, Any]]) -> None:
    for error in errors:
        assert error["extensions"]["code"] in CODES, error
