"""The internals of Strawberry's schema: graphql-core's schema, and the definitions of types and fields.

Tried with: strawberry-graphql 0.341.2.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, cast

import strawberry
from graphql import FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLLeafType, GraphQLObjectType, GraphQLSchema
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.types import ExecutionContext
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE
from strawberry.types.field import StrawberryField

# The attribute that `strawberry.cast` gives an object: its type, which overrides that of the class.
# Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/cast.py
CAST_ATTRIBUTE = TYPE_CAST_ATTRIBUTE


def graphql_schema(schema: object) -> GraphQLSchema:
    """Return graphql-core's schema. Validation and pricing walk its types.

    Why: Strawberry offers only the text. A schema built from the text has lost the definitions of its fields.
    Upstream: https://github.com/strawberry-graphql/strawberry/issues/2590, where its maintainers name `_schema`.
    """
    return cast(GraphQLSchema, schema._schema)  # type: ignore[attr-defined]


def selected_nodes(info: strawberry.Info[Any, Any]) -> tuple[Sequence[FieldNode], dict[str, FragmentDefinitionNode]]:
    """Return the nodes that select the current field, and the fragments of the document.

    Why: the documented `info.selected_fields` converts everything below the field, and each fragment as often as it is
    spread. Fragments that double each other take exponential time, without a bound. A plain page takes three times as
    long (12 against 4 µs).
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/nodes.py
    """
    raw = info._raw_info
    return raw.field_nodes, raw.fragments


def names_operation(context: ExecutionContext) -> bool:
    """Return whether the request itself names its operation.

    Why: the documented `operation_name` falls back to the first operation's name, so that a request with several
    operations and no name looks like one that names the first.
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/execution.py
    """
    return context._provided_operation_name is not None


def describe_enum_value(enum: type[Enum], value: Enum, description: str) -> None:
    """Describe one value of an enum that `strawberry.enum` has been called with, before a schema is made of it.

    Why: Strawberry takes descriptions only from the values themselves (`strawberry.enum_value`), and the domain, which
    defines these enums, knows no GraphQL.
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/enum.py
    """
    (found,) = [each for each in enum.__strawberry_definition__.values if each.name == value.name]  # type: ignore[attr-defined]
    found.description = description


def has_resolver(field: GraphQLField) -> bool:
    """Return whether a function resolves the field, and not an attribute. False for fields of introspection."""
    definition = _field_definition(field)
    return definition is not None and definition.base_resolver is not None


def plain_getter(field: GraphQLField) -> str | Callable[[Any], Any] | None:
    """Return the attribute or the function that has the field's value, or None if that takes more than an object.

    A resolver that takes nothing but its object counts as an attribute. Permissions are extensions of a field.
    Why: compiling a selection needs the getter (schema/execution/compiled.py).
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/field.py
    """
    definition = _field_definition(field)
    if definition is None or definition.extensions:
        return None
    resolver = definition.base_resolver
    if resolver is None:
        return definition.python_name if definition.default_resolver is getattr else None
    takes_its_object = list(resolver.signature.parameters) == ["self"] and not resolver.is_async
    return cast("Callable[[Any], Any]", resolver.wrapped_func) if takes_its_object else None


def names_in_enum(type_: GraphQLLeafType) -> tuple[type[Enum], dict[Enum, str]] | None:
    """Return the class of an enum and the names of its members in answers. None for another type.

    Why: the enum's own `coerce_output_value` compares a value with each member in turn.
    Upstream: `CustomGraphQLEnumType` in
    https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/schema/schema_converter.py
    """
    if not isinstance(type_, CustomGraphQLEnumType):
        return None
    members = cast("type[Enum]", type_.wrapped_cls)
    return members, {member: type_.coerce_output_value(member) for member in members}


def plain_class(type_: GraphQLObjectType) -> type | None:
    """Return the class whose objects always have the type, or None. It is None for introspection's types, too."""
    definition: StrawberryObjectDefinition | None = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None or definition.is_type_of:
        return None
    is_odd = issubclass(definition.origin, Exception) or hasattr(definition.origin, "__await__")
    return None if is_odd else definition.origin


def _field_definition(field: GraphQLField) -> StrawberryField | None:
    """Return Strawberry's definition of the field.

    Why: the documented `Schema.get_field_for_type` searches the type's fields, and needs the Strawberry schema, which
    an executor does not have.
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/schema/schema_converter.py
    """
    return cast("StrawberryField | None", field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF))
