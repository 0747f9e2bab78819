"""A RabbitMQ of the tests' own: one node in its directory, with its ports, its cookie and its name server (epmd)."""

import contextlib
import os
import shlex
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

from kombu import Connection

from launch import Server
from launch.ports import free_port
from launch.servers import start_server
from tests.lacking import lacking

START_SECONDS = 120  # a busy machine is no failure
STOP_SECONDS = 30
PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one on the PATH must run as root or rabbitmq
USER, PASSWORD = "guest", "guest"
NOTHING: Mapping[str, str] = {}


def start_rabbitmq(directory: Path, *, port: int | None = None, configuration: Mapping[str, str] = NOTHING) -> Server:
    """Start a node on its files. In the configuration, `{port}` stands for the port."""
    if not PROGRAM.is_file() or shutil.which("epmd") is None:
        lacking("RabbitMQ is not installed (Debian: apt install rabbitmq-server)")

    def program(directory: Path, port: int) -> list[str]:
        epmd, distribution = free_port(), free_port()
        given = {"listeners.tcp.1": "127.0.0.1:{port}", "vm_memory_high_watermark.absolute": "256MB", **configuration}
        lines = (f"{name} = {value.format(port=port)}" for name, value in given.items())
        (directory / "rabbitmq.conf").write_text("\n".join([*lines, "log.console = true", "log.file = false", ""]))
        (directory / "enabled_plugins").write_text("[].\n")
        variables = {
            "HOME": directory,  # of the cookie
            "RABBITMQ_BASE": directory,
            "RABBITMQ_CONFIG_FILE": directory / "rabbitmq",
            "RABBITMQ_CONF_ENV_FILE": directory / "none",
            "RABBITMQ_ENABLED_PLUGINS_FILE": directory / "enabled_plugins",
            "RABBITMQ_MNESIA_BASE": directory / "mnesia",
            "RABBITMQ_LOG_BASE": directory / "logs",
            "RABBITMQ_PID_FILE": directory / "pid",
            "RABBITMQ_NODENAME": f"tweeter{port}@localhost",
            "RABBITMQ_DIST_PORT": distribution,
            "RABBITMQ_ALLOW_INPUT": "1",  # no shell around the node: signals reach it
            "ERL_EPMD_PORT": epmd,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        names = shlex.join(f"{name}={value}" for name, value in variables.items())
        # The node would start an epmd that outlives it, outside of the group.
        script = f"epmd -port {epmd} -address 127.0.0.1 & exec env {names} {PROGRAM} -noinput"
        return ["/bin/sh", "-c", script]

    return start_server(
        "rabbitmq",
        directory=directory,
        url=f"amqp://{USER}:{PASSWORD}@127.0.0.1:{{port}}//",
        port=port,
        program=program,
        answers=_answers,
        seconds=START_SECONDS,
    )


def kill_rabbitmq(server: Server) -> None:
    """Send SIGKILL to the node and its epmd, as a power failure would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.child.wait()


def _answers(server: Server) -> bool:
    try:
        with Connection(server.url, connect_timeout=2) as connection:
            connection.connect()
            return server.poll() is None
    except OSError:
        return False
