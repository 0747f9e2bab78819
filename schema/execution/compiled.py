"""Selections of plain attributes, compiled once per document. graphql-core executes all others.

For each field of each object, graphql-core computes again which fields are selected, how each is resolved, its path,
and whether the value must be awaited. In a plain selection these never change. A plain selection has only attributes
and resolvers that take just their object, and no arguments, directives, unions or interfaces. It is compiled to one
Python function that copies attributes into dicts. The function handles the usual case only. In an unusual case (a null
in a non-null field, an error of a scalar, an awaitable, an object of another type) it stops, and graphql-core executes
the same selection from its start, errors included. Reading attributes twice does no harm.

All uses of undocumented parts of graphql-core and Strawberry are in compat/. tests/schema/execution/test_compiled.py
compares both executors over generated documents.
"""

from collections.abc import Iterable

from graphql import (
    DocumentNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    SelectionSetNode,
    is_leaf_type,
)

from compat.graphql_core.executor import Complete, HookedExecutor, Selected, nodes_of
from compat.strawberry.schema import CAST_ATTRIBUTE, plain_class, plain_getter
from schema.execution.documents import kept_on
from schema.execution.fragments import below, unfold
from schema.execution.generated import ARGUMENT, GeneratedFunction
from schema.execution.leaves import NotCompilable, add_leaf

Key = tuple[object, ...]

CHARACTERS_PER_FIELD = 2  # of the document, for each compiled field or object; usual documents have eight
MAX_FIELDS = 300  # and objects of a document; each takes some 20 µs to compile. The web client's page has 80
MAX_NESTED = 20  # blocks; Python compiles no more loops within each other


class NotPlain(Exception):
    """graphql-core must execute the selection."""


class Compiled:
    """The compiled selections of one document, bounded by the document's length and in number.

    The variables of `@include` and `@skip` choose which fields are merged, and so the keys. Eighteen fields of one name
    have 262,143 keys.
    """

    def __init__(self, document: DocumentNode) -> None:
        self.objects: dict[Key, Complete | None] = {}
        characters = document.loc.end if document.loc else 0
        self.room = min(characters // CHARACTERS_PER_FIELD, MAX_FIELDS)  # for fields and objects


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
        function = GeneratedFunction()
        try:
            complete = function.compile(self._object(function, ARGUMENT, type_, selected))
        except NotPlain:
            complete = None
        self._compiled.objects[key] = complete
        return complete

    def _object(self, function: GeneratedFunction, source: str, type_: GraphQLObjectType, selected: Selected) -> str:
        """Add lines that read what is selected of the object in the variable `source`. Return the completed object.

        Raises:
            NotPlain: The selection is not plain, or there is no room for it.
        """
        self._compiled.room -= 1
        origin = plain_class(type_) if self.is_plain else None
        if origin is None or self._has_directives(below(nodes_of(selected))):
            raise NotPlain
        grouped = self.select_below(type_, selected)
        self._compiled.room -= len(grouped)
        if self._compiled.room < 0:
            raise NotPlain
        is_usual = (
            f"type({source}) is {function.constant(origin)} and getattr({source}, {CAST_ATTRIBUTE!r}, None) is None"
        )
        _stop_unless(function, is_usual)
        fields = [f"{name!r}: {self._field(function, source, type_, field)}" for name, field in grouped.items()]
        return f"{{{', '.join(fields)}}}"

    def _field(self, function: GeneratedFunction, source: str, parent: GraphQLObjectType, selected: Selected) -> str:
        """Add lines that read and complete the field of the object in the variable `source`. Return the value.

        Raises:
            NotPlain: The field is not plain, or there is no room for it.
        """
        if selected[0].node.name.value == "__typename":
            return repr(parent.name)
        definition = self.definition(parent, selected)
        read = None if definition is None else plain_getter(definition)
        if definition is None or read is None:
            raise NotPlain
        value = function.variable()
        is_attribute = isinstance(read, str)
        function.add(f"{value} = " + (f"{source}.{read}" if is_attribute else f"{function.constant(read)}({source})"))
        return self._value(function, value, definition.type, selected)

    def _value(self, function: GeneratedFunction, value: str, type_: GraphQLOutputType, selected: Selected) -> str:
        """Add lines that complete the value in the variable `value`. Return the completed value.

        Raises:
            NotPlain: The value's selection is not plain, or there is no room for it.
        """
        if isinstance(type_, GraphQLNonNull):
            return self._not_null(function, value, type_.of_type, selected)
        with function.block(f"if {value} is not None"):
            function.add(f"{value} = {self._not_null(function, value, type_, selected)}")
        return value

    def _not_null(self, function: GeneratedFunction, value: str, type_: GraphQLOutputType, selected: Selected) -> str:
        """Do as `_value` for a value that must not be None: at None, the lines stop.

        Raises:
            NotPlain: As `_value`.
        """
        if function.depth > MAX_NESTED:
            raise NotPlain
        if isinstance(type_, GraphQLObjectType):
            return self._object(function, value, type_, selected)
        if isinstance(type_, GraphQLList):
            _stop_unless(function, f"type({value}) is list or type({value}) is tuple")
            items, item = function.variable(), function.variable()
            function.add(f"{items} = []")
            with function.block(f"for {item} in {value}"):
                function.add(f"{items}.append({self._value(function, item, type_.of_type, selected)})")
            return items
        if not is_leaf_type(type_):
            raise NotPlain
        add_leaf(function, value, type_)
        return value

    def _has_directives(self, selection_sets: Iterable[SelectionSetNode]) -> bool:
        """Return whether any selection has a directive."""
        return any(node.directives for node, _ in unfold(selection_sets, self.spread_fragments))


def _stop_unless(function: GeneratedFunction, is_usual: str) -> None:
    function.add(f"if not ({is_usual}): raise {function.constant(NotCompilable)}")
