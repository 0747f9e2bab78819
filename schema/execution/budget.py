"""A request's budget: an operation is priced before it is executed, and what is not cheap waits for its turn."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, NamedTuple

import strawberry
from graphql import DocumentNode, GraphQLError, get_operation_ast
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.types import ExecutionContext
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from domain.errors import BadUserInput
from schema.context import RequestContext
from schema.execution.concurrency import ConcurrencyLimiter, Waiter
from schema.execution.cost import Cost, Pricing, points
from schema.execution.documents import Documents, kept_on
from schema.execution.variables import excess_of_values

ASKED = "cost"  # true in a request's extensions asks for the price, which is then in those of the answer


class Priced(NamedTuple):
    cost: Cost
    elsewhere: float  # points of it that are not of this process's time: those of a mutation, not of what it tells
    reads_pages: bool  # counts towards the rate of reads


class Budgets:
    """Of one process. An operation costs `limit` points at most.

    Operations above `cheap` are executed `at_once`; those above `dear` one by one, in half of the process's time. So
    are new documents of more than `long` characters parsed and validated. For each kind of turn, at most `waiting`
    requests wait, and `waiting_of_one` of one caller.
    """

    def __init__(
        self, *, limit: int, cheap: int, dear: int, at_once: int, long: int, waiting_of_one: int, waiting: int
    ) -> None:
        self.limit = limit
        self.turns = ConcurrencyLimiter(at_once, rest=0, waiting_of_one=waiting_of_one, waiting=waiting)
        self.dear_turns = ConcurrencyLimiter(1, rest=1, waiting_of_one=waiting_of_one, waiting=waiting)
        self._cheap = cheap
        self._dear = dear
        self._long = long

    def limit_of(self, context: ExecutionContext) -> int:
        """A subscription is paid for once and executed with every event."""
        return self._cheap if context.operation_type is OperationType.SUBSCRIPTION else self.limit

    def price(self, context: ExecutionContext) -> int:
        """Of an operation that has been found valid."""
        return points(priced(context).cost, context.variables or {})

    def turns_to_prepare(self, text: str) -> ConcurrencyLimiter | None:
        """Of a document that is not known yet."""
        return self.dear_turns if len(text) > self._long else None

    def turns_to_execute(self, context: ExecutionContext) -> ConcurrencyLimiter | None:
        price = self.price(context) - priced(context).elsewhere
        if price <= self._cheap:
            return None
        return self.dear_turns if price > self._dear else self.turns


class BudgetedSchema(strawberry.Schema):
    """Overrides what Strawberry does before it executes, and around it: in hooks of an extension, this takes 35 µs."""

    budgets: Budgets
    documents: Documents

    async def _prepare_operation_async(
        self, context: ExecutionContext, extensions_runner: SchemaExtensionsRunner
    ) -> PreExecutionError | None:
        """Errors: NoTurn, RateLimited, and Strawberry's own."""
        if problem := excess_of_values(context.variables):
            return PreExecutionError(data=None, errors=[_bad_input(problem)])
        text = context.query or ""
        turns = None if text in self.documents else self.budgets.turns_to_prepare(text)
        async with turn(turns, context):
            error = await super()._prepare_operation_async(context, extensions_runner)
            return error or self._refusal(context)

    async def _execute_operation(self, execution_context: ExecutionContext, *args: Any) -> Any:
        """Errors: NoTurn, RateLimited."""
        turns = self.budgets.turns_to_execute(execution_context)
        if turns and priced(execution_context).reads_pages:
            execution_context.context.expect_reads()  # what will be refused is refused before it waits
        async with turn(turns, execution_context):
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
        return PreExecutionError(data=None, errors=[_bad_input(message, {ASKED: told})])


def _bad_input(message: str, extensions: dict[str, Any] | None = None) -> GraphQLError:
    return GraphQLError(message, original_error=BadUserInput(message), extensions=extensions)


def turn(turns: ConcurrencyLimiter | None, context: ExecutionContext) -> AbstractAsyncContextManager[None]:
    if turns is None:
        return nullcontext()
    asked: RequestContext = context.context
    return turns.turn(Waiter(asked.caller.address, asked.viewer), within_s=asked.services.request_timeout_s)


def priced(context: ExecutionContext) -> Priced:
    """Of the operation that is asked for; kept for each of a document's operations."""
    assert context.graphql_document is not None
    operations = kept_on(context.graphql_document, "prices", _prices)
    name = context.operation_name
    if name not in operations:
        pricing = pricing_of(context)
        is_mutation = context.operation_type is OperationType.MUTATION
        operations[name] = Priced(
            pricing.cost(), elsewhere=pricing.own() if is_mutation else 0, reads_pages=pricing.reads_pages()
        )
    return operations[name]


def pricing_of(context: ExecutionContext) -> Pricing:
    assert context.graphql_document is not None
    operation = get_operation_ast(context.graphql_document, context.operation_name)
    assert operation is not None, "the operation has been found already"
    return Pricing(context.schema._schema, context.graphql_document, operation)


def _prices(_: DocumentNode) -> dict[str | None, Priced]:
    """By name. None is the name of the only operation."""
    return {}
