"""The web process listens on the same addresses with one process and with several."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from launch.ports import free_port
from launch.servers import tethered
from serving.listening import AddressError, bind, check
from tests.lacking import lacking
from tests.waiting import wait_for

ROOT = Path(__file__).parents[2]
LOOPBACK = ["127.0.0.1", "::1"]
REACHED = {
    "127.0.0.1": ["127.0.0.1"],
    "0.0.0.0": ["127.0.0.1"],
    "::1": ["::1"],
    "::": LOOPBACK,
    "localhost": [*dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo("localhost", 0))],
}


@pytest.fixture
def ipv6() -> None:
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return
    lacking("this machine has no IPv6")


@pytest.fixture
def web(mongodb_url: str, redis_url: str) -> Iterator["Web"]:
    web = Web({"MONGODB_URL": mongodb_url, "REDIS_URL": redis_url, "MONGODB_DATABASE": "listening"})
    yield web
    web.stop()


class Web:
    """Any number of `tweeter web`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self.running: list[subprocess.Popen[str]] = []

    def start(self, host: str, port: int, processes: int) -> subprocess.Popen[str]:
        settings = {"HOST": host, "PORT": str(port), "WEB_CONCURRENCY": str(processes)}
        child = subprocess.Popen(
            tethered([sys.executable, "-W", "error", "-m", "cli", "web"]),
            cwd=ROOT,
            env=os.environ | self._environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(child)
        return child

    def stop(self) -> None:
        for each in self.running:
            each.terminate()
        for each in self.running:
            each.communicate(timeout=60)


def answers(host: str, port: int) -> bool:
    bracketed = f"[{host}]" if ":" in host else host
    with suppress(httpx.TransportError):
        return httpx.get(f"http://{bracketed}:{port}/healthz").status_code == 200
    return False


def is_reached(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as client:
        return client.connect_ex((host, port)) == 0


@pytest.mark.usefixtures("ipv6")
@pytest.mark.parametrize("host", REACHED)
def test_one_process_and_two_are_reached_at_the_same_addresses(host: str, web: Web) -> None:
    for processes in (1, 2):
        port = free_port()
        web.start(host, port, processes)
        wait_for(lambda port=port: all(answers(address, port) for address in REACHED[host]))  # type: ignore[misc]
        assert [address for address in LOOPBACK if is_reached(address, port)] == sorted(REACHED[host])


@pytest.mark.usefixtures("ipv6")
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("first", "second"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "::")]
)
def test_a_port_that_is_taken_ends_it_at_once_with_one_line(web: Web, first: str, second: str, processes: int) -> None:
    family = socket.AF_INET6 if ":" in first else socket.AF_INET
    with socket.socket(family) as listener:
        listener.bind((first, 0))
        listener.listen()
        port = listener.getsockname()[1]
        output, _ = web.start(second, port, processes).communicate(timeout=60)
    assert output == f"tweeter: PORT {port} on {second} is in use or not allowed: set PORT to another port\n"
    assert web.running[-1].returncode == 2


@pytest.mark.parametrize("processes", [1, 2])
def test_of_two_that_start_at_once_one_stays(web: Web, processes: int) -> None:
    port = free_port()
    both = [web.start("127.0.0.1", port, processes) for _ in range(2)]
    wait_for(lambda: any(each.poll() is not None for each in both))
    (stays,) = [each for each in both if each.poll() is None]
    wait_for(lambda: answers("127.0.0.1", port))
    (ended,) = [each for each in both if each is not stays]
    assert ended.communicate()[0].startswith(f"tweeter: PORT {port} on 127.0.0.1 is in use")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no name that one process alone can take")
def test_a_port_that_is_bound_is_taken_before_its_server_listens() -> None:
    port = free_port()
    bound = bind("127.0.0.1", port)
    with pytest.raises(AddressError, match=f"^PORT {port} on 127.0.0.1 is in use"):
        check("127.0.0.1", port)
    assert not is_reached("127.0.0.1", port)
    bound.close()
    check("127.0.0.1", port)


def test_a_port_whose_last_connections_are_in_time_wait_is_free() -> None:
    bound = bind("127.0.0.1", free_port())
    (listener,) = bound.sockets
    listener.listen()
    address = listener.getsockname()
    with ExitStack() as opened:
        client = opened.enter_context(socket.create_connection(address))
        accepted, _ = listener.accept()
        accepted.close()  # the first to close is the one that waits
        assert client.recv(1) == b""
    bound.close()
    check(*address)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "no-such-host.invalid", "a..b", "x" * 70])
def test_a_host_of_another_machine_names_the_variable(host: str) -> None:
    with pytest.raises(AddressError, match=r"^HOST .* is not an address of this machine$"):
        bind(host, free_port())
