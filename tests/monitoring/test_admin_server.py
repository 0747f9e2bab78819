"""The admin port answers while some of its clients send nothing, and holds a bounded number of them."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from prometheus_client import CollectorRegistry, Gauge

from launch.ports import free_port
from monitoring.admin_server import MAX_REQUESTS, AdminPortError, admin_server
from tests.waiting import wait_for

PORT = "ADMIN_PORT"


@pytest.fixture
def port() -> Iterator[int]:
    registry = CollectorRegistry()
    Gauge("answers", "Answers", registry=registry).set(42)
    port = free_port()
    with admin_server("127.0.0.1", port, variable=PORT, registry=registry, ready=lambda: (False, "not yet"), token=""):
        yield port


def is_alive(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def test_it_answers_while_the_process_is_not_ready(port: int) -> None:
    ready = httpx.get(f"http://127.0.0.1:{port}/readyz")
    assert (ready.status_code, ready.text) == (503, "not yet\n")
    assert "answers 42.0" in httpx.get(f"http://127.0.0.1:{port}/metrics").text


def test_silent_clients_are_bounded_and_hold_up_no_others(port: int) -> None:
    with ExitStack() as silent:
        for _ in range(MAX_REQUESTS - 1):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        wait_for(lambda: is_alive(port))
        silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        wait_for(lambda: not is_alive(port))
    wait_for(lambda: is_alive(port))


def test_a_request_without_end_is_no_trouble(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as endless:
        endless.sendall(b"GET /" + b"x" * 70_000)
        assert endless.recv(100).startswith(b"HTTP/1.0 414")
    assert is_alive(port)


def test_a_port_in_use_is_reported_with_its_variable(port: int) -> None:
    opened = admin_server(
        "127.0.0.1", port, variable=PORT, registry=CollectorRegistry(), ready=lambda: (True, ""), token=""
    )
    with pytest.raises(AdminPortError, match=f"^ADMIN_PORT {port} on 127.0.0.1 cannot be used"), opened:
        pass
