"""Restarts processes that die, and gives up on one that keeps dying."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from launch.children import Child, Guard
from launch.processes import ending
from launch.servers import STOP_SECONDS, Server

DEATHS = 5
WITHIN_SECONDS = 60.0
GONE_SECONDS = 1.0  # a killed process needs a moment to release its port, and a zombie may never be reaped
CANNOT_RUN = (126, 127)  # the shell's exit statuses for a command that is not executable or not found


@dataclass(slots=True)
class Part:
    """A process that is restarted when it dies."""

    process: Child | Server
    say: Callable[[str], None]
    guard: Guard
    _began: float = field(default_factory=time.monotonic)
    _deaths: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))  # monotonic times of deaths
    _how: str = ""  # how it died, until it is restarted

    @property
    def name(self) -> str:
        return self.process.name

    def tend(self) -> str:
        """Restart the process if it has died. This does not block, so call it often.

        Returns:
            The reason to stop everything, or an empty string.
        """
        if not self._how:
            if not self.process.has_ended():
                return ""
            status = self.process.bury()
            self.guard(-self.process.pid)
            if status in CANNOT_RUN and not self._deaths and time.monotonic() - self._began < WITHIN_SECONDS:
                return f"{self.name} {ending(status)}, its command cannot be run"
            if reason := self._died(ending(status)):
                return reason
        return self._start_again()

    def _died(self, how: str) -> str:
        self._how = how
        self._deaths.append(time.monotonic())
        if len(self._deaths) == DEATHS and self._deaths[-1] - self._deaths[0] < WITHIN_SECONDS:
            return f"{self.name} {how}, for the {DEATHS}th time within a minute"
        return ""

    def _start_again(self) -> str:
        dead_for = time.monotonic() - self._deaths[-1]
        if not self.process.is_gone() and dead_for < GONE_SECONDS:
            return ""
        try:
            if not self.process.restart():
                return f"{self.name} {self._how}, and its directory is in use" if dead_for > STOP_SECONDS else ""
        except OSError as error:
            return self._died(f"cannot be started again ({error})")
        self.guard(self.process.pid)
        self.say(f"{self.name} {self._how}: started again")
        self._how = ""
        return ""
