"""Reads manifests, which are files of documents by name, from our build or the tools of other clients."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import structlog
from graphql import GraphQLError, parse, specified_rules, validate

from compat.strawberry.schema import graphql_schema
from schema.build import schema
from schema.execution.limits import MAX_DOCUMENT_CHARACTERS, MAX_TOKENS, RULES

PREFIX = "sha256:"
APOLLOS = "apollo-persisted-query-manifest"
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_DOCUMENTS = 2_000  # of one file; parsing and validation take some 5 ms for each
MAX_NAME_CHARACTERS = 128

_SHA256_DIGITS = 64

log = structlog.get_logger()


class ManifestError(Exception):
    """The manifest cannot be used."""


def read_manifest(file: Path) -> dict[str, str]:
    """Return the documents of a file by name. Each is also listed under the SHA-256 of its text.

    The file is either an object of texts by name, which our build, graphql-codegen and the Relay compiler write, or
    Apollo's manifest. A name is any id, such as Relay's MD5. A name that looks like a SHA-256 must match the text.
    A document that is invalid against the schema is logged and left out.

    Raises:
        ManifestError: The file cannot be read, is too large, or has neither format.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ManifestError(f"cannot be read: {error.strerror or error}") from None
    if len(content) > MAX_FILE_BYTES:
        raise ManifestError(f"is larger than {MAX_FILE_BYTES // 1024**2} MiB")
    try:
        entries = _entries(orjson.loads(content))
    except orjson.JSONDecodeError:
        raise ManifestError("is not JSON") from None
    if len(entries) > MAX_DOCUMENTS:
        raise ManifestError(f"holds more than {MAX_DOCUMENTS:,} documents")
    return _valid(entries)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _entries(content: Any) -> list[tuple[object, object]]:
    """Return unchecked pairs of a name and a text.

    Raises:
        ManifestError: The content has neither format.
    """
    match content:
        case {"format": str(name), **rest}:
            operations = rest.get("operations")
            if (name, rest.get("version")) != (APOLLOS, 1) or not isinstance(operations, list):
                raise ManifestError(f"is of another format than {APOLLOS}, version 1")
            return [(each.get("id"), each.get("body")) for each in operations if isinstance(each, dict)]
        case dict():
            return list(content.items())
    raise ManifestError("is neither an object of documents by their names nor Apollo's manifest")


def _valid(entries: Iterable[tuple[object, object]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in entries:
        if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME_CHARACTERS or not isinstance(text, str):
            problem: str | None = f"not a text under a name of up to {MAX_NAME_CHARACTERS} characters"
        elif found.get(name.removeprefix(PREFIX), text) != text:
            problem = "the name is that of another document"
        elif (problem := _problem(name, text)) is None:
            found |= {name.removeprefix(PREFIX): text, digest_of(text): text}
        if problem is not None:
            log.error("documents.refused", name=str(name)[:MAX_NAME_CHARACTERS], problem=problem)
    return found


def _problem(name: str, text: str) -> str | None:
    if (name.startswith(PREFIX) or _is_sha256(name)) and name.removeprefix(PREFIX) != digest_of(text):
        return "not the text of this SHA-256"
    try:
        document = parse(text, max_tokens=MAX_TOKENS, max_source_length=MAX_DOCUMENT_CHARACTERS)
    except GraphQLError as error:
        return error.message
    errors = validate(graphql_schema(schema), document, [*specified_rules, *RULES])
    return errors[0].message if errors else None


def _is_sha256(name: str) -> bool:
    return len(name) == _SHA256_DIGITS and set(name) <= set("0123456789abcdef")
