import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from launch.ports import free_port
from tests.waiting import wait_for

ROOT = Path(__file__).parents[2]
HEALTHY = f"{sys.executable} {Path(__file__).with_name('healthy.py')}"


@dataclass(slots=True)
class Supervised:
    """A `tweeter up` of its own; its Procfile's commands write the pids of what they start to `pids`."""

    child: subprocess.Popen[bytes]
    directory: Path
    port: int

    @classmethod
    def start(cls, directory: Path, environment: dict[str, str], commands: Mapping[str, str]) -> Self:
        directory.mkdir(exist_ok=True)
        (directory / "Procfile").write_text("".join(f"{name}: {line}\n" for name, line in commands.items()))
        port = free_port()
        variables = {"PORT": str(port), "FLOWER_PORT": str(free_port()), "DATA_DIR": str(directory / "data")}
        with (directory / "output").open("wb") as output:
            child = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "cli", "up", "--procfile", str(directory / "Procfile")],
                cwd=ROOT,
                env=os.environ | variables | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(child, directory, port)

    def output(self) -> str:
        return (self.directory / "output").read_text()

    def wait_for_output(self, text: str) -> None:
        wait_for(lambda: text in self.output() or self.child.poll() is not None)
        assert text in self.output()

    def pids(self) -> list[int]:
        """Of everything that the commands have told of."""
        return [int(line) for line in (self.directory / "pids").read_text().split()]

    def wait_for_pids(self, count: int) -> list[int]:
        wait_for(lambda: (self.directory / "pids").exists() and len(self.pids()) == count)
        return self.pids()

    def end(self) -> None:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            self.child.wait(15)


def is_alive(pid: int) -> bool:
    """A zombie is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
