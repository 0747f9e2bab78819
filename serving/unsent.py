"""How many bytes of answers a process keeps for clients that do not read them."""

from asyncio import Transport

MAX_UNSENT_BYTES = 64 * 1024 * 1024


class Unsent:
    """The transports whose buffers are full, and their bytes.

    One stalled client keeps at most one answer, for a bounded time. Thousands of them together would fill the memory.
    Beyond `most` bytes the transport with the most is closed.
    """

    def __init__(self, most: int = MAX_UNSENT_BYTES) -> None:
        self._most = most
        self._bytes: dict[Transport, int] = {}
        self.total = 0

    def add(self, transport: Transport) -> None:
        self.remove(transport)
        self._bytes[transport] = transport.get_write_buffer_size()
        self.total += self._bytes[transport]
        while self.total > self._most:
            largest = max(self._bytes, key=self._bytes.__getitem__)
            self.remove(largest)
            largest.abort()

    def remove(self, transport: Transport) -> None:
        """Do nothing if the transport is not among them."""
        self.total -= self._bytes.pop(transport, 0)
