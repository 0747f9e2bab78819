"""How long an operation may work."""

import asyncio
from collections.abc import AsyncIterator

import structlog
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

log = structlog.get_logger()


class TookTooLong(Exception):
    """A write that has left for MongoDB is not called back, so that nobody knows whether it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The operation was stopped after {seconds:g} seconds. A change that it was to make may or may not be made."
        )


class Deadline(SchemaExtension):
    """Cancels a query or a mutation; a subscription lives for as long as its connection."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Errors: TookTooLong."""
        if self.execution_context.operation_type is OperationType.SUBSCRIPTION:
            yield
            return
        seconds = self.execution_context.context.services.request_timeout_s
        try:
            async with asyncio.timeout(seconds) as deadline:
                yield
        except TimeoutError:
            if not deadline.expired():
                raise
            log.warning("graphql.took_too_long", seconds=seconds)
            raise TookTooLong(seconds) from None
