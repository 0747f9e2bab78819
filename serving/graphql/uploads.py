"""The GraphQL multipart request specification: operations as JSON, and a file for their variables.

Kept by hand: Strawberry's multipart_uploads_enabled accepts any number of files, and forms from other sites.
"""

from collections.abc import Mapping
from contextlib import suppress
from email.message import Message
from typing import Any

import orjson
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from schema.scalars import Upload
from serving.http_errors import HTTPError
from serving.middleware.bodies import MAX_BODY_BYTES

# A page of any origin can send a form here, but can send these headers only after a successful preflight.
PREFLIGHTED = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
MAX_PARTS = 3  # operations, map and one file


def operations_of(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Return the operations with the file in place of its null.

    Raises:
        HTTPError: The request may come from a page of another origin, or is malformed.
    """
    if not needs_preflight(headers):
        raise HTTPError(400, "With multipart/form-data, send the header `GraphQL-Require-Preflight: 1` as well.")
    parts = _parse(headers["content-type"], body)
    operations, paths = _object(parts, "operations"), _object(parts, "map")
    files = {name: part for name, part in parts.items() if isinstance(part, Upload)}
    if files.keys() != paths.keys() or not all(isinstance(path, list) for path in paths.values()):
        raise HTTPError(400, 'The part `map` must be as in {"0": ["variables.input.image"]}, "0" being the file.')
    for name, file in files.items():
        for path in paths[name]:
            _replace_null(file, path, operations)
    return operations


def needs_preflight(headers: Mapping[str, str]) -> bool:
    """Return whether a browser sends this for a page of another origin only after a preflight."""
    is_signed = headers.get("authorization", "").lower().startswith("bearer ")
    return is_signed or any(headers.get(name) for name in PREFLIGHTED)


def _parse(content_type: str, body: bytes) -> dict[str, bytes | Upload]:
    header = Message()
    header["content-type"] = content_type
    parts: dict[str, bytes | Upload] = {}
    try:
        with PushMultipartParser(header.get_boundary(""), max_segment_count=MAX_PARTS, strict=True) as parser:
            for event in parser.parse(body):
                if isinstance(event, MultipartSegment):
                    part, content = event, b""
                elif event is not None:
                    content += event
                else:
                    parts[part.name or ""] = content if part.filename is None else Upload(content)
    except MultipartError as error:
        raise HTTPError(400, f"The body is not as multipart/form-data wants it: {error}.") from None
    return parts


def _object(parts: Mapping[str, bytes | Upload], name: str) -> dict[str, Any]:
    part, parsed = parts.get(name), None
    with suppress(orjson.JSONDecodeError):
        parsed = orjson.loads(part) if isinstance(part, bytes) and len(part) <= MAX_BODY_BYTES else None
    if not isinstance(parsed, dict):
        raise HTTPError(400, f"The part `{name}` must be a JSON object, and no file.")
    return parsed


def _replace_null(file: Upload, path: object, operations: dict[str, Any]) -> None:
    """Replace the null at the path in the variables by the file.

    Raises:
        HTTPError: The path does not lead to a null in the variables.
    """
    with suppress(KeyError, IndexError, TypeError, ValueError):
        first, *between, last = str(path).split(".")
        place: Any = operations if first == "variables" else {}
        for step in (first, *between):
            place = place[int(step) if isinstance(place, list) else step]
        key = int(last) if isinstance(place, list) else last
        if place[key] is None:
            place[key] = file
            return
    raise HTTPError(400, "The paths in the part `map` must lead to nulls in the variables.")
