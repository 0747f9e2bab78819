import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

# A stop often comes twice at once, from the terminal and from `make`: only a later one is an impatient person's.
SECOND_THOUGHT_SECONDS = 0.5


class StoppedBySignal(BaseException):
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
                raise StoppedBySignal
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


@contextmanager
def undisturbed() -> Iterator[None]:
    """A signal waits until the end: the exception that it raises would lose the child that is just being started."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no handler runs here
        return
    waiting: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: waiting.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if callable(signal.getsignal(number))
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for each in waiting:
            signal.raise_signal(each)
