"""Which operations need no other read to look up the session."""

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, get_operation_ast
from strawberry.types.graphql import OperationType

from schema.execution.documents import kept_on

CHECKING = {"feed"}  # root fields whose read checks the claim of the context
OTHERS = {"__typename"}  # root fields that show nothing of the viewer


def checks_claim(document: DocumentNode, operation_name: str | None) -> bool:
    """Return whether executing the operation checks the claim, unless it fails, and shows nothing to others."""
    operation = get_operation_ast(document, operation_name)
    return operation is not None and kept_on(operation, "checks_claim", _checks_claim)


def _checks_claim(operation: OperationDefinitionNode) -> bool:
    if operation.operation.value != OperationType.QUERY.value:
        return False
    fields = operation.selection_set.selections
    names = {field.name.value if isinstance(field, FieldNode) else None for field in fields}
    return not CHECKING.isdisjoint(names) and names <= CHECKING | OTHERS
