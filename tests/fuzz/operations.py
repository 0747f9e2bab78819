"""Generates an operation for every field of the roots from the schema, so that new fields are included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
)

from schema import schema

DEPTH = 4

SCHEMA: GraphQLSchema = build_schema(schema.as_str())


@dataclass
class Operation:
    """An operation whose arguments are all variables, including those of inner fields."""

    name: str
    query: str = ""
    variables: dict[str, GraphQLInputType] = field(default_factory=dict)


def operations(*roots: str) -> Mapping[str, Operation]:
    found = [one for root in roots for one in _operations(root)]
    return {operation.name: operation for operation in found}


def _operations(root: str) -> Iterator[Operation]:
    kind = SCHEMA.type_map.get(root)
    if isinstance(kind, GraphQLObjectType):
        for name, one in kind.fields.items():
            operation = Operation(f"{root}.{name}")
            selected = _written(operation, name, one, DEPTH)
            declared = [f"${variable}: {of}" for variable, of in operation.variables.items()]
            operation.query = f"{root.lower()} {_in_brackets(declared)} {{ {selected} }}"
            yield operation


def _written(operation: Operation, name: str, one: GraphQLField, depth: int) -> str:
    given = []
    for argument, of in one.args.items():
        variable = f"v{len(operation.variables)}_{argument}"
        operation.variables[variable] = of.type
        given.append(f"{argument}: ${variable}")
    return f"{name}{_in_brackets(given)} {_selection(operation, get_named_type(one.type), depth)}"


def _selection(operation: Operation, kind: Any, depth: int) -> str:
    """Return the selections of a composite type, up to a depth."""
    match kind:
        case GraphQLUnionType() | GraphQLInterfaceType():
            members = SCHEMA.get_possible_types(kind)
            parts = [f"... on {member.name} {_selection(operation, member, depth)}" for member in members]
            return f"{{ __typename {' '.join(parts)} }}"
        case GraphQLObjectType():
            return f"{{ __typename {' '.join(_fields(operation, kind, depth))} }}"
    return ""


def _fields(operation: Operation, kind: GraphQLObjectType, depth: int) -> Iterator[str]:
    for name, one in kind.fields.items():
        if isinstance(get_named_type(one.type), GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            if depth > 1:
                yield _written(operation, name, one, depth - 1)
        else:
            yield _written(operation, name, one, depth)


def _in_brackets(parts: list[str]) -> str:
    return f"({', '.join(parts)})" if parts else ""
