"""The budget of a request: operations are priced before they are executed, and expensive ones wait for a turn."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from typing import Any, NamedTuple, TypeAlias

import strawberry
from graphql import DocumentNode, GraphQLError, get_operation_ast
from strawberry.extensions import SchemaExtension
from strawberry.schema import BaseSchema
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from compat.strawberry.extensions import QuickRunner
from compat.strawberry.results import PreExecutionError
from compat.strawberry.schema import graphql_schema
from domain.errors import BadUserInput
from schema.context import RequestContext
from schema.execution.concurrency import ConcurrencyLimiter, Waiter
from schema.execution.cost import Cost, Pricing, points
from schema.execution.documents import Documents, kept_on
from schema.execution.variables import excess_of_values

StreamResult: TypeAlias = AsyncGenerator[Any, None]

ASKED = "cost"  # if true in the request's extensions, the answer's extensions have the price


class Priced(NamedTuple):
    cost: Cost
    mutation_points: float  # points of a mutation's root fields, which are not spent in this process
    reads_pages: bool  # counts against the rate limit of reads


class Budgets:
    """The limits of one process. An operation costs at most `limit` points.

    Of operations above `cheap`, `at_once` are executed concurrently. Those above `dear` are executed one at a time, in
    half of the process's time. New documents of more than `long` characters are parsed and validated in the same way.
    For each kind of turn, at most `waiting` requests wait, and `waiting_of_one` of one caller.
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
        """Return the most points that the operation may cost. A subscription pays once for all of its events."""
        return self._cheap if context.operation_type is OperationType.SUBSCRIPTION else self.limit

    def price(self, context: ExecutionContext) -> int:
        """Return the points of a valid operation."""
        return points(priced(context).cost, context.variables or {})

    def turns_to_prepare(self, text: str) -> ConcurrencyLimiter | None:
        """Return the limiter for parsing and validating an unknown document, or None if it need not wait."""
        return self.dear_turns if len(text) > self._long else None

    def turns_to_execute(self, context: ExecutionContext) -> ConcurrencyLimiter | None:
        price = self.price(context) - priced(context).mutation_points
        if price <= self._cheap:
            return None
        return self.dear_turns if price > self._dear else self.turns


class Budget(SchemaExtension):
    """Refuses operations that cost too much before they are executed, and lets expensive ones wait for a turn.

    It is the first extension of the schema, so its hooks surround those of the others. While an operation waits for its
    turn, it has not begun and its deadline does not run.
    """

    def __init__(self) -> None:
        self._price: dict[str, Any] = {}
        self._end_preparing: Callable[[], None] | None = None

    async def on_operation(self) -> AsyncIterator[None]:
        """Wait for a turn to parse and validate the document, if it is new and long.

        Raises:
            GraphQLError: The variables hold too many values.
            NoTurn: No turn came in time.
            TooManyWaiting: Too many requests wait.
        """  # noqa: DOC501  # `_bad_input` makes the GraphQLError
        context = self.execution_context
        if problem := excess_of_values(context.variables):
            raise _bad_input(problem)
        turns = self._turns_to_prepare(context.query or "")
        if turns is None:
            yield
            return
        self._end_preparing = await turns.take(*_waiting(context))
        try:
            yield
        finally:
            self._finish_preparing()

    def on_validate(self) -> Iterator[None]:
        """Refuse a valid operation that costs too much.

        Raises:
            GraphQLError: The operation costs too much.
        """
        yield
        self._finish_preparing()
        if not self.execution_context.pre_execution_errors:
            self._refuse_dear()

    async def on_execute(self) -> AsyncIterator[None]:
        """Wait for a turn to execute the operation, if it is expensive.

        Raises:
            NoTurn: No turn came in time.
            TooManyWaiting: Too many requests wait.
            RateLimited: The caller has read too much.
        """
        context = self.execution_context
        turns = _budgets(context).turns_to_execute(context)
        if turns is None:
            yield
            return
        if priced(context).reads_pages:
            context.context.expect_reads()  # refuses before the wait what it would refuse after it
        async with turns.turn(*_waiting(context)):
            yield

    def get_results(self) -> dict[str, Any]:
        """Return the price, if the request asked for it."""
        return self._price

    def _turns_to_prepare(self, text: str) -> ConcurrencyLimiter | None:
        schema = _budgeted(self.execution_context)
        return None if text in schema.documents else schema.budgets.turns_to_prepare(text)

    def _finish_preparing(self) -> None:
        end, self._end_preparing = self._end_preparing, None
        if end is not None:
            end()

    def _refuse_dear(self) -> None:
        context = self.execution_context
        budgets = _budgets(context)
        price, limit = budgets.price(context), budgets.limit_of(context)
        told = {"price": price, "limit": limit}
        if (context.operation_extensions or {}).get(ASKED) is True:
            self._price = {ASKED: told}
        if price <= limit:
            return
        path = pricing_of(context).dearest(context.variables or {})
        message = (
            f"The operation costs {price:,} points; at most {limit:,} are allowed. Most of them arise "
            f"{f'in `{path}`' if path else 'at the root'}: ask for fewer items or fields there, or in several requests."
        )
        raise _bad_input(message, {ASKED: told})


