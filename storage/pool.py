"""Counts the connections of this process to MongoDB, and the operations that wait for one."""

from pymongo.monitoring import (
    ConnectionCheckedInEvent,
    ConnectionCheckedOutEvent,
    ConnectionCheckOutFailedEvent,
    ConnectionCheckOutStartedEvent,
    ConnectionClosedEvent,
    ConnectionCreatedEvent,
    ConnectionPoolListener,
    ConnectionReadyEvent,
    PoolClearedEvent,
    PoolClosedEvent,
    PoolCreatedEvent,
    PoolReadyEvent,
)


class PoolCounts(ConnectionPoolListener):
    """The state of all pools of one client."""

    def __init__(self) -> None:
        self._open = self._in_use = self._waiting = 0

    @property
    def states(self) -> dict[str, int]:
        """The number of connections that are open, those of them in use, and the operations that wait for one."""
        return {"open": self._open, "in_use": self._in_use, "waiting": self._waiting}

    def connection_created(self, event: ConnectionCreatedEvent) -> None:
        self._open += 1

    def connection_closed(self, event: ConnectionClosedEvent) -> None:
        self._open -= 1

    def connection_check_out_started(self, event: ConnectionCheckOutStartedEvent) -> None:
        self._waiting += 1

    def connection_check_out_failed(self, event: ConnectionCheckOutFailedEvent) -> None:
        self._waiting -= 1

    def connection_checked_out(self, event: ConnectionCheckedOutEvent) -> None:
        self._waiting -= 1
        self._in_use += 1

    def connection_checked_in(self, event: ConnectionCheckedInEvent) -> None:
        self._in_use -= 1

    def connection_ready(self, event: ConnectionReadyEvent) -> None: ...

    def pool_created(self, event: PoolCreatedEvent) -> None: ...

    def pool_ready(self, event: PoolReadyEvent) -> None: ...

    def pool_cleared(self, event: PoolClearedEvent) -> None: ...

    def pool_closed(self, event: PoolClosedEvent) -> None: ...
