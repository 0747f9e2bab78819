"""Documents by name: what the web client asks, registered when it was built, each under the SHA-256 of its text.

A request may name one instead of sending it, and a server may admit no others. What requests send is never registered:
a stranger could fill any memory with it.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import structlog
from graphql import GraphQLError, parse, specified_rules, validate

from schema.build import schema
from schema.limits import MAX_DOCUMENT_CHARACTERS, MAX_TOKENS, RULES
from serving.parameters import Parameters

REGISTERED = "persisted-documents.json"  # among what is built: an object of texts by SHA-256, in hexadecimal digits
PREFIX = "sha256:"
# What clients compare: urql the message, Apollo Client the code or the message, as Apollo Server has them.
NOT_FOUND = "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"
NOT_SUPPORTED = "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"

log = structlog.get_logger()


class DocumentRefused(Exception):
    """A request names no document that is registered, or sends one that is not admitted."""

    def __init__(self, message: str, code: str = "BAD_USER_INPUT") -> None:
        super().__init__(message)
        self.code = code


class Registry:
    """Those of a file, which is read again when it changes. What it held before stays: pages of then may be open."""

    def __init__(self, file: Path | None = None, *, only_registered: bool = False) -> None:
        self.file = file
        self._only_registered = only_registered
        self._texts: dict[str, str] = {}
        self._seen: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no document has been registered so far."""
        self.refresh()
        return not self._texts

    def text(self, asked: Parameters) -> str | None:
        """The document that a request sends or names; None where it does neither.

        Raises:
            DocumentRefused: The name is that of no document, or the document is not admitted. A name in the form of
                automatic persisted queries is NOT_SUPPORTED: clients stop sending names, where NOT_FOUND would have
                them send each document by name first, for ever.
        """
        name = _name(asked)
        if name is None and not (asked.query and self._only_registered):
            return asked.query
        self.refresh()
        if not asked.query:
            if name not in self._texts:
                raise DocumentRefused(*(NOT_FOUND if asked.document_id else NOT_SUPPORTED))
            return self._texts[name]
        digest = _digest(asked.query)
        if name not in (None, digest):
            raise DocumentRefused("The document is not the one whose SHA-256 the request gives.")
        if self._only_registered and digest not in self._texts:
            raise DocumentRefused("This server executes only registered documents, and this is none of them.")
        return asked.query

    def refresh(self) -> None:
        try:
            status = self.file.stat() if self.file else None
        except OSError:
            return  # not built yet, or being built
        if self.file is None or status is None or self._seen == (seen := (status.st_mtime_ns, status.st_size)):
            return
        self._seen = seen
        try:
            found = dict(_valid(orjson.loads(self.file.read_bytes())))
        except (OSError, ValueError) as error:
            log.warning("documents.unreadable", file=str(self.file), error=str(error))
            return
        self._texts |= found
        log.info("documents.registered", file=str(self.file), documents=len(found))


def _name(asked: Parameters) -> str | None:
    """The SHA-256 by which a request names its document, in either form.

    Raises:
        DocumentRefused: The extension is not what it should be.
    """
    if asked.document_id:
        return asked.document_id.removeprefix(PREFIX)
    match (asked.extensions or {}).get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str(name)}:
            return name
    raise DocumentRefused("`persistedQuery` must be an object with the `version` 1 and a `sha256Hash`.")


def _valid(content: Any) -> Iterator[tuple[str, str]]:
    """Errors: ValueError where the content is no object."""
    if not isinstance(content, dict):
        raise ValueError("not an object of texts by their SHA-256")
    for name, text in content.items():
        if problem := _problem(name, text):
            log.error("documents.refused", name=name, problem=problem)
        else:
            yield name, text


def _problem(name: str, text: object) -> str | None:
    if not isinstance(text, str) or _digest(text) != name:
        return "not a text under its SHA-256"
    try:
        document = parse(text, max_tokens=MAX_TOKENS, max_source_length=MAX_DOCUMENT_CHARACTERS)
    except GraphQLError as error:
        return error.message
    errors = validate(schema._schema, document, [*specified_rules, *RULES])
    return errors[0].message if errors else None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
