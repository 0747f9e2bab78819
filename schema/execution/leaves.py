"""Completes scalars and enum values in generated functions.

A usual value is copied, or looked up among the names of its enum. All others take the type's own way, `writer_of`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from types import GeneratorType
from typing import Any

from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)

from compat.strawberry.schema import names_in_enum
from schema.execution.generated import GeneratedFunction

LEAF_TYPES = 500  # whose writers are kept; a schema has some thirty
COPIED: dict[GraphQLLeafType, str] = {
    GraphQLString: "type({0}) is str",
    GraphQLID: "type({0}) is str",
    GraphQLBoolean: "type({0}) is bool",
    GraphQLInt: f"type({{0}}) is int and {GRAPHQL_MIN_INT} <= {{0}} <= {GRAPHQL_MAX_INT}",
}
NEVER_ODD = frozenset({str, int, float, bool, datetime})


class NotCompilable(Exception):
    """The value is an unusual case."""


def add_leaf(function: GeneratedFunction, value: str, type_: GraphQLLeafType) -> None:
    """Add the line that completes the value in the variable `value`, or stops at an unusual one, such as None."""
    write = f"{function.constant(writer_of(type_))}({value})"
    if copied := COPIED.get(type_):
        function.add(f"if not ({copied.format(value)}): {value} = {write}")
    elif enum := names_in_enum(type_):
        kind, names = map(function.constant, enum)
        function.add(f"{value} = {names}[{value}] if type({value}) is {kind} else {write}")
    else:
        function.add(f"{value} = {write}")


@lru_cache(maxsize=LEAF_TYPES)
def writer_of(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    """Return the function that completes any value but an unusual one, of which it raises NotCompilable."""
    write = type_.coerce_output_value

    def complete(value: Any) -> Any:
        if type(value) not in NEVER_ODD and _is_odd(value):
            raise NotCompilable
        written = write(value)
        if type(written) not in NEVER_ODD and _is_odd(written):
            raise NotCompilable
        return written

    return complete


def _is_odd(value: object) -> bool:
    """Return whether graphql-core treats the value specially: nothing, an error or an awaitable."""
    return (
        value is None
        or value is Undefined
        or isinstance(value, Exception | GeneratorType)
        or hasattr(value, "__await__")
    )
