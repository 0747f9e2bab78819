"""The web process listens on the same addresses with one process and with several."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from launch.ports import free_port
from launch.servers import dies_with_parent
from serving.server.listening import AddressError, bind, check
from tests.answering import answers
from tests.lacking import lacking
from tests.waiting import wait_for

ROOT = Path(__file__).parents[3]
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
def started() -> Iterator["Started"]:
    started = Started()
    yield started
    started.stop()


class Started:
    """Start processes that end with the test."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[str]] = []

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            dies_with_parent([sys.executable, "-W", "error", "-m", *words]),
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running.append(child)
        return child

    def stop(self) -> None:
        for each in self._running:
            each.terminate()
        for each in self._running:
            each.communicate(timeout=60)


def is_healthy(host: str, port: int) -> bool:
    return answers(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")


def is_reached(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as client:
        return client.connect_ex((host, port)) == 0


@pytest.mark.usefixtures("ipv6")
@pytest.mark.parametrize("host", REACHED)
def test_one_process_and_two_listen_on_the_same_addresses(host: str, started: Started) -> None:
    for processes in (1, 2):
        port = free_port()
        started.start("tests.serving.server.alone", host, str(port), str(processes))
        wait_for(lambda port=port: all(is_healthy(address, port) for address in REACHED[host]))  # type: ignore[misc]
        assert [address for address in LOOPBACK if is_reached(address, port)] == sorted(REACHED[host])


@pytest.mark.usefixtures("ipv6")
@pytest.mark.parametrize("second", REACHED)
@pytest.mark.parametrize("first", REACHED)
def test_a_port_is_in_use_if_one_of_its_addresses_is(first: str, second: str) -> None:
    port = free_port()
    with bind(first, port) as sockets:
        for each in sockets:
            each.listen()
        if {*REACHED[first]}.isdisjoint(REACHED[second]):
            check(second, port)
        else:
            with pytest.raises(AddressError, match=f"^PORT {port} on {second} is in use"):
                check(second, port)
    check(second, port)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_taken_port_ends_the_web_process_at_once_with_one_line(started: Started, processes: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        # Another unusable address: MongoDB, for which a process waits, is checked later.
        unusable = "mongodb://127.0.0.1:1/?readPreferenceTags=dc:x"
        addresses = {"MONGODB_URL": unusable, "REDIS_URL": "redis://127.0.0.1:1"}
        web = started.start("cli", "web", PORT=str(port), WEB_CONCURRENCY=processes, **addresses)
        output, _ = web.communicate(timeout=60)
    assert output == f"tweeter: PORT {port} on 127.0.0.1 is in use or not allowed: set PORT to another port\n"
    assert web.returncode == 2


@pytest.mark.parametrize("processes", ["1", "2"])
def test_one_of_two_servers_started_together_stays(started: Started, processes: str) -> None:
    port = free_port()
    both = [started.start("tests.serving.server.alone", "127.0.0.1", str(port), processes) for _ in range(2)]
    wait_for(lambda: any(each.poll() is not None for each in both))
    (stays,) = [each for each in both if each.poll() is None]
    wait_for(lambda: is_healthy("127.0.0.1", port))
    (ended,) = [each for each in both if each is not stays]
    assert f"PORT {port} on 127.0.0.1 is in use" in ended.communicate()[0]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no name that one process alone can take")
def test_a_bound_port_is_in_use_before_its_server_listens() -> None:
    port = free_port()
    with bind("127.0.0.1", port):
        with pytest.raises(AddressError, match=f"^PORT {port} on 127.0.0.1 is in use"):
            check("127.0.0.1", port)
        assert not is_reached("127.0.0.1", port)
    check("127.0.0.1", port)


def test_a_port_with_connections_in_time_wait_is_free() -> None:
    with bind("127.0.0.1", free_port()) as (listener,):
        listener.listen()
        address = listener.getsockname()
        with socket.create_connection(address) as client:
            accepted, _ = listener.accept()
            accepted.close()  # the side that closes first is in TIME_WAIT
            assert client.recv(1) == b""
    check(*address)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "no-such-host.invalid", "a..b", "x" * 70])
def test_a_host_of_another_machine_names_the_variable(host: str) -> None:
    with pytest.raises(AddressError, match=r"^HOST .* is not an address of this machine$"):
        bind(host, free_port())


@pytest.mark.usefixtures("ipv6")
@pytest.mark.parametrize(
    ("names", "bound"),
    [(["::1", "127.0.0.1"], ["::1", "127.0.0.1"]), (["2001:db8::1", "127.0.0.1"], ["127.0.0.1"])],
)
def test_a_host_name_means_all_of_its_local_addresses(
    names: list[str], bound: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    # The answer of a resolver for such a name.
    found = [each for name in names for each in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with bind("two.example", port) as sockets:
        assert [each.getsockname()[0] for each in sockets] == bound
