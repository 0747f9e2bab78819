"""How Strawberry says that nothing was executed: a class of results, and what `Schema.execute` raises.

Why: `Schema.execute` and `Schema.stream` are documented, but these are not. They distinguish a refusal from the result
of an operation, and an operation of the wrong kind from an invalid one.
Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/execution.py and
https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/schema/exceptions.py
Tried with: strawberry-graphql 0.341.2.
"""

from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ParseOptions, PreExecutionError

__all__ = ["CannotGetOperationTypeError", "InvalidOperationTypeError", "ParseOptions", "PreExecutionError"]
