"""Who may read the schema from the server itself.

Kept by hand: Strawberry's DisableIntrospection applies to all clients, and keeps the suggestions of names.
"""

import re
from collections.abc import Iterable, Iterator

from graphql import GraphQLError, NoSchemaIntrospectionCustomRule
from strawberry.extensions import SchemaExtension

_SUGGESTION = re.compile(r" ?Did you mean .*", re.DOTALL)


class Introspection(SchemaExtension):
    """Refused where the context says so; `__typename`, which clients' caches live on, is not."""

    def on_operation(self) -> Iterator[None]:
        if not self.execution_context.context.services.may_introspect:
            self.execution_context.validation_rules += (NoSchemaIntrospectionCustomRule,)
        yield


def hide_suggestions(errors: Iterable[GraphQLError]) -> None:
    """Who guesses names is told the right ones, and so the schema, one by one."""
    for error in errors:
        error.message = _SUGGESTION.sub("", error.message)
