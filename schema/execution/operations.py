"""Which operation of a document is meant."""

from collections.abc import Iterator

from graphql import OperationDefinitionNode
from strawberry.extensions import SchemaExtension

from compat.strawberry.results import CannotGetOperationTypeError
from compat.strawberry.schema import names_operation


class NoOperationNamed(CannotGetOperationTypeError):
    """The document has several operations, and the request names none of them."""

    def as_http_error_reason(self) -> str:
        return "The document has several operations: `operationName` must say which one is meant."


class OneOperation(SchemaExtension):
    """Without it, the first of several would be taken."""

    def on_parse(self) -> Iterator[None]:
        """Errors: NoOperationNamed."""
        yield
        context = self.execution_context
        if context.graphql_document is None or names_operation(context):
            return
        if sum(isinstance(one, OperationDefinitionNode) for one in context.graphql_document.definitions) > 1:
            raise NoOperationNamed(None)
