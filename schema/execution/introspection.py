"""Switches introspection off.

Kept by hand: Strawberry's DisableIntrospection applies to all clients, and keeps the suggestions of names.
"""

import re
from collections.abc import Iterable, Iterator

from graphql import GraphQLError, NoSchemaIntrospectionCustomRule
from strawberry.extensions import SchemaExtension

_SUGGESTION = re.compile(r" ?Did you mean .*", re.DOTALL)


class Introspection(SchemaExtension):
    """Refuses introspection if the context says so, but never `__typename`, which clients' caches need."""

    def on_operation(self) -> Iterator[None]:
        if not self.execution_context.context.services.may_introspect:
            self.execution_context.validation_rules += (NoSchemaIntrospectionCustomRule,)
        yield


def hide_suggestions(errors: Iterable[GraphQLError]) -> None:
    """Remove suggestions from errors. They would reveal the schema to clients that guess names."""
    for error in errors:
        error.message = _SUGGESTION.sub("", error.message)
