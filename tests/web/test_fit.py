"""The shell at every width, text size and colour scheme: all controls are visible and reachable."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.client import post_id
from tests.web.arriving import come_signed_in
from tests.web.test_looks import OPEN_TO_ALL, WIDTHS, addresses, is_too_wide, settled
from tests.web.visit import Visit
from tests.world import World

__all__ = ["addresses"]  # a fixture

FINGER = 44  # px

# Each visible control whose hit area is smaller than a finger: its name and the elements at the edges of the finger.
# A link in a line of text may be smaller, and so may one on a control with the same action.
TOO_SMALL = """finger => {
    const controls = [...document.querySelectorAll('button, nav a, main a[class*="button"], input, textarea, label')]
        .filter(control => control.checkVisibility({ opacityProperty: true }) && !control.closest('[inert]'))
        .filter(control => !control.matches('[type=file], [type=radio], label:not(:has(input))'))
        .filter(control => getComputedStyle(control).clipPath === 'none')
    const reach = finger / 2 - 1
    return controls.flatMap(control => {
        control.scrollIntoView({ block: 'center', behavior: 'instant' })
        const { x, y, width, height } = control.getBoundingClientRect()
        const [middleX, middleY] = [x + width / 2, y + height / 2]
        const missed = [[0, -reach], [0, reach], [-reach, 0], [reach, 0]].filter(([dx, dy]) => {
            const [atX, atY] = [middleX + dx, middleY + dy]
            if (atX < 0 || atX >= innerWidth || atY < 0 || atY >= innerHeight) return false
            return !control.contains(document.elementFromPoint(atX, atY)) &&
                !document.elementFromPoint(atX, atY)?.closest('label')?.contains(control)
        })
        const above = missed.map(([dx, dy]) => document.elementFromPoint(middleX + dx, middleY + dy)?.outerHTML)
        const name = control.ariaLabel ?? control.textContent
        return missed.length ? [[name, x, y, width, height, missed, above.map(html => html?.slice(0, 200))]] : []
    })
}"""

# Pairs of the parts of the shell that overlap, and controls of the navigation outside of the window.
MISPLACED = """() => {
    const boxOf = element => element.getBoundingClientRect()
    const parts = ['nav', 'main', 'aside'].map(name => document.querySelector(name)).filter(part =>
        part?.checkVisibility() && getComputedStyle(part).bottom !== '0px')
    const found = []
    for (const one of parts) for (const other of parts) {
        const [a, b] = [boxOf(one), boxOf(other)]
        if (one !== other && a.left < b.left && a.right > b.left + 1) found.push([one.tagName, other.tagName])
    }
    for (const way of document.querySelectorAll('nav:not(main nav) :is(a, button)')) {  // tabs scroll with the page
        const { left, right, top, bottom } = boxOf(way)
        if (way.checkVisibility() && (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight))
            found.push([way.textContent, left, right, top, bottom])
    }
    return found
}"""
LARGE_TEXT = """() => {
    const { style } = document.documentElement
    style.fontSize = `${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`
}"""


async def found(page: Page, script: str, *given: object) -> list[Any]:
    parts: list[Any] = await page.evaluate(script, *given)
    return parts


@pytest.mark.parametrize("width", WIDTHS)
async def test_each_navigation_link_has_a_name_and_is_reachable(visit: Visit, town: World, width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await come_signed_in(page, town)
    await page.goto("/")
    navigation = page.get_by_role("navigation", name="Main")
    rare = () if width == 360 else ("Bookmarks",)
    for name in ("Home", "Explore", "Notifications", *rare, "Profile", "Settings"):
        link = navigation.get_by_role("link", name=name, exact=True)
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")
        assert await link.evaluate("link => link.getBoundingClientRect().bottom <= innerHeight")
    await expect(navigation.get_by_role("button", name="Write a post")).to_be_in_viewport()
    assert await navigation.get_by_role("link").evaluate_all(
        "links => links.every(link => (link.ariaLabel ?? link.textContent).trim())"
    )


@pytest.mark.parametrize("width", [360, 768])
async def test_the_current_link_is_visible_in_forced_colours(visit: Visit, town: World, width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(forced_colors="active", reduced_motion="reduce")
    await come_signed_in(page, town)
    await page.goto("/")
    await settled(page)
    home = page.get_by_role("navigation", name="Main").get_by_role("link", name="Home", exact=True)
    current = await home.screenshot()
    await page.get_by_role("link", name="Settings").click()
    await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_focused()
    await page.mouse.move(width / 2, 300)
    assert await home.screenshot() != current
    assert await home.evaluate("link => getComputedStyle(link, '::before').content") == "none"


async def test_the_chosen_theme_and_each_action_are_visible_in_forced_colours(visit: Visit, town: World) -> None:
    page = visit.page
    await page.emulate_media(forced_colors="active")
    await come_signed_in(page, town)
    await page.goto("/settings")
    chosen, other = page.locator("label", has_text="System default"), page.locator("label", has_text="Dark")
    colour = "label => getComputedStyle(label).borderTopColor"
    assert await chosen.evaluate(colour) != await other.evaluate(colour)
    border = "button => getComputedStyle(button).borderTopStyle"
    for button in await page.get_by_role("button", name=re.compile("Write a post|Save profile")).all():
        assert await button.evaluate(border) == "solid"


async def test_every_control_is_large_enough_for_a_finger(visit: Visit, addresses: list[str]) -> None:
    page = visit.page
    await page.set_viewport_size({"width": 360, "height": 740})
    for address in [*addresses, *OPEN_TO_ALL]:
        await page.goto(address)
        await settled(page)
        assert await found(page, TOO_SMALL, FINGER) == [], address
    visit.forgive("404")


@pytest.mark.parametrize("width", WIDTHS)
async def test_text_twice_as_large_fits(visit: Visit, addresses: list[str], width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    for address in [*addresses, *OPEN_TO_ALL]:
        await page.goto(address)
        await settled(page)
        icon = page.locator("nav svg").last
        before = await icon.evaluate("icon => icon.getBoundingClientRect().width")
        await page.evaluate(LARGE_TEXT)
        assert not await is_too_wide(page), address
        assert await found(page, MISPLACED) == [], address
        assert await icon.evaluate("icon => icon.getBoundingClientRect().width") in (2 * before, 0), address
    visit.forgive("404")


async def test_dates_and_numbers_are_in_the_language_of_the_page(browser: Browser, site: str, town: World) -> None:
    context = await browser.new_context(base_url=site, locale="it-IT")
    page = await context.new_page()
    reader = await come_signed_in(page, town)
    post = await town.post(reader.user, "hello")
    await page.goto(f"/@{reader.user.alias}/posts/{post_id(post)}")
    await expect(page.get_by_role("main").locator("time")).to_have_text(re.compile("day, "))
    await page.goto(f"/@{reader.user.alias}")
    await expect(page.get_by_role("article").locator("time")).to_have_attribute("title", re.compile("day, "))
    await context.close()
