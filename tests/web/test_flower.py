"""Flower in a real browser that can reach nothing but Flower."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from launch import start_redis
from settings import Settings
from tasks.messages import QUEUES
from tests.pipeline.flower import PASSWORD, USER, Flower, open_flower
from tests.waiting import wait_until
from tests.web.visit import Visit


@pytest.fixture
async def flower(mongodb_url: str, tmp_path: Path) -> AsyncIterator[Flower]:
    """A Flower with a worker and beat, on a Redis without messages of other tests."""
    redis = start_redis(tmp_path / "redis")
    settings = Settings(
        mongodb_url=mongodb_url,
        redis_url=redis.url,
        mongodb_database="flowered",
        flower_basic_auth=f"{USER}:{PASSWORD}",
    )
    async with open_flower(settings, tmp_path) as flower:
        for name in ("worker", "beat"):
            flower.running.start(name)
        yield flower
    redis.stop()


@pytest.fixture
async def visit(browser: Browser, flower: Flower) -> AsyncIterator[Visit]:
    context = await browser.new_context(base_url=flower.url, http_credentials={"username": USER, "password": PASSWORD})
    visit = Visit(await context.new_page(), flower.url)
    yield visit
    await visit.expect_no_other_errors()
    await context.close()
    assert visit.requests_elsewhere == []


async def test_flowers_pages_load_nothing_from_other_hosts(visit: Visit, flower: Flower) -> None:
    await wait_until(flower.tasks, seconds=60)
    page = visit.page

    await page.goto("/broker")
    for queue in QUEUES:
        await expect(page.get_by_role("cell", name=queue, exact=True)).to_be_visible()

    await page.goto("/tasks")
    await page.get_by_role("cell", name="fan_out.sweep").first.click()
    await page.locator("#tasks-table tbody a").first.click()
    await expect(page.get_by_text("fan_out.sweep").first).to_be_visible()

    await page.goto("/workers")
    await page.get_by_role("link", name="celery@").click()
    visit.allow("404")  # Flower asks the worker, and waits a second for it

    async def shows_its_queues() -> bool:
        await page.reload()
        return await page.get_by_text("fan_out.later").count() > 0

    await wait_until(shows_its_queues)
