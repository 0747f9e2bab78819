"""Settings of the web process: keep-alive timeouts and the limit of open files."""

import re
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from launch.ports import free_port
from launch.servers import dies_with_parent
from serving.server.http import HTTPProtocol
from serving.server.serve import FILES_BESIDE
from settings import BadSetting, Settings
from tests.pipeline.stack import ROOT, Stack, stack
from tests.serving.server.listening import listening
from tests.serving.server.test_connections import APP, GET, answer
from tests.waiting import wait_for, wait_until

NGINX_KEEPS_FOR_S = 60  # like common load balancers


def test_the_keep_alive_timeout_is_longer_than_those_of_proxies() -> None:
    assert Settings().keep_alive_s > NGINX_KEEPS_FOR_S


@pytest.mark.parametrize("keep_alive_s", [1, 75])
async def test_an_idle_connection_is_kept_for_the_configured_time(keep_alive_s: int) -> None:
    async with listening(APP, keep_alive_s=keep_alive_s) as listener:
        reader, writer = await listener.connect()
        writer.write(GET)
        await answer(reader)
        (connection,) = listener.server.server_state.connections
        assert isinstance(connection, HTTPProtocol)
        assert connection.timeout_keep_alive_task is not None
        left_s = connection.timeout_keep_alive_task.when() - connection.loop.time()
        assert keep_alive_s - 1 < left_s <= keep_alive_s
        if keep_alive_s == 1:
            assert await reader.read() == b""


async def test_an_idle_connection_is_closed_for_a_new_one() -> None:
    """The connection that has been idle for longest is closed. Busy ones stay."""
    async with listening(APP, max_connections=3, keep_alive_s=75) as listener:
        connected = [await listener.connect() for _ in range(3)]
        await listener.until_connections(3)
        for reader, writer in connected[1:]:
            writer.write(GET)
            await answer(reader)
        for _ in range(2):
            reader, writer = await listener.connect()
            writer.write(GET)
            assert (await answer(reader))[0] == 200
            connected.append((reader, writer))
            writer.write(GET[:4])  # it is not idle any more
        assert await connected[1][0].read() == await connected[2][0].read() == b""
        reader, _ = await listener.connect()
        assert (await answer(reader))[0] == 503
        connected[0][1].write(GET)
        assert (await answer(connected[0][0]))[0] == 200


def test_the_keep_alive_timeout_is_read_from_the_environment(mongodb_url: str, redis_url: str, tmp_path: Path) -> None:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="kept", keep_alive_s=1)
    with stack(settings, tmp_path, "web") as running, httpx.Client(base_url=running.url, timeout=30) as http:
        stream = http.get("/healthz").extensions["network_stream"].get_extra_info("socket")
        stream.settimeout(30)
        assert stream.recv(1) == b"", "closed, long before the default"


async def test_open_connections_are_counted(served: Stack) -> None:
    async with httpx.AsyncClient(base_url=served.url) as one, httpx.AsyncClient(base_url=served.url) as two:
        await two.get("/healthz")

        async def are_two() -> bool:
            found = re.search(r"^tweeter_connections (\S+)$", (await one.get("/metrics")).text, re.MULTILINE)
            assert found
            return float(found[1]) == 2

        await wait_until(are_two)


@pytest.mark.parametrize(("limit", "is_told"), [(100 + FILES_BESIDE - 1, True), (100 + FILES_BESIDE, False)])
def test_a_low_limit_of_open_files_is_logged_at_the_start(tmp_path: Path, limit: int, is_told: bool) -> None:
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "tests.serving.server.freezing", str(port), "1", "60"]  # with 100 connections

    def lower() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    def answers() -> bool:
        assert child.poll() is None, log.read_text()
        with suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        return False

    with log.open("wb") as output:
        child = subprocess.Popen(dies_with_parent(command), cwd=ROOT, stdout=output, stderr=output, preexec_fn=lower)
    wait_for(answers)
    child.terminate()
    child.wait(30)
    told = log.read_text()
    assert ("files.too_few" in told and f"{100 + FILES_BESIDE}" in told and "LimitNOFILE" in told) == is_told


@pytest.mark.parametrize("variable", ["KEEP_ALIVE_S", "STOP_WITHIN_S", "LOOP_STUCK_S"])
@pytest.mark.parametrize("text", ["0", "-1", "1.5", "soon"])
def test_a_time_is_a_whole_number_of_seconds(variable: str, text: str) -> None:
    with pytest.raises(BadSetting, match=f"{variable} must be a whole number"):
        Settings.from_environment({variable: text})
