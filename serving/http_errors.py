"""Errors without a GraphQL result: an HTTP status, and an error with a code in the usual form."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schema.execution.masking import internal

JSON = "application/json"
RETRY_SOON = {"retry-after": "1"}  # in seconds


class HTTPError(Exception):
    def __init__(
        self, status: int, message: str, *, code: str = "BAD_USER_INPUT", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self._headers = headers

    @property
    def retry_after(self) -> str | None:
        """Seconds after which the client may ask again, if the error says so."""
        return (self._headers or {}).get("retry-after")

    def response(self, media_type: str = JSON) -> Response:
        extensions = internal() if self.code == "INTERNAL" else {"code": self.code}
        content = {"errors": [{"message": str(self), "extensions": extensions}]}
        return json_response(content, status=self.status, media_type=media_type, headers=self._headers)


class NotReady(HTTPError):
    """The server cannot answer yet, or not now."""

    def __init__(self, message: str = "MongoDB has not answered yet.") -> None:
        super().__init__(503, message, code="INTERNAL", headers=RETRY_SOON)


def json_response(
    content: Any, *, status: int, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    return encoded_response(orjson.dumps(content), status=status, media_type=media_type, headers=headers)


def encoded_response(
    content: bytes, *, status: int, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(content, status, headers, f"{media_type}; charset=utf-8")


async def http_exception_handler(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return HTTPError(error.status_code, error.detail, headers=error.headers).response()


EXCEPTION_HANDLERS = {HTTPException: http_exception_handler}  # Starlette's errors for paths and methods
