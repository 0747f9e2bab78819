"""Bounds the bytes of answers that a process buffers for clients that do not read."""

from asyncio import Transport
from collections.abc import Iterator
from contextlib import contextmanager

MAX_UNSENT_BYTES = 64 * 1024 * 1024


class UnsentBytes:
    """The transports with full buffers, their bytes, and the messages that wait for such a transport.

    One stalled client keeps at most one answer in its buffer for a bounded time, and a WebSocket also the answers to
    its other operations. Thousands of such clients would fill the memory. If the sum exceeds `most` bytes, the
    transport with the most is closed.
    """

    def __init__(self, most: int = MAX_UNSENT_BYTES) -> None:
        self._most = most
        self._buffered: dict[Transport, int] = {}
        self._waiting: dict[Transport, int] = {}
        self.total = 0

    def add(self, transport: Transport) -> None:
        self.remove(transport)
        self._buffered[transport] = transport.get_write_buffer_size()
        self.total += self._buffered[transport]
        self._make_room()

    def remove(self, transport: Transport) -> None:
        """Remove the transport if it is counted."""
        self.total -= self._buffered.pop(transport, 0)

    @contextmanager
    def waiting(self, transport: Transport, size: int) -> Iterator[None]:
        """Count a message of `size` bytes that waits until the transport's buffer is empty."""
        self._waiting[transport] = self._waiting.get(transport, 0) + size
        self.total += size
        try:
            self._make_room()
            yield
        finally:
            self._leave(transport, size)

    def _leave(self, transport: Transport, size: int) -> None:
        kept = self._waiting.pop(transport, 0)  # 0 after the transport was closed to make room
        self.total -= min(kept, size)
        if kept > size:
            self._waiting[transport] = kept - size

    def _make_room(self) -> None:
        while self.total > self._most:
            largest = max({*self._buffered, *self._waiting}, key=self._of)
            self.remove(largest)
            self._leave(largest, self._of(largest))
            largest.abort()

    def _of(self, transport: Transport) -> int:
        return self._buffered.get(transport, 0) + self._waiting.get(transport, 0)
