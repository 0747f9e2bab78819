"""Selections of plain attributes, compiled once per document. All else is graphql-core's.

For each field of each object graphql-core works out anew what is selected, how it is resolved, where it stands, and
whether it must be awaited. In a plain selection (attributes, and resolvers that take nothing but their object; nowhere
in it an argument, directive, union or interface) the answers never differ: it becomes closures that copy attributes
into a dict. They know the good case alone. Whatever is unusual (a null where none may be, an error of a scalar,
something to await, an object of another type) ends them, and graphql-core executes the same selection from its start,
errors and all: to read attributes twice does no harm.

It leans on what graphql-core and Strawberry do inside, so both are pinned. tests/schema/execution/test_compiled.py
compares it with them over generated documents.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
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
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
    SelectionSetNode,
    Undefined,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path
from strawberry.execution import optimized_is_awaitable as is_awaitable
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.cast import get_strawberry_type_cast
from strawberry.types.field import StrawberryField

from schema.execution.documents import kept_on
from schema.execution.fragments import below, unfold
from schema.execution.unawaited import ClosingExecution

Complete = Callable[[Any], Any]  # an attribute's value to what stands in the answer
Key = tuple[object, ...]

DEFINITION = GraphQLCoreConverter.DEFINITION_BACKREF
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


class CompiledExecution(ClosingExecution):
    """Keeps what it compiles on the document, with which it goes. graphql-core executes what has no room there."""

    _compiled: Compiled

    @classmethod
    def build(cls, schema: GraphQLSchema, document: DocumentNode, *args: Any, **kwargs: Any) -> Any:
        executor = super().build(schema, document, *args, **kwargs)
        if isinstance(executor, cls):
            executor._compiled = kept_on(document, "compiled", Compiled)
        return executor

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        key = (return_type, *(id(details.node) for details in field_details_list))
        try:
            complete = self._compiled.objects[key]
        except KeyError:
            complete = self._compile(key, return_type, field_details_list)
        if complete is not None and position_context is None:  # or else it stands below a @defer
            try:
                return complete(result)
            except Exception:  # noqa: S110  # graphql-core meets it again, and knows what to do
                pass
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)

    def _compile(self, key: Key, type_: GraphQLObjectType, details: FieldDetailsList) -> Complete | None:
        if self._compiled.room <= 0:
            return None
        complete = self._compiled.objects[key] = self._compile_object(type_, details)
        return complete

    def _compile_object(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Complete | None:
        """Returns None if the selection is not plain, or if there is no room for it."""
        self._compiled.room -= 1
        selections = below(field.node for field in details)
        origin = self._class_of(type_)
        if origin is None or self._has_directives(selections):
            return None
        grouped = self.collect_subfields(type_, details).grouped_field_set
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
            if type(source) is not origin or get_strawberry_type_cast(source) is not None:
                raise NotCompilable
            completed = {}
            for name, get, plain, complete_value in fields:
                value = get(source)
                completed[name] = value if type(value) is plain else complete_value(value)
            return completed

        return complete

    def _class_of(self, type_: GraphQLObjectType) -> type | None:
        """Whose objects are of the type without further question; None for types of introspection, too."""
        definition: StrawberryObjectDefinition | None = type_.extensions.get(DEFINITION)
        if definition is None or definition.is_type_of or self.middleware_manager is None:
            return None
        is_odd = issubclass(definition.origin, Exception) or hasattr(definition.origin, "__await__")
        return None if is_odd or self.middleware_manager.middlewares else definition.origin

    def _compile_field(
        self, parent: GraphQLObjectType, details: FieldDetailsList
    ) -> tuple[Complete, type | None, Complete] | None:
        """How to get the value, the type whose values stand in the answer as they are, and what to do with others."""
        name = details[0].node.name.value
        if name == "__typename":
            return lambda _: parent.name, str, str
        definition = self.schema.get_field(parent, name)
        if definition is None:
            return None
        get = _getter(definition.extensions[DEFINITION])
        complete = self._compile_type(definition.type, details) if get is not None else None
        if get is None or complete is None:
            return None
        of = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
        return get, WRITTEN_AS_THEY_ARE.get(of), complete

    def _compile_type(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        if isinstance(type_, GraphQLNonNull):
            return self._compile_type_of_values(type_.of_type, details)
        complete = self._compile_type_of_values(type_, details)
        return None if complete is None else lambda value: None if value is None else complete(value)

    def _compile_type_of_values(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        """What the result does with None does not matter, but that it raises."""
        if isinstance(type_, GraphQLObjectType):
            return self._compile_object(type_, details)
        if isinstance(type_, GraphQLList):
            complete = self._compile_type(type_.of_type, details)
            return None if complete is None else _list_of(complete)
        return self._leaf(type_) if is_leaf_type(type_) else None

    def _leaf(self, type_: GraphQLLeafType) -> Complete:
        write = type_.coerce_output_value

        def complete(value: Any) -> Any:
            if value is None or value is Undefined or isinstance(value, Exception) or is_awaitable(value):
                raise NotCompilable
            written = write(value)
            if written is None or written is Undefined or is_awaitable(written):
                raise NotCompilable
            return written

        return complete

    def _has_directives(self, selection_sets: Iterable[SelectionSetNode]) -> bool:
        """Whether what is collected from the selection sets depends on any."""
        return any(node.directives for node, _ in unfold(selection_sets, self.fragment_definitions))


def _getter(field: StrawberryField) -> Complete | None:
    """None for a field that does more than it takes to read an attribute: permissions are extensions, too."""
    resolver = field.base_resolver
    if field.extensions or (resolver is None and field.default_resolver is not getattr):
        return None
    if resolver is None:
        return attrgetter(field.python_name)
    return resolver if list(resolver.signature.parameters) == ["self"] and not resolver.is_async else None


def _list_of(complete: Complete) -> Complete:
    def complete_list(values: Any) -> list[Any]:
        if type(values) is not list and type(values) is not tuple:
            raise NotCompilable
        return [complete(value) for value in values]

    return complete_list
