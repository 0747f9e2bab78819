"""A request's budget: an operation is priced before it is executed, and what is not cheap waits for its turn."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, NamedTuple

import strawberry
from graphql import GraphQLError, get_operation_ast
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.types import ExecutionContext
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from domain.errors import BadUserInput
from schema.cost import Cost, Pricing, points
from schema.turns import Turns

ASKED = "cost"  # true in a request's extensions asks for the price, which is then in those of the answer


class Priced(NamedTuple):
    cost: Cost
    elsewhere: float  # points of it that are not of this process's time: those of a mutation, not of what it tells


class Budgets:
    """Of one process. An operation costs `limit` points at most.

    Operations above `cheap` are executed `at_once`; those above `dear` one by one, in half of the process's time. So
    are new documents of more than `long` characters parsed and validated.
    """

    def __init__(self, *, limit: int, cheap: int, dear: int, at_once: int, long: int, kept: int) -> None:
        self.limit = limit
        self.turns = Turns(at_once, rest=0)
        self.dear_turns = Turns(1, rest=1)
        self._cheap = cheap
        self._dear = dear
        self._long = long
        self._kept = kept
        self._known: dict[str, dict[str | None, Priced]] = {}  # by text and operation; the text used last is the last

    def limit_of(self, context: ExecutionContext) -> int:
        """A subscription is paid for once and executed with every event."""
        return self._cheap if context.operation_type is OperationType.SUBSCRIPTION else self.limit

    def price(self, context: ExecutionContext) -> int:
        """Of an operation that has been found valid."""
        return points(self._priced(context).cost, context.variables or {})

    def turns_to_prepare(self, context: ExecutionContext) -> Turns | None:
        text = context.query or ""
        return self.dear_turns if len(text) > self._long and text not in self._known else None

    def turns_to_execute(self, context: ExecutionContext) -> Turns | None:
        price = self.price(context) - self._priced(context).elsewhere
        if price <= self._cheap:
            return None
        return self.dear_turns if price > self._dear else self.turns

    def _priced(self, context: ExecutionContext) -> Priced:
        text, name = context.query or "", context.operation_name
        operations = self._known[text] = self._known.pop(text, {})
        if name not in operations:
            pricing = pricing_of(context)
            is_mutation = context.operation_type is OperationType.MUTATION
            operations[name] = Priced(pricing.cost(), elsewhere=pricing.own() if is_mutation else 0)
            if len(self._known) > self._kept:
                del self._known[next(iter(self._known))]
        return operations[name]


class BudgetedSchema(strawberry.Schema):
    """Overrides what Strawberry does before it executes, and around it: in hooks of an extension, this takes 35 µs."""

    budgets: Budgets

    async def _prepare_operation_async(
        self, context: ExecutionContext, extensions_runner: SchemaExtensionsRunner
    ) -> PreExecutionError | None:
        """Errors: NoTurn, and Strawberry's own."""
        async with turn(self.budgets.turns_to_prepare(context), context):
            error = await super()._prepare_operation_async(context, extensions_runner)
            return error or self._refusal(context)

    async def _execute_operation(self, execution_context: ExecutionContext, *args: Any) -> Any:
        """Errors: NoTurn."""
        async with turn(self.budgets.turns_to_execute(execution_context), execution_context):
            return await super()._execute_operation(execution_context, *args)

    def _refusal(self, context: ExecutionContext) -> PreExecutionError | None:
        price, limit = self.budgets.price(context), self.budgets.limit_of(context)
        told = {"price": price, "limit": limit}
        if (context.operation_extensions or {}).get(ASKED) is True:
            context.extensions_results[ASKED] = told
        if price <= limit:
            return None
        path = pricing_of(context).dearest(context.variables or {})
        message = (
            f"The operation costs {price:,} points; at most {limit:,} are allowed. Most of them arise "
            f"{f'in `{path}`' if path else 'at the root'}: ask for fewer items or fields there, or in several requests."
        )
        error = GraphQLError(message, original_error=BadUserInput(message), extensions={ASKED: told})
        return PreExecutionError(data=None, errors=[error])


def turn(turns: Turns | None, context: ExecutionContext) -> AbstractAsyncContextManager[None]:
    return turns.turn(within_s=context.context.timeout_s) if turns else nullcontext()


def pricing_of(context: ExecutionContext) -> Pricing:
    assert context.graphql_document is not None
    operation = get_operation_ast(context.graphql_document, context.operation_name)
    assert operation is not None, "the operation has been found already"
    return Pricing(context.schema._schema, context.graphql_document, operation)
