"""Results of a stream that say that nothing was executed.

Why: `Schema.stream` is documented, and the class by which it tells a refusal from a result is not.
Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/types/execution.py
Tried with: strawberry-graphql 0.341.2.
"""

from strawberry.types.execution import ParseOptions, PreExecutionError

__all__ = ["ParseOptions", "PreExecutionError"]
