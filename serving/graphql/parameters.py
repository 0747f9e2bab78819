"""What a request asks for, in the form that GraphQL over HTTP gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
