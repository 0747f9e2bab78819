"""A chosen theme is applied before the first paint."""

import re

import pytest
from playwright.async_api import Route

from serving.pages import BUILT
from tests.lacking import lacking
from tests.web.test_looks import BACKGROUND
from tests.web.visit import Visit

SCRIPT = re.compile(r"<script\b([^>]*)>")
THEME = "tweeter.theme"


def test_the_first_script_of_the_page_is_render_blocking() -> None:
    """It is a classic script from a file before all styles: not a module, nor inline, which the CSP forbids."""
    if not (BUILT / "index.html").is_file():
        lacking("web/dist is not built: make web")
    page = (BUILT / "index.html").read_text()
    first = SCRIPT.search(page)
    assert first is not None
    assert not re.search(r"\b(module|defer|async)\b", first[1])
    assert first.start() < page.index('rel="stylesheet"')
    assert page.index('name="color-scheme"') < first.start()
    source = re.search(r'src="/([^"]+)"', first[1])
    assert source is not None
    assert THEME in (BUILT / source[1]).read_text()


@pytest.mark.parametrize(("system", "chosen"), [("light", "dark"), ("dark", "light")])
async def test_a_chosen_theme_does_not_wait_for_the_client(visit: Visit, system: str, chosen: str) -> None:
    page = visit.page
    await page.emulate_media(color_scheme="light" if chosen == "light" else "dark")
    await page.goto("/login")
    wanted = await page.evaluate(BACKGROUND)
    await page.emulate_media(color_scheme="light" if system == "light" else "dark")
    await page.evaluate("([key, theme]) => localStorage.setItem(key, theme)", [THEME, chosen])

    async def refuse(route: Route) -> None:
        await route.abort()

    await page.route(re.compile(r"/assets/index-.*\.js"), refuse)
    await page.reload()
    assert await page.evaluate(BACKGROUND) == wanted
    assert await page.locator("#root > *").count() == 0
    assert await page.locator("meta[name=color-scheme]").get_attribute("content") == chosen
    visit.forgive("ERR_FAILED")
