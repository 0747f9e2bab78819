"""Changes of the viewer's profile appear at once, everywhere on the page."""

from playwright.async_api import Locator, Page, expect

from tests.pictures import picture
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World


async def upload_picture(page: Page, colour: tuple[int, int, int]) -> None:
    await page.get_by_label("A picture").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": picture(size=(300, 300), colour=colour)}
    )
    await page.get_by_role("button", name="Use picture").click()
    await expect(page.get_by_text("Your picture was changed.").last).to_be_visible()


async def until_another_picture(avatar: Locator, before: str) -> str:
    """Wait until the browser shows another file than before. Return its address."""
    drawn = [before]

    async def is_another() -> bool:
        drawn.append(await avatar.evaluate("image => image.complete && image.naturalWidth ? image.currentSrc : ''"))
        return drawn[-1] not in ("", before)

    await wait_until(is_another, seconds=20)
    return drawn[-1]


async def test_a_new_picture_and_name_appear_in_the_navigation_at_once(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    await expect_heading(page, "Settings")
    navigation = page.get_by_role("navigation", name="Main")
    avatar = navigation.locator("img")

    before = await until_another_picture(avatar, "")
    await upload_picture(page, (200, 30, 40))
    first = await until_another_picture(avatar, before)
    await upload_picture(page, (20, 60, 200))
    second = await until_another_picture(avatar, first)
    await page.get_by_role("button", name="Remove picture").click()
    drawn = await until_another_picture(avatar, second)

    await page.get_by_label("First name").fill("Nova")
    await page.get_by_role("button", name="Save profile").click()
    await expect(navigation).to_contain_text("Nova")
    await until_another_picture(avatar, drawn)
