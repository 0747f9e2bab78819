"""Documents by name: what the web client asks, registered when it was built, and what other clients ask.

A request may name one instead of sending it, and a server may admit no others. What requests send is never registered:
a stranger could fill any memory with it.

Kept by hand: Strawberry has no persisted documents.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from serving.graphql.manifests import PREFIX, ManifestError, digest_of, read_manifest
from serving.graphql.parameters import Parameters

REGISTERED = "persisted-documents.json"  # among what is built: an object of texts by SHA-256, in hexadecimal digits
# What clients compare: urql the message, Apollo Client the code or the message, as Apollo Server has them.
NOT_FOUND = "PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"
NOT_SUPPORTED = "PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"

log = structlog.get_logger()


class DocumentRefused(Exception):
    """A request names no document that is registered, or sends one that is not admitted."""

    def __init__(self, message: str, code: str = "BAD_USER_INPUT") -> None:
        super().__init__(message)
        self.code = code


class PersistedDocuments:
    """Those of a file, which is read again when it changes. What it held before stays: pages of then may be open.

    `others` are those of other clients, by their names.
    """

    def __init__(
        self, file: Path | None = None, *, only_registered: bool = False, others: Mapping[str, str] | None = None
    ) -> None:
        self.file = file
        self._only_registered = only_registered
        self._texts: dict[str, str] = dict(others or {})
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
            return  # not built yet, or being built
        if self.file is None or status is None or self._seen == (seen := (status.st_mtime_ns, status.st_size)):
            return
        self._seen = seen
        try:
            found = read_manifest(self.file)
        except ManifestError as error:
            log.warning("documents.unreadable", file=str(self.file), error=str(error))
            return
        self._texts |= found
        log.info("documents.registered", file=str(self.file), documents=len(found))


def read_all(files: Sequence[Path]) -> dict[str, str]:
    """Return the documents of several files by their names.

    Raises:
        ManifestError: A file cannot be used, holds no valid document, or has a name of another file for another text.
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
