"""A real web process, and a real browser that can reach only it."""

import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, async_playwright, expect

from serving.pages import BUILT
from settings import Settings
from storage import open_storage
from tests.lacking import lacking
from tests.pipeline.stack import stack
from tests.waiting import PATIENT_S
from tests.web.visit import Visit, shown_by
from tests.world import World

ServiceWorkers = Literal["allow", "block"]

DATABASE = "browsed"
HAS_FAILED = pytest.StashKey[bool]()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
expect.set_options(timeout=PATIENT_S * 1_000)


@pytest.fixture(scope="session")
def site(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a web process that serves the build."""
    if not (BUILT / "playground.html").is_file():
        lacking("web/dist is not built: make web")
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database=DATABASE)
    with stack(settings, tmp_path_factory.mktemp("site"), "web") as running:
        yield running.url


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        lacking("no chromium on the PATH (on Debian: apt install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=Path(chromium), args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def town(mongodb_url: str, site: str) -> AsyncIterator[World]:
    """The site's database. It is not emptied between tests, since each test makes its own accounts."""
    async with open_storage(mongodb_url, database=DATABASE, driver="pymongo", session_ttl_days=30) as storage:
        yield World(storage)


@pytest.fixture
def service_workers() -> ServiceWorkers:
    """Whether pages have a service worker. A file of tests may override this.

    A service worker takes control of a page at any moment after it was loaded. The page's later requests come from the
    worker, and `page.route` does not see them.
    """
    return "block"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[HAS_FAILED] = True
    return report


@pytest.fixture
async def visit(
    browser: Browser, site: str, service_workers: ServiceWorkers, request: pytest.FixtureRequest
) -> AsyncIterator[Visit]:
    """A new browser context, whose pages must have had no error at the end.

    If the test fails, what its pages show is printed.
    """
    context = await browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 800}, service_workers=service_workers
    )
    visit = Visit(await context.new_page(), site)
    yield visit
    if request.node.stash.get(HAS_FAILED, False):
        shown = [*[await shown_by(page) for page in context.pages], *visit.errors]
        request.node.add_report_section("teardown", "pages", "\n".join(shown))
    else:
        await visit.expect_no_other_errors()
    await context.close()
    assert visit.requests_elsewhere == []
