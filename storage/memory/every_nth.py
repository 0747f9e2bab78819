"""Counts calls in this process."""


class EveryNth:
    """Tells of every nth call."""

    def __init__(self, n: int) -> None:
        self._n = n
        self._calls = 0

    def count(self) -> bool:
        """Count a call. Return whether it is an nth one."""
        self._calls = (self._calls + 1) % self._n
        return self._calls == 0
