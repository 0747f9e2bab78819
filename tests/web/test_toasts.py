"""Toasts at the bottom of the window can be read and used."""

import asyncio

from playwright.async_api import Locator, Page, Route, expect

from tests.web.arriving import come_signed_in
from tests.web.operations import operation_name
from tests.web.visit import Visit
from tests.world import World

LOOK = "toast => [getComputedStyle(toast).backgroundColor, getComputedStyle(toast).borderInlineStartColor]"


def toast(page: Page, text: str) -> Locator:
    return page.locator("[aria-live] > div").filter(has_text=text)


async def test_a_toast_over_a_dialog_can_be_read_and_closed(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    opened = asyncio.Event()

    async def hold(route: Route) -> None:
        if operation_name(route.request) == "UpdateProfile":
            await opened.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.get_by_role("button", name="Save profile").click()
    await page.keyboard.press("n")
    await expect(page.get_by_role("dialog")).to_be_visible()
    opened.set()
    said = toast(page, "Your profile was changed.")
    await expect(said).to_be_visible()
    is_on_top = await said.evaluate(
        "toast => { const { x, y, width, height } = toast.getBoundingClientRect();"
        " return toast.contains(document.elementFromPoint(x + width / 2, y + height / 2)) }"
    )
    assert is_on_top
    await said.get_by_role("button", name="Dismiss").click()
    await expect(said).to_have_count(0)
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_a_toast_stays_over_the_opening_and_closing_of_a_dialog(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    await page.get_by_role("button", name="Save profile").click()
    said = toast(page, "Your profile was changed.")
    await expect(said).to_have_count(1)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(said).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(said).to_have_count(1)


async def test_a_failure_does_not_look_like_a_success(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    other = await town.make_user()
    await page.goto("/settings")
    await page.get_by_role("button", name="Save profile").click()
    looks = [await toast(page, "Your profile was changed.").evaluate(LOOK)]
    await page.goto(f"/@{other.alias}")
    button = page.get_by_role("button", name=f"Follow @{other.alias}")
    await expect(button).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await page.route("**/graphql", lambda route: route.abort())
    await button.click()
    looks.append(await toast(page, "is not followed").evaluate(LOOK))
    visit.forgive("ERR_FAILED")
    assert looks[0][0] != looks[1][0]
    assert looks[0][1] != looks[1][1]


async def test_a_toast_stays_while_hovered_or_focused(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.clock.install()
    await page.goto("/settings")
    save = page.get_by_role("button", name="Save profile")
    await save.click()
    said = toast(page, "Your profile was changed.")
    await said.hover()
    await page.clock.fast_forward(120_000)
    await expect(said).to_have_count(1)
    await said.get_by_role("button", name="Dismiss").focus()
    await page.mouse.move(10, 10)
    await page.clock.fast_forward(120_000)
    await expect(said).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(said).to_have_count(0)

    await save.click()
    await said.hover()
    await page.mouse.move(10, 10)
    await page.clock.fast_forward(120_000)
    await expect(said).to_have_count(0)
