"""Tweeter's own processes, which a test can start and kill individually."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from launch.ports import free_port
from launch.procfile import read_procfile
from launch.servers import dies_with_parent
from settings import Settings

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Stack:
    settings: Settings
    directory: Path
    at: Path = ROOT  # the working directory of the processes
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    @property
    def environment(self) -> dict[str, str]:
        scripts = Path(sys.executable).parent
        return self.settings.environment() | {"PATH": f"{scripts}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def command(self, name: str) -> str:
        """Return the command of the Procfile process."""
        return read_procfile(ROOT / "Procfile")[name]

    def start(self, name: str) -> None:
        with (self.directory / f"{name}.log").open("ab") as output:
            self.running[name] = subprocess.Popen(
                dies_with_parent(["/bin/sh", "-c", f"exec {self.command(name)}"]),
                cwd=self.at,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Send SIGKILL to the process and all its children."""
        child = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def end(self, name: str, seconds: float = 30) -> None:
        """Send SIGTERM to the process, like its supervisor."""
        child = self.running.pop(name)
        child.terminate()
        child.wait(seconds)

    def command_line(self, name: str) -> str:
        """Return the command line, which every user of the machine can see."""
        return Path(f"/proc/{self.running[name].pid}/cmdline").read_text()

    def log(self, name: str) -> str:
        return (self.directory / f"{name}.log").read_text(errors="replace")

    def wait_until_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not self._is_ready():  # ends: at the deadline
            assert self.running["web"].poll() is None, self.log("web")
            assert time.monotonic() < deadline, self.log("web")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/readyz").status_code == 200
        return False

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)


@contextmanager
def stack(settings: Settings, directory: Path, *names: str) -> Iterator[Stack]:
    """Start the named processes of the Procfile, on free ports."""
    filled = settings.replace(port=free_port(), flower_port=free_port(), data_dir=directory)
    started = Stack(filled, directory)
    try:
        for name in names:
            started.start(name)
        if "web" in names:
            started.wait_until_ready()
        yield started
    finally:
        started.stop()
