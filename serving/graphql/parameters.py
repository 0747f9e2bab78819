"""What a request asks for, in the form that GraphQL over HTTP gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from serving.http_errors import HTTPError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None

    @classmethod
    def of(cls, sent: Mapping[str, object]) -> "Parameters":
        """Errors: Refusal. What else was sent is nobody's concern."""
        return cls(
            query=_string(sent, "query"),
            document_id=_string(sent, "documentId"),
            operation_name=_string(sent, "operationName"),
            variables=_object(sent, "variables"),
            extensions=_object(sent, "extensions"),
        )

    @classmethod
    def of_address(cls, query_params: Mapping[str, str]) -> "Parameters":
        """Objects are in JSON, and what is empty is not there. Raises: HTTPError."""
        given: dict[str, object] = {name: value for name, value in query_params.items() if value}
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = decode_object(query_params[name])
        return cls.of(given)


def decode_object(data: str | bytes) -> dict[str, Any]:
    """Raises: HTTPError, also for JSON that is no object."""
    try:
        parsed = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise HTTPError(400, "Unable to parse request body as JSON") from None
    if not isinstance(parsed, dict | None):
        raise HTTPError(400, "A JSON object is wanted. A batch, a list of them, is not answered.")
    return parsed or {}


def _string(sent: Mapping[str, object], name: str) -> str | None:
    value = sent.get(name)
    if isinstance(value, str | None):
        return value
    raise HTTPError(400, f"The `{name}` must be a string or null.")


def _object(sent: Mapping[str, object], name: str) -> dict[str, Any] | None:
    value = sent.get(name)
    if isinstance(value, dict | None):
        return value
    raise HTTPError(400, f"The `{name}` must be an object or null.")
