"""The parameters of a request, as defined by GraphQL over HTTP."""

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
        """Return the parameters in the object. Other members are ignored.

        Raises:
            HTTPError: A parameter has the wrong type.
        """
        return cls(
            query=_string(sent, "query"),
            document_id=_string(sent, "documentId"),
            operation_name=_string(sent, "operationName"),
            variables=_object(sent, "variables"),
            extensions=_object(sent, "extensions"),
        )

    @classmethod
    def of_address(cls, query_params: Mapping[str, str]) -> "Parameters":
        """Return the parameters in a query string. Objects are encoded as JSON. Empty parameters are ignored.

        Raises:
            HTTPError: A parameter is not JSON or has the wrong type.
        """
        given: dict[str, object] = {name: value for name, value in query_params.items() if value}
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = decode_object(query_params[name])
        return cls.of(given)


def decode_object(data: str | bytes) -> dict[str, Any]:
    """Decode a JSON object.

    Raises:
        HTTPError: The data is not JSON, or not an object.
    """
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
