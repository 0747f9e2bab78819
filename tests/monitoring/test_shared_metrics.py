"""Each of several web processes shows the sum of all. Counters never go backwards, also if a process dies."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from monitoring.metrics_directory import MetricsDirectoryError, sharing_metrics
from settings import Settings
from tests.pipeline.stack import Stack, stack
from tests.waiting import wait_for

SAMPLE = re.compile(r"^(tweeter_\w+(?:\{.*\})?) (\S+)$", re.MULTILINE)
COUNTED = re.compile(r"_(total|count|sum|bucket)\b")
REQUESTS = 'tweeter_http_responses_total{path="/healthz",status="200"}'
KEPT = 5  # connections


@pytest.fixture
def settings(mongodb_url: str, redis_url: str) -> Settings:
    return Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="shared", web_concurrency=2)


def scrape(web: Stack) -> dict[str, float]:
    return {name: float(value) for name, value in SAMPLE.findall(httpx.get(f"{web.url}/metrics", timeout=60).text)}


def ask(web: Stack, times: int) -> None:
    for _ in range(times):
        assert httpx.get(f"{web.url}/healthz", timeout=60).status_code == 200


def wait_until_counted(web: Stack, asked: int) -> None:
    """Wait until the requests are counted. A response is counted after it was sent."""
    wait_for(lambda: scrape(web).get(REQUESTS, 0) >= asked)


def processes(web: Stack) -> set[int]:
    """Return the pids of the web processes, without those of their supervisor and of Python's resource tracker."""
    files = Path(f"/proc/{web.running['web'].pid}/task").glob("*/children")
    pids = {int(pid) for file in files for pid in file.read_text().split()}
    return {pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def wait_until_started(web: Stack, times: int) -> None:
    wait_for(lambda: web.log("web").count("Application startup complete") == times)


def directory(web: Stack) -> Path:
    return web.directory / "metrics" / str(web.settings.port)


@contextmanager
def alone(web: Stack, pid: int) -> Iterator[None]:
    """Stop the other processes, so that this one answers all requests within the context."""
    others = processes(web) - {pid}
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)


def test_each_of_two_processes_shows_the_requests_of_both(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        wait_until_started(web, 2)
        before = scrape(web)
        one, other = processes(web)
        for asked, pid in ((3, one), (6, other), (9, one), (12, other)):
            with alone(web, pid):
                ask(web, 3)
                wait_until_counted(web, asked)
                after = scrape(web)
            assert after[REQUESTS] == asked
            assert after['tweeter_http_seconds_count{path="/healthz"}'] == asked
            assert {name for name in before if COUNTED.search(name) and after[name] < before[name]} == set()
            before = after
        assert "pid=" not in str(before)


def test_counters_outlive_a_killed_process_and_its_gauges_do_not(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        wait_until_started(web, 2)
        killed = min(processes(web))
        kept = [httpx.Client() for _ in range(KEPT)]
        with alone(web, killed):
            for client in kept:
                client.get(f"{web.url}/healthz", timeout=60)
            wait_until_counted(web, KEPT)
        wait_for(lambda: scrape(web)["tweeter_connections"] > KEPT)
        os.kill(killed, signal.SIGKILL)
        wait_until_started(web, 3)
        for client in kept:
            client.close()
        assert killed not in processes(web)
        assert scrape(web)[REQUESTS] == KEPT
        for pid in processes(web):
            with alone(web, pid):
                assert scrape(web)[REQUESTS] == KEPT
        wait_for(lambda: scrape(web)["tweeter_connections"] <= 2)
        ask(web, 1)
        wait_for(lambda: scrape(web)[REQUESTS] == KEPT + 1)


def test_connections_of_an_unscraped_process_are_counted(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        wait_until_started(web, 2)
        one, other = processes(web)
        kept = [httpx.Client() for _ in range(KEPT)]
        with alone(web, one):
            for client in kept:
                client.get(f"{web.url}/healthz", timeout=60)
        counted = 0.0

        def are_counted() -> bool:
            nonlocal counted
            with alone(web, other):
                counted = scrape(web)["tweeter_connections"]
            return counted > KEPT

        wait_for(are_counted)
        for client in kept:
            client.close()
        wait_for(lambda: not are_counted())


def test_a_dead_process_has_no_gauges_before_it_is_replaced(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        wait_until_started(web, 2)
        os.kill(web.running["web"].pid, signal.SIGSTOP)  # so that the supervisor starts no other
        killed = min(processes(web))
        kept = [httpx.Client() for _ in range(KEPT)]
        with alone(web, killed):
            for client in kept:
                client.get(f"{web.url}/healthz", timeout=60)
        wait_for(lambda: scrape(web)["tweeter_connections"] > KEPT)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: scrape(web)["tweeter_connections"] <= 2)
        assert scrape(web)[REQUESTS] == KEPT
        for client in kept:
            client.close()


def test_crashed_processes_leave_no_further_files(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        for death in range(1, 4):
            wait_until_started(web, 1 + death)
            os.kill(min(processes(web)), signal.SIGKILL)
        wait_until_started(web, 5)
        assert {file.stem for file in directory(web).glob("*.lock")} == {"0", "1"}
        assert {file.stem.rpartition("_")[2] for file in directory(web).glob("*.db")} == {"0", "1"}


def test_metrics_of_an_earlier_run_are_removed(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "web") as web:
        wait_until_started(web, 2)
        ask(web, 3)
        wait_for(lambda: scrape(web).get(REQUESTS) == 3)
        web.kill("web")
        assert any(directory(web).iterdir())
        web.start("web")
        wait_until_started(web, 4)
        assert scrape(web).get(REQUESTS) is None
        web.end("web")
        assert not directory(web).exists()


def test_one_process_uses_no_directory(settings: Settings, tmp_path: Path) -> None:
    with stack(settings.replace(web_concurrency=1), tmp_path, "web") as web:
        ask(web, 3)
        wait_for(lambda: scrape(web).get(REQUESTS) == 3)
        assert not (tmp_path / "metrics").exists()


def test_a_directory_that_cannot_be_created_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    told = r"data/metrics/8000 cannot .*: set DATA_DIR to .*written$"
    with pytest.raises(MetricsDirectoryError, match=told), sharing_metrics(tmp_path / "data/metrics/8000"):
        pass
