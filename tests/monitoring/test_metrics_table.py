"""The table of docs/monitoring.md lists exactly the metrics that running processes show."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from composition.tasks import task_services_of
from launch.ports import free_port
from settings import Settings
from storage import Storage
from tests.docs.pages import ROOT
from tests.monitoring.scraping import families, value
from tests.pipeline.clients import Clients
from tests.pipeline.stack import stack
from tests.pipeline.star import star_with_followers
from tests.waiting import wait_for
from tests.world import World

ROW = re.compile(r"^\| `(tweeter_\w+)` \| (\w+) \|([^|]*)\| (\w+) \| [^|]+ \|$", re.MULTILINE)


class Described(NamedTuple):
    name: str
    kind: str
    labels: tuple[str, ...]
    shown_by: str


def described() -> set[Described]:
    text = (ROOT / "docs/monitoring.md").read_text()
    return {
        Described(name, kind, tuple(sorted(re.findall(r"`(\w+)`", labels))), by)
        for name, kind, labels, by in ROW.findall(text)
    }


def shown(url: str, by: str) -> set[Described]:
    """Return the metrics that the address shows. A counter's name is that of its samples."""
    return {
        Described(
            f"{family.name}_total" if family.type == "counter" else family.name,
            family.type,
            tuple(sorted({label for sample in family.samples for label in sample.labels} - {"le"})),
            by,
        )
        for family in families(url)
    }


@pytest.fixture
def settings(mongodb_url: str, redis_url: str) -> Settings:
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=f"{redis_url.rpartition('/')[0]}/8",
        mongodb_database="described",
        admin_port=free_port(),
        worker_admin_port=free_port(),
    )


@pytest.fixture
async def storage(settings: Settings) -> AsyncIterator[Storage]:
    async with task_services_of(settings) as services:
        await services.storage.mongo.database.client.drop_database(settings.mongodb_database)
    async with task_services_of(settings) as services:
        yield services.storage


async def test_the_table_lists_the_metrics_of_running_processes(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    token, _ = await star_with_followers(World(storage), 3)
    web, worker = (f"http://127.0.0.1:{port}" for port in (settings.admin_port, settings.worker_admin_port))
    with stack(settings, tmp_path, "web", "worker", "beat") as running:
        async with Clients(running.url) as clients:
            await clients.create_post(token, "hello")
        wait_for(lambda: is_up(worker) and value(worker, "tweeter_delivery_seconds_count"))
        wait_for(lambda: value(worker, "tweeter_sweep_timestamp_seconds", task="fan_out.sweep"))
        wait_for(lambda: value(web, "tweeter_server_up", server="broker") == 1)
        wait_for(lambda: value(web, "tweeter_queue_messages", queue="maintenance") is not None)
        wait_for(lambda: value(web, "tweeter_clock_offset_seconds") is not None)
        found = shown(web, "web") | shown(worker, "worker")
    assert found == described()


def is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").status_code == 200
    except httpx.HTTPError:
        return False
