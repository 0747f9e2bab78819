"""A cache of parsed and validated documents.

Valid documents are kept, and the least recently used ones are evicted. Clients may send any number of texts, so the
cache is bounded in characters, each of which stands for up to 300 bytes of a parsed document (measured; 90 in a usual
one). It is also bounded in number, because a short text counts as MAX_CHARACTERS / MAX_DOCUMENTS characters. Refused
documents are not kept. Other values that are computed once per document are kept on it by `kept_on`, so the same bounds
hold for them.

Kept by hand: Strawberry's own caches, ParserCache and ValidationCache, are bounded only in number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import finalize

from cachetools import LRUCache
from graphql import ASTValidationRule, DocumentNode, OperationDefinitionNode
from strawberry.extensions import SchemaExtension

MAX_DOCUMENTS = 500
MAX_CHARACTERS = 100_000

T = TypeVar("T")
Kept = TypeVar("Kept", DocumentNode, OperationDefinitionNode)
Rules = tuple[type[ASTValidationRule], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A document, and the rules that it has passed."""

    document: DocumentNode
    rules: Rules
    characters: int


class Documents:
    """The cache of one schema."""

    def __init__(self, *, max_documents: int = MAX_DOCUMENTS, max_characters: int = MAX_CHARACTERS) -> None:
        least = max_characters // max_documents
        self._max_characters = max_characters
        self._known = LRUCache[str, Known](max_characters, getsizeof=lambda known: max(known.characters, least))

    def __contains__(self, text: str) -> bool:
        return text in self._known

    @property
    def size(self) -> int:
        return len(self._known)

    def find(self, text: str) -> Known | None:
        return self._known.get(text)

    def keep(self, text: str, known: Known) -> None:
        if known.characters <= self._max_characters:
            self._known[text] = known


_kept: dict[int, dict[str, Any]] = {}  # by the identity of the document, while it lives


def kept_on(document: Kept, name: str, make: Callable[[Kept], T]) -> T:
    """Return the result of `make` for the document or operation. It is computed once in the document's lifetime.

    The result must be bounded by the document alone, and not by requests, since it does not count here.
    """
    memory = memory_of(document)
    if name not in memory:
        memory[name] = make(document)
    kept: T = memory[name]
    return kept


def memory_of(document: DocumentNode | OperationDefinitionNode) -> dict[str, Any]:
    """Return the values kept on the document, by name. They must not refer to the document, or both would leak.

    An operation lives as long as its document.
    """
    memory = _kept.get(id(document))
    if memory is None:
        memory = _kept[id(document)] = {}
        finalize(document, _kept.pop, id(document))
    return memory


class KnownDocuments(SchemaExtension):
    """Skips parsing and validation for a known text."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: Known | None = None

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        if context.query and context.graphql_document is None:
            self._known = self._documents.find(context.query)
            context.graphql_document = self._known.document if self._known else None
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if self._known is not None and self._known.rules == context.validation_rules:
            context.pre_execution_errors = context.pre_execution_errors or []  # not None, so the rules are not run
            yield
            return
        yield
        if context.query and context.graphql_document and not context.pre_execution_errors:
            known = Known(context.graphql_document, context.validation_rules, len(context.query))
            self._documents.keep(context.query, known)
