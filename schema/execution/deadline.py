"""The deadline of an operation."""

import asyncio
from collections.abc import AsyncIterator

import structlog
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

log = structlog.get_logger()


class TookTooLong(Exception):
    """The operation took too long. A write already sent to MongoDB may or may not be made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The operation was stopped after {seconds:g} seconds. A change that it was to make may or may not be made."
        )


class Deadline(SchemaExtension):
    """Cancels a query or a mutation. A subscription has no deadline: it lives as long as its connection."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Execute the operation within the deadline.

        Raises:
            TookTooLong: The deadline has passed.
            TimeoutError: The operation itself raised it.
        """
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
