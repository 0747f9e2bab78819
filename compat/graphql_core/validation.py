"""Ends a validation before it has cost too much.

Tried with: graphql-core 3.3.2.
"""

from graphql import GraphQLError, ValidationContext, ValidationRule
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError


def bound_comparisons(most: int) -> None:
    """Limit the comparisons of fields of one name in a validation, for the whole process.

    Why: the default of 500,000 takes half a second. There is no argument for it.
    Upstream: the comment at the constant says that it may be assigned:
    https://github.com/graphql-python/graphql-core/blob/v3.3.2/src/graphql/validation/rules/overlapping_fields_can_be_merged.py
    """
    overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = most


class AbortingRule(ValidationRule):
    """A rule that can abort the validation, and aborts it after `most_errors` errors of all rules.

    Why: `validate(max_errors=…)` is documented, but Strawberry calls it without. A rule cannot end a validation, and
    sees no error of another rule.
    Upstream: https://github.com/graphql-python/graphql-core/blob/v3.3.2/src/graphql/validation/validate.py and
    https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/schema/schema.py (`validate_document`)
    """

    most_errors: int

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._found = 0
        self._report = context.on_error
        context.on_error = self._count  # type: ignore[method-assign]

    def abort(self, problem: str) -> None:
        """Abort the validation by the exception that graphql-core raises after the last error.

        Raises:
            ValidationAbortedError: graphql-core catches it.
        """
        raise ValidationAbortedError(problem)

    def _count(self, error: GraphQLError) -> None:
        self._found += 1
        if self._found > self.most_errors:
            self.abort(f"There are more errors than these {self.most_errors}.")
        self._report(error)
