import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

# Ctrl-C often sends two signals at once, from the terminal and from `make`. Only a later one asks to hurry.
SECOND_THOUGHT_SECONDS = 0.5


class StoppedBySignal(BaseException):
    """A signal asked to stop during the start."""


@dataclass(slots=True)
class Signals:
    """Handles SIGINT, SIGTERM and SIGHUP. Until `started` is set, the first one raises StoppedBySignal."""

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
    """Handle the signals during the context. Call it in the main thread."""
    signals = Signals()
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # ignored under nohup
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, signals) for number in numbers}
    try:
        yield signals
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextmanager
def signals_delayed() -> Iterator[None]:
    """Delay signals until the end of the context. Their exception would lose a child that is just being started."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signal handlers run only in the main thread
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
