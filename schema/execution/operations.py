"""The choice of the operation to execute."""

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
    """Refuses requests that do not name one of several operations. Strawberry would execute the first."""

    def on_parse(self) -> Iterator[None]:
        """Check the parsed document.

        Raises:
            NoOperationNamed: The document has several operations, and the request names none of them.
        """
        yield
        context = self.execution_context
        if context.graphql_document is None or names_operation(context):
            return
        if sum(isinstance(one, OperationDefinitionNode) for one in context.graphql_document.definitions) > 1:
            raise NoOperationNamed(None)
