"""Ends a process whose event loop is stuck, so that its supervisor starts it again.

Liveness is measured in the loop itself. uvicorn's supervisor cannot see a stuck loop, because a thread answers it.
"""

import asyncio
import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, get_ident

STDERR = 2
TICKS = 20  # of the watching thread, until a stuck loop ends the process
STUCK = 70  # exit status: EX_SOFTWARE
CPU_SHARE = 2.0  # of `stuck_s`, in seconds of processor time, which includes that of other threads


@contextmanager
def watching(loop: asyncio.AbstractEventLoop, *, stuck_s: float) -> Iterator[None]:
    """Watch the running loop of this thread, which must be the main thread.

    If the loop does not run for `stuck_s` seconds, log all stacks to standard error and end the process. The time is
    counted in ticks of the watching thread, which stop while the process or the machine is suspended.

    A loop stuck in C code that holds the GIL stops that thread, too. So each tick also sets an alarm in processor time,
    which the system delivers and faulthandler handles without the GIL.
    """
    over = Event()
    watch = Thread(target=_watch, args=(loop, over, stuck_s, get_ident()), daemon=True, name="watchdog")
    # Chained to the default action, which ends the process.
    faulthandler.register(signal.SIGVTALRM, file=STDERR, all_threads=True, chain=True)
    _set_alarm(stuck_s)  # in case the loop is stuck before the first tick
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        faulthandler.unregister(signal.SIGVTALRM)


def _watch(loop: asyncio.AbstractEventLoop, over: Event, stuck_s: float, watched: int) -> None:
    beat = Event()
    missed = 0
    while not over.wait(stuck_s / TICKS):
        _set_alarm(stuck_s)
        missed = 0 if beat.is_set() else missed + 1
        if missed > TICKS:
            _end(f"The event loop of process {os.getpid()} has been stuck for {stuck_s:g} seconds: ending the process.")
        if missed <= 1:
            beat.clear()
            loop.call_soon_threadsafe(beat.set)


def _set_alarm(stuck_s: float) -> None:
    signal.setitimer(signal.ITIMER_VIRTUAL, stuck_s * CPU_SHARE)


def _end(reason: str) -> None:
    os.write(STDERR, f"{reason}\n".encode())  # not a logger, since the loop may be waiting for its lock
    faulthandler.dump_traceback(file=STDERR, all_threads=True)
    os._exit(STUCK)
