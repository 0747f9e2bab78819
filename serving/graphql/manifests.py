"""Files of documents by name: our own build's, and those that other clients' tools write."""

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
MAX_DOCUMENTS = 2_000  # of one file; to parse and validate them takes some 5 ms each
MAX_NAME_CHARACTERS = 128

_SHA256_DIGITS = 64

log = structlog.get_logger()


class ManifestError(Exception):
    """A file cannot be used."""


def read_manifest(file: Path) -> dict[str, str]:
    """Return the documents of a file by their names; each is also there under the SHA-256 of its text.

    The file holds an object of texts by name, as our build, graphql-codegen and the Relay compiler write it, or
    Apollo's manifest. A name is any id, such as Relay's MD5, but one that looks like a SHA-256 must be that of the
    text. A document that the schema does not admit is logged and left out.

    Raises:
        ManifestError: The file cannot be read or is too large, or holds nothing of either form.
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
    """Return what may be documents, by what may be their names.

    Raises:
        ManifestError: The content is of neither form.
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
