"""Each text is parsed and validated once.

Valid documents are kept, and the least recently used ones are evicted. A stranger may send any number of texts, so the
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
from graphql import ASTValidationRule, DocumentNode
from strawberry.extensions import SchemaExtension

MAX_DOCUMENTS = 500
MAX_CHARACTERS = 100_000

T = TypeVar("T")
Rules = tuple[type[ASTValidationRule], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A document, and the rules by which it was found valid."""

    document: DocumentNode
    rules: Rules
    characters: int


class Documents:
    """Of one schema."""

    def __init__(self, *, max_documents: int = MAX_DOCUMENTS, max_characters: int = MAX_CHARACTERS) -> None:
        least = max_characters // max_documents
        self._max_characters = max_characters
        self._known = LRUCache[str, Known](max_characters, getsizeof=lambda known: max(known.characters, least))

    def __contains__(self, text: str) -> bool:
        return text in self._known

    def find(self, text: str) -> Known | None:
        return self._known.get(text)

    def keep(self, text: str, known: Known) -> None:
        if known.characters <= self._max_characters:
            self._known[text] = known


_kept: dict[int, dict[str, Any]] = {}  # by the identity of documents that live


def kept_on(document: DocumentNode, name: str, make: Callable[[DocumentNode], T]) -> T:
    """Returns what `make` has made of the document, once for as long as the document lives.

    What it makes must be bounded by the document, whatever requests ask for: it is not counted here.
    """
    memory = memory_of(document)
    if name not in memory:
        memory[name] = make(document)
    kept: T = memory[name]
    return kept


def memory_of(document: DocumentNode) -> dict[str, Any]:
    """Return what is kept on the document, by name. It must not refer to the document, or both would stay for ever."""
    memory = _kept.get(id(document))
    if memory is None:
        memory = _kept[id(document)] = {}
        finalize(document, _kept.pop, id(document))
    return memory


class KnownDocuments(SchemaExtension):
    """Spares the parser and the rules a text that has passed both."""

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
            context.pre_execution_errors = context.pre_execution_errors or []  # not None: the rules are not run
            yield
            return
        yield
        if context.query and context.graphql_document and not context.pre_execution_errors:
            known = Known(context.graphql_document, context.validation_rules, len(context.query))
            self._documents.keep(context.query, known)
