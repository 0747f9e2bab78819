"""What web processes show of operations, limits, connections, and the work that waits."""

import json
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from composition.tasks import task_services_of
from launch.ports import free_port
from settings import Settings
from storage import Storage
from tests.monitoring.scraping import families, value
from tests.pipeline.stack import Stack, stack
from tests.pipeline.star import insert_posts_of_star, star_with_followers
from tests.waiting import wait_for
from tests.world import World

KNOWN = "query Trending { trends { tag } }"
ANSWERS, SECONDS = "tweeter_graphql_answers_total", "tweeter_graphql_seconds_count"


@pytest.fixture
def settings(mongodb_url: str, redis_url: str, tmp_path: Path) -> Settings:
    documents = tmp_path / "documents.json"
    documents.write_text(json.dumps({"trending": KNOWN}))
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=f"{redis_url.rpartition('/')[0]}/7",
        mongodb_database="metered",
        documents_file=str(documents),
        admin_port=free_port(),
    )


@pytest.fixture
async def storage(settings: Settings) -> AsyncIterator[Storage]:
    async with task_services_of(settings) as services:
        await services.storage.mongo.database.client.drop_database(settings.mongodb_database)
    async with task_services_of(settings) as services:
        yield services.storage


@pytest.fixture
def web(settings: Settings, storage: Storage, tmp_path: Path) -> Iterator[Stack]:
    with stack(settings, tmp_path, "web") as running:
        yield running


def admin(web: Stack) -> str:
    return f"http://127.0.0.1:{web.settings.admin_port}"


def names(url: str) -> set[str]:
    return {family.name for family in families(url)}


def ask(web: Stack, query: str, **variables: object) -> None:
    httpx.post(f"{web.url}/graphql", json={"query": query, "variables": variables}, timeout=60)


def test_only_registered_documents_have_names(web: Stack) -> None:
    """A stranger's names are series that live as long as the process."""
    at = admin(web)
    ask(web, KNOWN)
    ask(web, "query Stranger { viewer { alias } }")
    ask(web, KNOWN.replace("Trending", "Trending2"))
    ask(web, "query Stranger3 { nothing }")
    httpx.post(f"{web.url}/graphql", content=b"{", headers={"content-type": "application/json"})
    wait_for(lambda: value(at, ANSWERS, operation="Trending", code="OK") == 1)
    wait_for(lambda: value(at, ANSWERS, operation="other", code="OK") == 2)
    wait_for(lambda: value(at, ANSWERS, operation="other", code="GRAPHQL_VALIDATION_FAILED") == 1)
    assert value(at, ANSWERS, operation="other", code="BAD_USER_INPUT") == 1
    assert value(at, SECONDS, operation="Trending") == 1
    assert value(at, SECONDS, operation="other") == 4
    operations = {
        sample.labels["operation"]
        for family in families(at)
        for sample in family.samples
        if "operation" in sample.labels
    }
    assert operations == {"Trending", "other"}


async def test_the_backlog_is_measured_without_a_worker_and_without_requests(web: Stack, storage: Storage) -> None:
    at = admin(web)
    await star_with_followers(World(storage), 3)
    await insert_posts_of_star(storage, 4)
    wait_for(lambda: value(at, "tweeter_posts_in_flight") == 4)
    first = value(at, "tweeter_oldest_flight_age_seconds")
    assert first is not None
    wait_for(lambda: (value(at, "tweeter_oldest_flight_age_seconds") or 0) > first)
    await storage.mongo.collection("posts").update_many({}, {"$unset": {"in_flight": 1}})
    wait_for(lambda: value(at, "tweeter_posts_in_flight") == 0)
    assert value(at, "tweeter_oldest_flight_age_seconds") == 0


def test_a_refused_call_is_counted_by_its_limit(web: Stack) -> None:
    at = admin(web)
    assert value(at, "tweeter_rate_limit_refusals_total", limit="guess") == 0
    login = 'mutation { login(input: {alias: "nobody", password: "wrong-password"}) { __typename } }'
    for _ in range(21):
        ask(web, login)
    assert value(at, "tweeter_rate_limit_refusals_total", limit="guess") == 1
    assert value(at, ANSWERS, operation="other", code="RATE_LIMITED") == 1


def test_the_pool_the_loop_and_the_caches_are_measured(web: Stack) -> None:
    at = admin(web)
    ask(web, KNOWN)
    wait_for(lambda: value(at, "tweeter_cache_entries", cache="documents"))
    wait_for(lambda: value(at, "tweeter_mongodb_pool", state="open"))
    wait_for(lambda: value(at, "tweeter_mongodb_pool", state="waiting") == 0)
    wait_for(lambda: value(at, "tweeter_event_loop_lag_seconds_count"))
    wait_for(lambda: value(at, "tweeter_server_up", server="mongodb") == 1)


@pytest.mark.parametrize("processes", [1, 2])
def test_the_admin_port_says_whether_requests_are_served(
    settings: Settings, storage: Storage, tmp_path: Path, processes: int
) -> None:
    with stack(settings.replace(web_concurrency=processes), tmp_path, "web") as web:
        at = admin(web)
        assert httpx.get(f"{at}/healthz").status_code == 200
        wait_for(lambda: '"mongodb":"ok"' in httpx.get(f"{at}/readyz", timeout=60).text.replace(" ", ""))
        wait_for(lambda: httpx.get(f"{at}/readyz", timeout=60).status_code == 200)
        wait_for(lambda: names(at) == names(web.url))


def test_without_a_port_there_is_no_admin_server(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    with stack(settings.replace(admin_port=0), tmp_path, "web") as web:
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{settings.admin_port}/healthz")
        assert not (web.directory / "metrics").exists()


def test_a_busy_web_process_is_seen_as_not_ready(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    """With two processes, the admin port is that of their parent, which lives while both are stuck."""
    with stack(settings.replace(web_concurrency=2), tmp_path, "web") as web:
        files = Path(f"/proc/{web.running['web'].pid}/task").glob("*/children")
        pids = {int(pid) for file in files for pid in file.read_text().split()}
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            assert httpx.get(f"{admin(web)}/readyz", timeout=60).status_code == 503
            assert families(admin(web))
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
