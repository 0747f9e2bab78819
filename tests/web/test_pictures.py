"""Pictures of posts: the grid, and the lightbox with its keys."""

from typing import Literal

import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import post_id
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.post_pictures import post_pictures
from tests.web.test_looks import axe, is_too_wide, problems, settled
from tests.web.visit import Visit
from tests.world import World

__all__ = ["axe"]  # a fixture

NAMES = ["a red wall", "a blue sea", "a green hill", "a violet dusk"]
LOADED = "image => image.complete && image.naturalWidth > 0"


async def until_loaded(image: Locator) -> None:
    async def is_loaded() -> bool:
        return bool(await image.evaluate(LOADED))

    await wait_until(is_loaded, seconds=20)


def lightbox(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Pictures")


@pytest.mark.parametrize("count", [1, 2, 3, 4])
async def test_a_post_shows_its_pictures_with_their_descriptions(visit: Visit, town: World, count: int) -> None:
    page = visit.page
    author = await town.make_user()
    post = await post_pictures(town, author, NAMES[:count])
    for address in (f"/@{author.alias}", f"/@{author.alias}/posts/{post_id(post)}"):
        await page.goto(address)
        article = page.get_by_role("article")
        for name in NAMES[:count]:
            image = article.get_by_role("button", name=name).get_by_role("img", name=name, include_hidden=True)
            await until_loaded(image)
        boxes = [await image.bounding_box() for image in await article.locator("button img").all()]
        assert len(boxes) == count
        assert all(box and box["width"] > 100 and box["height"] > 80 for box in boxes)


@pytest.mark.parametrize("size", [(1_600, 900), (400, 1_600), (3_000, 300), (90, 60)], ids=str)
async def test_the_place_of_a_picture_is_the_same_before_it_is_loaded(
    visit: Visit, town: World, size: tuple[int, int]
) -> None:
    page = visit.page
    author = await town.make_user()
    await post_pictures(town, author, ["a wall"], size=size)
    await page.route("**/media/pictures/**", lambda route: route.abort())
    await page.goto(f"/@{author.alias}")
    button = page.get_by_role("article").get_by_role("button", name="a wall")
    await expect(button).to_be_visible()
    before = await button.bounding_box()
    assert "data:image/webp" in await button.locator("img").evaluate("image => image.style.backgroundImage")
    visit.forgive("ERR_FAILED")
    await page.unroute("**/media/pictures/**")
    await page.reload()
    await until_loaded(button.locator("img"))
    assert await button.bounding_box() == before


async def test_a_quoted_post_shows_its_pictures_and_is_one_link(visit: Visit, town: World) -> None:
    page = visit.page
    author, other = await town.make_users(2)
    quoted = await post_pictures(town, other, NAMES[:2])
    await town.post(author, "look", quote=quoted)
    await page.goto(f"/@{author.alias}")
    card = page.get_by_role("link", name=f"Quoted post by @{other.alias}")
    await expect(card.locator("img")).to_have_count(3)  # and the author's
    await expect(card.get_by_role("button")).to_have_count(0)
    await until_loaded(card.locator("img").last)
    await card.click()
    await expect(page).to_have_url(f"{visit.page.url.split('/@')[0]}/@{other.alias}/posts/{post_id(quoted)}")


async def test_the_lightbox_works_with_keys_and_gives_the_focus_back(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    await post_pictures(town, author, NAMES)
    await page.goto(f"/@{author.alias}")
    button = page.get_by_role("button", name=NAMES[1])
    await button.focus()
    await page.keyboard.press("Enter")
    box = lightbox(page)
    await expect(box.get_by_role("img", name=NAMES[1])).to_be_visible()
    await expect(box.get_by_role("status")).to_have_text(NAMES[1])
    await expect(box).to_contain_text("2 of 4")
    for key, place in [
        ("ArrowRight", 2),
        ("End", 3),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("Home", 0),
        ("ArrowLeft", 0),
    ]:
        await page.keyboard.press(key)
        await expect(box.get_by_role("status")).to_have_text(NAMES[place])
        await until_loaded(box.get_by_role("img", name=NAMES[place]))
    for _ in range(6):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await box.get_by_role("button", name="Next picture").click()
    await expect(box.get_by_role("status")).to_have_text(NAMES[1])
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)
    await expect(button).to_be_focused()
    assert page.url.endswith(f"/@{author.alias}")


async def test_a_click_beside_the_picture_closes_the_lightbox_and_one_on_it_does_not(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    await post_pictures(town, author, NAMES[:1], size=(300, 300))
    await page.goto(f"/@{author.alias}")
    await page.get_by_role("button", name=NAMES[0]).click()
    box = lightbox(page)
    await box.get_by_role("img", name=NAMES[0]).click()
    await expect(box).to_be_visible()
    await expect(box.get_by_role("button")).to_have_count(1)
    await page.mouse.click(30, 300)
    await expect(box).to_have_count(0)
    assert page.url.endswith(f"/@{author.alias}")


async def test_pictures_are_mirrored_with_the_layout(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    await post_pictures(town, author, NAMES[:2])
    await page.goto("/healthz")
    await page.evaluate("localStorage.setItem('tweeter.language', 'ar-XB')")
    await page.goto(f"/@{author.alias}")
    await page.get_by_role("button", name=NAMES[0]).click()
    status = page.get_by_role("dialog").get_by_role("status").first
    await expect(status).to_have_text(NAMES[0])
    await page.keyboard.press("ArrowLeft")
    await expect(status).to_have_text(NAMES[1])
    await page.keyboard.press("ArrowRight")
    await expect(status).to_have_text(NAMES[0])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_pictures(
    visit: Visit, town: World, axe: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(color_scheme=scheme)
    reader = await come_signed_in(page, town)
    for count in (1, 2, 3, 4):
        post = await post_pictures(town, reader.user, ["", *NAMES][:count], text="look")
    await town.post(reader.user, "and this", quote=post)
    await page.goto(f"/@{reader.user.alias}")
    await settled(page)
    assert await problems(page, axe) == []
    assert not await is_too_wide(page)
    await page.get_by_role("button", name=NAMES[0]).first.click()
    await until_loaded(lightbox(page).get_by_role("img").first)
    assert await problems(page, axe) == []
    assert not await is_too_wide(page)
