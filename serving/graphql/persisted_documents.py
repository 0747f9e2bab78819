"""Persisted documents: registered documents of the web client's build and of other clients.

A request may name a document instead of sending it, and a server may accept no others. Documents in requests are never
registered, because clients could fill the memory with them.

Kept by hand: Strawberry has no persisted documents.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from serving.graphql.manifests import PREFIX, ManifestError, digest_of, read_manifest
from serving.graphql.operation_names import OperationNames
from serving.graphql.parameters import Parameters

REGISTERED = "persisted-documents.json"  # a file of the build: an object of texts by SHA-256, in hexadecimal digits
# Clients compare these with Apollo Server's: urql the message, Apollo Client the code or the message.
NOT_FOUND = "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"
NOT_SUPPORTED = "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"

log = structlog.get_logger()


class DocumentRefused(Exception):
    """A request names an unknown document, or sends one that is not registered."""

    def __init__(self, message: str, code: str = "BAD_USER_INPUT") -> None:
        super().__init__(message)
        self.code = code


class PersistedDocuments:
    """The documents of a file. It is read again when it changes.

    Documents that the file no longer holds are kept, since old pages may still be open. `others` are the documents of
    other clients, by name.
    """

    def __init__(
        self, file: Path | None = None, *, only_registered: bool = False, others: Mapping[str, str] | None = None
    ) -> None:
        self.file = file
        self._only_registered = only_registered
        self._texts: dict[str, str] = dict(others or {})
        self.operation_names = OperationNames()
        self.operation_names.add(self._texts.values())
        self._seen: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no document is registered so far."""
        self.refresh()
        return not self._texts

    def text(self, asked: Parameters) -> str | None:
        """Return the document that a request sends or names, or None if it does neither.

        Raises:
            DocumentRefused: The name is unknown, or the document is not registered. For automatic persisted queries the
                code is NOT_SUPPORTED, so that clients stop sending names. After NOT_FOUND they would send each document
                by name first, for ever.
        """
        name = _name(asked)
        if name is None and not (asked.query and self._only_registered):
            return asked.query
        self.refresh()
        if not asked.query:
            if name not in self._texts:
                raise DocumentRefused(*(NOT_FOUND if asked.document_id else NOT_SUPPORTED))
            return self._texts[name]
        digest = digest_of(asked.query)
        if name not in (None, digest) and self._texts.get(name) != asked.query:
            raise DocumentRefused("The document is not the one whose SHA-256 the request gives.")
        if self._only_registered and digest not in self._texts:
            raise DocumentRefused("This server executes only registered documents, and this is none of them.")
        return asked.query

    def refresh(self) -> None:
        try:
            status = self.file.stat() if self.file else None
        except OSError:
            return  # not built yet, or during a build
        if self.file is None or status is None or self._seen == (seen := (status.st_mtime_ns, status.st_size)):
            return
        self._seen = seen
        try:
            found = read_manifest(self.file)
        except ManifestError as error:
            log.warning("documents.unreadable", file=str(self.file), error=str(error))
            return
        self._texts |= found
        self.operation_names.add(found.values())
        log.info("documents.registered", file=str(self.file), documents=len(found))


def read_all(files: Sequence[Path]) -> dict[str, str]:
    """Return the documents of several files by name.

    Raises:
        ManifestError: A file cannot be used, has no valid document, or gives another file's name to another text.
    """
    found: dict[str, str] = {}
    for file in files:
        try:
            documents = read_manifest(file)
        except ManifestError as error:
            raise ManifestError(f"{file} {error}") from None
        if not documents:
            raise ManifestError(f"{file} holds no valid document")
        for name, text in documents.items():
            if found.setdefault(name, text) != text:
                raise ManifestError(f"{file} has the name {name!r} of another file for another document")
    return found


def _name(asked: Parameters) -> str | None:
    """Return the SHA-256 by which a request names its document, in either form.

    Raises:
        DocumentRefused: The extension is malformed.
    """
    if asked.document_id:
        return asked.document_id.removeprefix(PREFIX)
    match (asked.extensions or {}).get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str(name)}:
            return name
    raise DocumentRefused("`persistedQuery` must be an object with the `version` 1 and a `sha256Hash`.")
