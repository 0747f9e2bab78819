"""The language follows the browser or the settings, in all tabs at once, and is there at the first paint."""

import re

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.languages import GERMAN, MIRRORED, choose_language, expect_language, said, untranslated
from tests.web.test_fit import FINGER, MISPLACED, TOO_SMALL, found
from tests.web.test_looks import OPEN_TO_ALL, WIDTHS, addresses, axe, is_too_wide, problems, settled
from tests.web.visit import Visit
from tests.world import World

__all__ = ["addresses", "axe"]  # fixtures

ON_ITS_WAY = "Unterwegs"  # said of one's own post after two seconds
CLIENT = re.compile(r"/assets/index-.*\.js")
HEADINGS = """addEventListener('DOMContentLoaded', () => {
    window.shown = []
    const note = () => shown.push(document.querySelector('h1')?.textContent)
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true })
})"""


async def read_notifications(page: Page) -> None:
    """Read them, so that no page says how many are new."""
    await page.goto("/notifications")
    await settled(page)
    await expect(page).not_to_have_title(re.compile(r"^.?\("))


async def refuse(route: Route) -> None:
    await route.abort()


@pytest.mark.parametrize(
    ("preferred", "language", "heading"),
    [("de-AT", GERMAN, "Anmelden"), ("en-GB", "en", "Sign in"), ("it-IT", "en", "Sign in")],
)
async def test_the_language_is_the_browsers_if_there_is_a_catalogue(
    browser: Browser, site: str, preferred: str, language: str, heading: str
) -> None:
    context = await browser.new_context(base_url=site, locale=preferred)
    page = await context.new_page()
    await page.add_init_script(HEADINGS)
    await page.goto("/login")
    await expect_heading(page, heading)
    await expect_language(page, language)
    assert set(await page.evaluate("shown")) <= {heading, None}, "another language was shown first"
    await context.close()


@pytest.mark.parametrize("language", [GERMAN, MIRRORED])
async def test_language_and_direction_do_not_wait_for_the_client(visit: Visit, language: str) -> None:
    page = visit.page
    await page.goto("/healthz")
    await choose_language(page, language)
    await page.route(CLIENT, refuse)
    await page.goto("/login")
    await expect_language(page, language)
    assert await page.locator("#root > *").count() == 0
    visit.forgive("ERR_FAILED")


async def test_a_chosen_language_is_shown_at_once_in_all_tabs_and_stays(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    other = await page.context.new_page()
    await other.goto("/explore")
    await expect_heading(other, "Explore")
    await page.get_by_role("group", name="Language").get_by_text("Deutsch").click()
    for tab, heading in ((page, "Einstellungen"), (other, "Entdecken")):
        await expect_heading(tab, heading)
        await expect_language(tab, GERMAN)
        await tab.reload()
        await expect_heading(tab, heading)
    await page.get_by_role("group", name="Sprache").get_by_text("Wie der Browser").click()
    for tab, heading in ((page, "Settings"), (other, "Explore")):
        await expect_heading(tab, heading)
        await expect_language(tab, "en")


async def test_a_change_of_the_language_changes_every_text(visit: Visit, addresses: list[str]) -> None:
    """What a page says after a change in another tab is what it says after it was loaded again."""
    page = visit.page
    other = await page.context.new_page()
    await other.goto("/healthz")
    await page.bring_to_front()  # a tab in the background draws one frame a second
    await read_notifications(page)
    for address in [*addresses, *OPEN_TO_ALL]:
        await choose_language(other, "en")
        await page.goto(address)
        await settled(page)
        await expect_language(page, "en")
        english = await said(page)
        await choose_language(other, GERMAN)
        await expect_language(page, GERMAN)
        changed = await said(page)
        await page.reload()
        await settled(page)
        again = await said(page)
        assert changed.replace(ON_ITS_WAY, "") == again.replace(ON_ITS_WAY, "") != english, address
    visit.forgive("404")


async def test_every_text_comes_from_a_catalogue(visit: Visit, addresses: list[str]) -> None:
    page = visit.page
    await choose_language(page, MIRRORED)
    await read_notifications(page)
    written = ["words", "#painting", "user\\d+( test)?", "donau\\S*", "https?\\S*", "“.*”", "hello", "tweeter"]
    for address in [*addresses, *OPEN_TO_ALL]:
        await page.goto(address)
        await settled(page)
        assert await untranslated(page, *written, "unknown") == [], address
    await page.get_by_role("heading", level=1).focus()
    for key in ("n", "?"):
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await untranslated(page, *written) == [], key
        await page.keyboard.press("Escape")
    visit.forgive("404")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", [GERMAN, MIRRORED])
async def test_every_page_fits_in_every_language(visit: Visit, addresses: list[str], language: str, width: int) -> None:
    page = visit.page
    await choose_language(page, language)
    await page.set_viewport_size({"width": width, "height": 740})
    for address in [*addresses, *OPEN_TO_ALL]:
        await page.goto(address)
        await settled(page)
        await expect_language(page, language)
        assert not await is_too_wide(page), address
        assert await found(page, MISPLACED) == [], address
        if width == WIDTHS[0]:
            assert await found(page, TOO_SMALL, FINGER) == [], address
    visit.forgive("404")


@pytest.mark.parametrize("language", [GERMAN, MIRRORED])
async def test_axe_finds_nothing_in_another_language(
    visit: Visit, axe: str, addresses: list[str], language: str
) -> None:
    page = visit.page
    await choose_language(page, language)
    await page.emulate_media(reduced_motion="reduce")
    for address in addresses:
        await page.goto(address)
        await settled(page)
        await expect_language(page, language)
        assert await problems(page, axe) == [], address


async def test_the_layout_is_mirrored(visit: Visit, addresses: list[str]) -> None:
    page = visit.page
    await choose_language(page, MIRRORED)
    await page.goto(addresses[-1])
    await settled(page)
    assert await left_of(page, "main") < await left_of(page, "nav")
    assert await left_of(page, "h1") < await left_of(page, "[data-bar] button")
    assert await page.locator("[data-bar] svg").evaluate("icon => getComputedStyle(icon).scale") == "-1 1"
    alias = page.locator("article header bdi[dir=ltr]").first
    assert re.match(r"@\w", await alias.inner_text())


async def left_of(page: Page, selector: str) -> float:
    left: float = await page.locator(selector).first.evaluate("element => element.getBoundingClientRect().left")
    return left


async def test_english_is_shown_if_a_catalogue_cannot_be_loaded(visit: Visit) -> None:
    page = visit.page
    await page.goto("/healthz")
    await choose_language(page, GERMAN)
    await page.route(re.compile(r"/assets/de-.*\.js"), refuse)
    await page.goto("/login")
    await expect_heading(page, "Sign in")
    await expect_language(page, "en")
    visit.forgive("ERR_FAILED")


async def test_expected_failures_are_told_in_the_language(visit: Visit, town: World) -> None:
    page = visit.page
    user = await town.make_user()
    await page.goto("/healthz")
    await choose_language(page, GERMAN)
    await page.goto("/login")
    await page.get_by_label("Alias").fill(user.alias)
    await page.get_by_label("Passwort").fill("not the password")
    await page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    await expect(page.get_by_role("alert")).to_have_text("Der Alias oder das Passwort ist falsch.")
