"""Selections of plain attributes, compiled once per document. graphql-core executes all others.

For each field of each object, graphql-core computes again which fields are selected, how each is resolved, its path,
and whether the value must be awaited. In a plain selection these never change. A plain selection has only attributes
and resolvers that take just their object, and no arguments, directives, unions or interfaces. It is compiled to
closures that copy attributes into a dict. The closures handle the usual case only. In an unusual case (a null in a
non-null field, an error of a scalar, an awaitable, an object of another type) they stop, and graphql-core executes the
same selection from its start, errors included. Reading attributes twice does no harm.

All uses of undocumented parts of graphql-core and Strawberry are in compat/. tests/schema/execution/test_compiled.py
compares both executors over generated documents.
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

CHARACTERS_PER_FIELD = 2  # of the document, for each compiled field or object; usual documents have eight
WRITTEN_AS_THEY_ARE: dict[object, type] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}


class NotCompilable(Exception):
    """The value is an unusual case."""


class Compiled:
    """The compiled selections of one document, bounded by the document's length.

    The variables of `@include` and `@skip` choose which fields are merged, and so the keys. Eighteen fields of one name
    have 262,143 keys.
    """

    def __init__(self, document: DocumentNode) -> None:
        self.objects: dict[Key, Complete | None] = {}
        self.room = (document.loc.end if document.loc else 0) // CHARACTERS_PER_FIELD  # for fields and objects


class CompiledExecutor(HookedExecutor):
    """Keeps compiled selections on the document, which frees them. graphql-core executes selections without room."""

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
        """Return the closure, or None if the selection is not plain or there is no room for it."""
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
        """Return the getter, the type whose values are copied unchanged, and what completes other values."""
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
        """Return the function that completes non-null values. It must raise an error for None."""
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
        """Return whether any selection has a directive."""
        return any(node.directives for node, _ in unfold(selection_sets, self.spread_fragments))


def _is_odd(value: object) -> bool:
    """Return whether graphql-core treats the value specially: an error or an awaitable."""
    return isinstance(value, Exception | GeneratorType) or hasattr(value, "__await__")


def _list_of(complete: Complete) -> Complete:
    def complete_list(values: Any) -> list[Any]:
        if type(values) is not list and type(values) is not tuple:
            raise NotCompilable
        return [complete(value) for value in values]

    return complete_list
