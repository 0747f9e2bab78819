import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

# A stop often comes twice at once, from the terminal and from `make`: only a later one is an impatient person's.
SECOND_THOUGHT_SECONDS = 0.5


class Interrupted(BaseException):
    """Asked to stop while still starting."""


@dataclass(slots=True)
class Signals:
    """What SIGINT, SIGTERM and SIGHUP have asked for. Until `started` is set, the first of them raises Interrupted."""

    started: bool = False
    asked_at: float | None = None
    hurried: bool = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.asked_at is None:
            self.asked_at = now
            if not self.started:
                raise Interrupted
        elif number == signal.SIGINT and now - self.asked_at > SECOND_THOUGHT_SECONDS:
            self.hurried = True


@contextmanager
def listening() -> Iterator[Signals]:
    """Must be entered in the main thread."""
    signals = Signals()
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup wishes
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, signals) for number in numbers}
    try:
        yield signals
    finally:
        for number, old in before.items():
            signal.signal(number, old)
