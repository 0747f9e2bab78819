"""Selections of plain attributes, compiled once per document. All else is graphql-core's.

For each field of each object graphql-core works out anew what is selected, how it is resolved, where it stands, and
whether it must be awaited. In a plain selection (attributes, and resolvers that take nothing but their object; nowhere
in it an argument, directive, union or interface) the answers never differ: it becomes closures that copy attributes
into a dict. The closures handle the good case alone. If something is unusual (a null in a field that allows none, an
error of a scalar, something to await, an object of another type), they end, and graphql-core executes the same
selection from its start, errors included: to read attributes twice does no harm.

What graphql-core and Strawberry do inside stands in compat/. tests/schema/execution/test_compiled.py compares the two
ways over generated documents.
"""

from collections.abc import Iterable
from types import GeneratorType
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLBoolean,
    GraphQLID,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLString,
    SelectionSetNode,
    Undefined,
    is_leaf_type,
)

from compat.graphql_core.executor import Complete, HookedExecutor, Selected, nodes_of
from compat.strawberry.schema import plain_class, plain_getter, type_cast
from schema.execution.documents import kept_on
from schema.execution.fragments import below, unfold

Key = tuple[object, ...]

CHARACTERS_PER_FIELD = 2  # of the document, for each field or object that is compiled: usual ones have eight
WRITTEN_AS_THEY_ARE: dict[object, type] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}


class NotCompilable(Exception):
    """Not the good case."""


class Compiled:
    """What is compiled of one document, bounded by the document's length.

    The variables of `@include` and `@skip` choose which fields are merged, and so the keys: eighteen fields of one name
    have 262,143 of them.
    """

    def __init__(self, document: DocumentNode) -> None:
        self.objects: dict[Key, Complete | None] = {}
        self.room = (document.loc.end if document.loc else 0) // CHARACTERS_PER_FIELD  # for fields and objects


class CompiledExecutor(HookedExecutor):
    """Keeps what it compiles on the document, with which it goes. graphql-core executes what has no room there."""

    _compiled: Compiled

    def begin(self, document: DocumentNode) -> None:
        self._compiled = kept_on(document, "compiled", Compiled)

    def find_completion(self, type_: GraphQLObjectType, selected: Selected) -> Complete | None:
        key = (type_, *(id(details.node) for details in selected))
        try:
            return self._compiled.objects[key]
        except KeyError:
            return self._compile(key, type_, selected)

    def _compile(self, key: Key, type_: GraphQLObjectType, selected: Selected) -> Complete | None:
        if self._compiled.room <= 0:
            return None
        complete = self._compiled.objects[key] = self._compile_object(type_, selected)
        return complete

    def _compile_object(self, type_: GraphQLObjectType, selected: Selected) -> Complete | None:
        """Returns None if the selection is not plain, or if there is no room for it."""
        self._compiled.room -= 1
        selections = below(nodes_of(selected))
        origin = plain_class(type_) if self.is_plain else None
        if origin is None or self._has_directives(selections):
            return None
        grouped = self.select_below(type_, selected)
        self._compiled.room -= len(grouped)
        if self._compiled.room < 0:
            return None
        fields: list[tuple[str, Complete, type | None, Complete]] = []
        for name, field in grouped.items():
            compiled = self._compile_field(type_, field)
            if compiled is None:
                return None
            fields.append((name, *compiled))

        def complete(source: Any) -> dict[str, Any]:
            if type(source) is not origin or type_cast(source) is not None:
                raise NotCompilable
            completed = {}
            for name, get, plain, complete_value in fields:
                value = get(source)
                completed[name] = value if type(value) is plain else complete_value(value)
            return completed

        return complete

    def _compile_field(
        self, parent: GraphQLObjectType, selected: Selected
    ) -> tuple[Complete, type | None, Complete] | None:
        """How to get the value, the type whose values stand in the answer as they are, and what to do with others."""
        if selected[0].node.name.value == "__typename":
            return lambda _: parent.name, str, str
        definition = self.definition(parent, selected)
        if definition is None:
            return None
        get = plain_getter(definition)
        complete = self._compile_type(definition.type, selected) if get is not None else None
        if get is None or complete is None:
            return None
        of = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
        return get, WRITTEN_AS_THEY_ARE.get(of), complete

    def _compile_type(self, type_: GraphQLOutputType, selected: Selected) -> Complete | None:
        if isinstance(type_, GraphQLNonNull):
            return self._compile_type_of_values(type_.of_type, selected)
        complete = self._compile_type_of_values(type_, selected)
        return None if complete is None else lambda value: None if value is None else complete(value)

    def _compile_type_of_values(self, type_: GraphQLOutputType, selected: Selected) -> Complete | None:
        """What the result does with None does not matter, but that it raises."""
        if isinstance(type_, GraphQLObjectType):
            return self._compile_object(type_, selected)
        if isinstance(type_, GraphQLList):
            complete = self._compile_type(type_.of_type, selected)
            return None if complete is None else _list_of(complete)
        return self._leaf(type_) if is_leaf_type(type_) else None

    def _leaf(self, type_: GraphQLLeafType) -> Complete:
        write = type_.coerce_output_value

        def complete(value: Any) -> Any:
            if value is None or value is Undefined or _is_odd(value):
                raise NotCompilable
            written = write(value)
            if written is None or written is Undefined or _is_odd(written):
                raise NotCompilable
            return written

        return complete

    def _has_directives(self, selection_sets: Iterable[SelectionSetNode]) -> bool:
        """Whether what is collected from the selection sets depends on any."""
        return any(node.directives for node, _ in unfold(selection_sets, self.spread_fragments))


def _is_odd(value: object) -> bool:
    """Return whether graphql-core treats the value in a way of its own: an error, or something to await."""
    return isinstance(value, Exception | GeneratorType) or hasattr(value, "__await__")


def _list_of(complete: Complete) -> Complete:
    def complete_list(values: Any) -> list[Any]:
        if type(values) is not list and type(values) is not tuple:
            raise NotCompilable
        return [complete(value) for value in values]

    return complete_list
