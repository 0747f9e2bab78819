"""Ends connections whose clients do not read."""

from asyncio import AbstractEventLoop, BaseProtocol, Protocol, TimerHandle, Transport

from serving.server.unsent import UnsentBytes

UNREAD_BYTES = 64 * 1024
UNNOTICED_BYTES = 16 * 1024  # unsent bytes of a connection that do not count as stalled, nor against the limit of all


class PeriodicallyChecked(BaseProtocol):
    """A connection that serving/server/process.py checks every second."""

    def check_closing(self) -> None:
        raise NotImplementedError


class ReadDeadline(PeriodicallyChecked, Protocol):
    """Ends a connection whose client has stopped reading. List it before uvicorn's class among the bases."""

    STALLED_AFTER_S = 15.0
    UNSENT = UnsentBytes()  # of all connections of this process

    loop: AbstractEventLoop
    transport: Transport
    _stalled: TimerHandle | None = None
    _closing_since: float | None = None

    def check_closing(self) -> None:
        """Abort a connection that has been closing for STALLED_AFTER_S, because its client does not read.

        Called every second. A closing transport with little to send is neither paused nor idle, so no timer ends it.
        """
        if not self.transport.is_closing():
            return
        if self._closing_since is None:
            self._closing_since = self.loop.time()
        elif self.loop.time() >= self._closing_since + self.STALLED_AFTER_S:
            self.transport.abort()

    def pause_writing(self) -> None:
        self._stalled = self.loop.call_later(self.STALLED_AFTER_S, self.transport.abort)
        super().pause_writing()
        self.UNSENT.add(self.transport)

    def resume_writing(self) -> None:
        if self._stalled:  # a WebSocket may be resumed that was paused as plain HTTP
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._stalled:
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().connection_lost(exc)
