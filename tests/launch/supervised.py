import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from launch.ports import free_port
from running import Running
from tests.waiting import wait_for

ROOT = Path(__file__).parents[2]
HEALTHY = shlex.join([sys.executable, str(Path(__file__).with_name("healthy.py"))])

# Names of folders that a shell, make, a URL or a format string would split or expand.
AWKWARD = [
    "plain",
    "a blank  and two",
    "ünï 日本",
    'it\'s "quoted" `here`',
    "$HOME ${PORT} $$ $(id)",
    "100 % %s %41 %(x)s",
    "a;b&c|d<e>f(g)h*i?j[k]l{m}n~o#p=q,r@s!t\\u^",
    "-dash",
]

# Shell commands that write their pids, and those of their children.
SLEEPER = "sh -c 'echo $$ >> pids; exec sleep 1000'"
PARENT = "sh -c 'sleep 1000 & echo $! >> pids; echo $$ >> pids; wait'"
STUBBORN = "sh -c 'trap \"\" TERM; sleep 1000 & echo $! >> pids; echo $$ >> pids; while true; do wait; done'"


@dataclass(slots=True)
class Supervised:
    """A running `tweeter up`. The commands of its Procfile write the pids of their processes to `pids`.

    Without commands it runs Tweeter's own Procfile.
    """

    child: subprocess.Popen[bytes]
    directory: Path
    port: int
    flower_port: int

    @classmethod
    def start(cls, directory: Path, environment: dict[str, str], commands: Mapping[str, str]) -> Self:
        directory.mkdir(exist_ok=True)
        (directory / "Procfile").write_text("".join(f"{name}: {line}\n" for name, line in commands.items()))
        procfile = ["--procfile", str(directory / "Procfile")] if commands else []
        port, flower_port = free_port(), free_port()
        variables = {"PORT": str(port), "FLOWER_PORT": str(flower_port), "DATA_DIR": str(directory / "data")}
        with (directory / "output").open("wb") as output:
            child = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "cli", "up", *procfile],
                cwd=ROOT,
                env=os.environ | variables | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(child, directory, port, flower_port)

    def output(self) -> str:
        return (self.directory / "output").read_text()

    def wait_for_output(self, text: str) -> None:
        wait_for(lambda: text in self.output() or self.child.poll() is not None)
        assert text in self.output()

    def record(self) -> Running:
        return Running(**json.loads((self.directory / "data/running.json").read_text()))

    def children(self) -> list[int]:
        pid = self.child.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def parts(self, words: str) -> list[int]:
        """Return the pids of the children whose command lines have these words."""
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in self.children()}
        return [pid for pid, line in lines.items() if words in line]

    def part(self, words: str) -> int:
        """Return the pid of the one child whose command line has these words."""
        (pid,) = self.parts(words)
        return pid

    def is_another(self, words: str, killed: int) -> bool:
        """Return whether the part runs as another process than the killed one."""
        return self.parts(words) not in ([], [killed])

    def pids(self) -> list[int]:
        """Return the pids that the commands have written."""
        return [int(line) for line in (self.directory / "pids").read_text().split()]

    def wait_for_pids(self, count: int) -> list[int]:
        wait_for(lambda: (self.directory / "pids").exists() and len(self.pids()) == count)
        return self.pids()

    def end(self) -> None:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            self.child.wait(15)


def is_alive(pid: int) -> bool:
    """Return whether the process runs. A zombie does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
