"""A real web process, and a real browser that can reach only it."""

import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Literal

import pytest
from _pytest.runner import runtestprotocol
from playwright.async_api import Browser, async_playwright, expect

from serving.pages import BUILT
from settings import Settings
from storage import open_storage
from tests.conftest import AGAIN
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


def pytest_runtest_protocol(item: pytest.Function, nextitem: pytest.Item | None) -> bool:
    """Run a test that has failed once more, and report that run. Only in CI, where a browser shares two cores.

    The first failure is printed, so that its cause can be mended. A test that fails twice fails.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if "CI" in os.environ and any(report.failed for report in reports):
        for report in reports:
            if report.failed:
                report.outcome = AGAIN  # type: ignore[assignment]  # pytest counts outcomes of any name
                item.ihook.pytest_runtest_logreport(report=report)
        item.stash[HAS_FAILED] = False
        item._initrequest()  # as if it had not run
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


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
