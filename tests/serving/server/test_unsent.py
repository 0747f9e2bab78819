"""Of all clients that do not read, the one with the most unsent bytes is disconnected."""

import asyncio

from serving.server.unsent import UnsentBytes


class Stalled(asyncio.Transport):
    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self._size

    def abort(self) -> None:
        self.is_aborted = True


def test_the_connection_with_the_most_is_closed() -> None:
    unsent = UnsentBytes(100)
    stalled = [Stalled(size) for size in (10, 60, 25, 20)]
    for transport in stalled:
        unsent.add(transport)
    assert [transport.is_aborted for transport in stalled] == [False, True, False, False]
    assert unsent.total == 55


def test_waiting_messages_count_for_their_connection() -> None:
    unsent = UnsentBytes(100)
    large, small = Stalled(60), Stalled(10)
    for transport in (large, small):
        unsent.add(transport)
    with unsent.waiting(small, 55):
        assert (large.is_aborted, small.is_aborted) == (False, True)
        assert unsent.total == 60
    assert unsent.total == 60
