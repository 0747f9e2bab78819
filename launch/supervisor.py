"""`tweeter up`: runs all processes in the foreground, and leaves none behind.

Kept by hand: honcho's Manager restarts nothing and leaves orphans (docs/adr/0006-own-supervisor.md).
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from composition.documents import check_documents
from composition.tracing import check_tracing
from launch.banner import address, banner, wait_for_health
from launch.checks import check_ports, check_servers
from launch.children import GRACE_SECONDS, Child, Guard, orphan_reaper, start_child, stop_children
from launch.data import check_data
from launch.embedded import embedded
from launch.make_interrupt import make_has_given_up
from launch.procfile import read_procfile
from launch.restarts import Part
from launch.running import holding, record
from launch.servers import Server
from launch.signals import Signals, StoppedBySignal, listening
from launch.terminal import Terminal
from running import Running
from settings import Settings

PROCFILE = Path(__file__).parent.parent / "Procfile"
POLL_SECONDS = 0.1


def up(settings: Settings, *, procfile: Path = PROCFILE) -> int:
    """Run until told to stop (returns 0) or until a process keeps dying (returns 1).

    Raises:
        LaunchError: A server or process cannot be started.
    """
    commands = read_procfile(procfile)
    settings = settings.replace(data_dir=settings.data_dir.absolute())
    terminal = Terminal(sys.stdout.fileno(), as_json=settings.log_format == "json")
    try:
        with suppress(StoppedBySignal), listening() as signals, holding(settings.data_dir, "up"):
            check_ports(settings)
            check_documents(settings)
            check_tracing(settings)
            check_servers(settings)
            with orphan_reaper() as guard, embedded(settings, say=terminal.say) as (filled, servers):
                for server in servers:
                    guard(server.pid)
                check_data(filled, is_ours=not settings.mongodb_url, say=terminal.say)
                _record(filled)
                supervised = _Supervised(filled, terminal=terminal, signals=signals, guard=guard)
                try:
                    supervised.start(commands, directory=procfile.absolute().parent)
                    return supervised.watch(servers)
                finally:
                    supervised.stop()
        return 0
    finally:
        terminal.close()


def _record(settings: Settings) -> None:
    running = Running(
        command="up",
        pid=os.getpid(),
        web=address(settings),
        mongodb_url=settings.mongodb_url,
        redis_url=settings.redis_url,
        broker_url=settings.broker_url,
    )
    record(settings.data_dir, running)


@dataclass(slots=True)
class _Supervised:
    settings: Settings
    terminal: Terminal
    signals: Signals
    guard: Guard
    children: list[Child] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def start(self, commands: Mapping[str, str], *, directory: Path) -> None:
        self.signals.started = True  # from now on `watch` checks for signals, since an exception could lose a child
        binaries = str(Path(sys.executable).parent)  # the directory of tweeter and celery
        path = os.pathsep.join([binaries, os.environ.get("PATH", os.defpath)])
        # One second less than the grace of the children, so that web can still answer cancelled requests.
        settings = self.settings.replace(stop_within_s=min(self.settings.stop_within_s, int(GRACE_SECONDS) - 1))
        environment = settings.environment() | {"PATH": path, "PYTHONUNBUFFERED": "1"}
        for name, command in commands.items():
            child = start_child(name, command, directory=directory, environment=environment, terminal=self.terminal)
            self.children.append(child)
            self.guard(child.pid)

    def watch(self, servers: Sequence[Server]) -> int:
        Thread(target=self._announce, daemon=True, name="banner").start()
        processes: list[Server | Child] = [*servers, *self.children]
        parts = [Part(each, self.terminal.say, self.guard) for each in processes]
        given_up = make_has_given_up()
        while self.signals.asked_at is None and not given_up():
            for part in parts:
                if reason := part.tend():
                    self.terminal.say(f"{reason}: stopping everything")
                    return 1
            time.sleep(POLL_SECONDS)
        self.terminal.say("stopping")
        return 0

    def stop(self) -> None:
        self.ended.set()
        stop_children(self.children, hurried=lambda: self.signals.hurried)

    def _announce(self) -> None:
        if wait_for_health(self.settings, self.ended):
            self.terminal.say(banner(self.settings))