class BudgetedSchema(strawberry.Schema):
    """A schema with the extension Budget. It holds the budgets and the known documents."""

    budgets: Budgets
    documents: Documents

    def create_extensions_runner(
        self, execution_context: ExecutionContext, extensions: list[SchemaExtension]
    ) -> QuickRunner:
        return QuickRunner(execution_context, extensions)

    async def stream(self, *args: Any, **kwargs: Any) -> StreamResult:
        """Return the results. An error that an extension raises before execution becomes a result, too.

        Strawberry's `stream` raises such an error, while its `execute` turns it into a result.
        """
        return self._with_refusals(await super().stream(*args, **kwargs))

    async def _with_refusals(self, results: StreamResult) -> StreamResult:
        try:
            async with aclosing(results):
                async for result in results:
                    yield result
        except Exception as error:
            yield PreExecutionError(data=None, errors=[refusal_of(error, self)])


def refusal_of(error: Exception, schema: BaseSchema) -> GraphQLError:
    """Return the result for an error that was raised before anything was executed."""
    told = error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
    schema.process_errors([told])
    return told


def _budgeted(context: ExecutionContext) -> BudgetedSchema:
    assert isinstance(context.schema, BudgetedSchema), "only a BudgetedSchema has the extension"
    return context.schema


def _budgets(context: ExecutionContext) -> Budgets:
    return _budgeted(context).budgets


def _bad_input(message: str, extensions: dict[str, Any] | None = None) -> GraphQLError:
    return GraphQLError(message, original_error=BadUserInput(message), extensions=extensions)


def _waiting(context: ExecutionContext) -> tuple[Waiter, float]:
    """Return the caller as a waiter, and the longest wait in seconds."""
    asked: RequestContext = context.context
    return Waiter(asked.caller.address, asked.viewer), asked.services.request_timeout_s


def priced(context: ExecutionContext) -> Priced:
    """Return the price of the requested operation. It is kept on the document, for each operation."""
    assert context.graphql_document is not None
    operations = kept_on(context.graphql_document, "prices", _prices)
    name = context.operation_name
    if name not in operations:
        pricing = pricing_of(context)
        is_mutation = context.operation_type is OperationType.MUTATION
        operations[name] = Priced(
            pricing.cost(), mutation_points=pricing.own() if is_mutation else 0, reads_pages=pricing.reads_pages()
        )
    return operations[name]


def pricing_of(context: ExecutionContext) -> Pricing:
    assert context.graphql_document is not None
    operation = get_operation_ast(context.graphql_document, context.operation_name)
    assert operation is not None, "an earlier step found the operation"
    return Pricing(graphql_schema(context.schema), context.graphql_document, operation)


def _prices(_: DocumentNode) -> dict[str | None, Priced]:
    """Return an empty dict of prices by operation name. None is the name of the only operation."""
    return {}
