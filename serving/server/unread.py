"""How long a connection is kept whose client does not read."""

from asyncio import AbstractEventLoop, BaseProtocol, Protocol, TimerHandle, Transport

from serving.server.unsent import UnsentBytes

UNREAD_BYTES = 64 * 1024
UNNOTICED_BYTES = 16 * 1024  # unsent bytes of a connection that count neither as stalled nor towards those of all


class Bounded(BaseProtocol):
    """A connection that is looked at every second (serving/server/process.py)."""

    def look_at_closing(self) -> None:
        raise NotImplementedError


class ReadDeadline(Bounded, Protocol):
    """Ends a connection whose client has stopped reading. It stands before uvicorn's class among the bases."""

    STALLED_AFTER_S = 15.0
    UNSENT = UnsentBytes()  # of all connections of this process

    loop: AbstractEventLoop
    transport: Transport
    _stalled: TimerHandle | None = None
    _closing_since: float | None = None

    def look_at_closing(self) -> None:
        """Abort a connection that has been closed for STALLED_AFTER_S and still waits for its client to read.

        Called every second. A closed transport with little to send is neither paused nor idle, so no timer ends it.
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
        if self._stalled:  # a socket may be resumed that was paused when it was none
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._stalled:
            self._stalled.cancel()
        self.UNSENT.remove(self.transport)
        super().connection_lost(exc)
