"""The schema, and the form of its errors."""

from functools import partial

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from compat.strawberry.results import CannotGetOperationTypeError, InvalidOperationTypeError
from domain.errors import (
    BadUserInput,
    Interrupted,
    NeedsMigration,
    PicturesUnavailable,
    RateLimited,
    Unauthenticated,
)
from schema import notifications
from schema.errors import exception_handlers
from schema.execution.budget import Budget, BudgetedSchema
from schema.execution.compiled import CompiledExecutor
from schema.execution.deadline import Deadline, TookTooLong
from schema.execution.documents import Documents, KnownDocuments
from schema.execution.introspection import Introspection, hide_suggestions
from schema.execution.limits import BUDGETS, MAX_MESSAGE_CHARACTERS, DocumentLimits
from schema.execution.masking import MASK, internal
from schema.execution.operations import OneOperation
from schema.execution.redaction import without_values
from schema.graph import Post, User
from schema.mutation import Mutation
from schema.query import Query
from schema.scalars import SCALARS
from schema.subscription import Subscription

WRONG_TRANSPORT = (
    "This kind of operation cannot be answered in this way: queries and mutations come by POST and accept "
    "application/json, subscriptions accept text/event-stream or multipart/mixed."
)
DOCUMENTS = Documents()
EXTENSIONS = (Budget, OneOperation, Deadline, Introspection, DocumentLimits, partial(KnownDocuments, DOCUMENTS))

log = structlog.get_logger()


class CodedSchema(BudgetedSchema):
    """Gives every error an `extensions.code`. Masks unexpected errors and logs their tracebacks."""

    budgets = BUDGETS
    documents = DOCUMENTS

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        refused = (execution_context.pre_execution_errors if execution_context else None) or []
        if execution_context is not None and not execution_context.context.services.may_introspect:
            hide_suggestions(errors)
        for error in errors:
            if isinstance(error.original_error, InvalidOperationTypeError):
                error.message = WRONG_TRANSPORT
            error.message = error.message[:MAX_MESSAGE_CHARACTERS]
            code = code_of(error, is_refused=any(error is one for one in refused))
            if isinstance(error.original_error, TookTooLong):
                error.extensions = internal()
            elif isinstance(error.original_error, PicturesUnavailable):
                log.warning("media.store_away", path=error.path, reason=error.original_error.reason)
                error.extensions = {**internal(), "retryAfter": error.original_error.retry_after}
            elif code == "INTERNAL":
                log.error("graphql.internal", path=error.path, exc_info=error.original_error or error)
                error.message, error.extensions = MASK, internal()
            else:
                error.message = without_values(error.message)
                error.extensions = {**(error.extensions or {}), "code": code}
                if isinstance(error.original_error, RateLimited):
                    error.extensions["retryAfter"] = error.original_error.retry_after
                if isinstance(error.original_error, Interrupted):
                    error.extensions["retryAfterMs"] = error.original_error.retry_after_ms


def code_of(error: GraphQLError, *, is_refused: bool) -> str:
    """`is_refused`: the document was turned away before anything was executed."""
    match error.original_error:
        case Unauthenticated():
            return "UNAUTHENTICATED"
        case BadUserInput() | MissingQueryError() | CannotGetOperationTypeError() | InvalidOperationTypeError():
            return "BAD_USER_INPUT"
        case RateLimited():
            return "RATE_LIMITED"
        case NeedsMigration():
            return "NEEDS_MIGRATION"
        case Interrupted():
            return "INTERRUPTED"
        case None if isinstance(error, GraphQLSyntaxError):
            return "GRAPHQL_PARSE_FAILED"
        case None if is_refused:
            return "GRAPHQL_VALIDATION_FAILED"
        case None | GraphQLError() if error.path is None:  # a variable that does not fit its type
            return "BAD_USER_INPUT"
    return "INTERNAL"


schema = CodedSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[User, Post, *notifications.TYPES],
    extensions=EXTENSIONS,
    execution_context_class=CompiledExecutor,
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=exception_handlers(),
)
