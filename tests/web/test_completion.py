"""Completion of mentions and tags in the composer."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tasks.trends import refresh_trends
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.composer import open_composer, story, text_box
from tests.web.test_looks import axe as axe
from tests.web.test_looks import problems
from tests.web.visit import Visit
from tests.world import World


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def active(page: Page) -> Locator:
    return page.get_by_role("option", selected=True)


async def open_with_people(page: Page, town: World, start: str) -> Locator:
    """Open the composer in a town with two accounts whose aliases begin so."""
    await come_signed_in(page, town)
    for end in ("one", "two"):
        await town.make_user(f"{start}_{end}")
    await page.goto("/settings")
    return await open_composer(page)


async def test_enter_takes_the_first_mention_and_the_arrows_choose_another(visit: Visit, town: World) -> None:
    page = visit.page
    box = await open_with_people(page, town, "carla")
    await page.keyboard.type("hello @carla")
    await expect(suggestions(page)).to_have_count(2)
    await expect(active(page)).to_have_count(1)
    first = (await active(page).inner_text()).split("@")[-1]
    await page.keyboard.press("Enter")
    await expect(box).to_have_value(f"hello @{first} ")
    await expect(suggestions(page)).to_have_count(0)
    await page.keyboard.type("and @CARLA")
    await expect(suggestions(page)).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    second = (await active(page).inner_text()).split("@")[-1]
    assert second != first
    described = await box.get_attribute("aria-activedescendant")
    assert described == await active(page).get_attribute("id")
    await page.keyboard.press("ArrowDown")
    await expect(active(page)).to_contain_text(first)
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value(f"hello @{first} and @{second} ")
    await expect(box).to_be_focused()


async def test_escape_closes_the_suggestions_and_not_the_composer(visit: Visit, town: World) -> None:
    page = visit.page
    box = await open_with_people(page, town, "dario")
    await page.keyboard.type("@dario")
    await expect(suggestions(page)).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(suggestions(page)).to_have_count(0)
    await expect(box).to_be_focused()
    await page.keyboard.type("_")
    await expect(box).to_have_value("@dario_")
    await page.keyboard.type(" @dario")
    await expect(suggestions(page)).to_have_count(2)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_click_takes_a_mention_in_the_middle_of_a_text(visit: Visit, town: World) -> None:
    page = visit.page
    box = await open_with_people(page, town, "elena")
    await box.fill("hello , how are you?")
    await page.keyboard.press("Home")
    for _ in "hello ":
        await page.keyboard.press("ArrowRight")
    await page.keyboard.type("@elena_t")
    await suggestions(page).filter(has_text="@elena_two").click()
    await expect(box).to_have_value("hello @elena_two , how are you?")
    await page.keyboard.type("dear")
    await expect(box).to_have_value("hello @elena_two dear, how are you?")


async def test_a_new_tag_is_kept_by_enter_and_a_known_one_is_chosen_by_arrows(visit: Visit, town: World) -> None:
    page = visit.page
    for author in await town.make_users(3):
        await town.post(author, "about #Gardening")
    await refresh_trends(town.services)
    reader = await come_signed_in(page, town)
    await page.goto("/settings")
    box = await open_composer(page)
    await page.keyboard.type("#garden")
    await expect(suggestions(page)).to_have_text(["#Gardening"])
    await expect(page.get_by_text("1 suggestion. Choose with")).to_be_attached()
    await page.keyboard.press("Enter")
    await page.keyboard.type("#GARDEN")
    await expect(suggestions(page)).to_have_text(["#Gardening"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("#garden\n#Gardening ")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    async def is_posted() -> bool:
        return [text.strip() for text in await story(town, reader.user)] == ["#garden\n#Gardening"]

    await wait_until(is_posted)


@pytest.mark.parametrize("window", [(360, 740), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_suggestions_stand_at_the_caret_within_the_window_and_axe_finds_nothing(
    visit: Visit, town: World, axe: str, window: tuple[int, int], scheme: str
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": window[0], "height": window[1]})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    box = await open_with_people(page, town, f"fabio{window[0]}{scheme[0]}"[:11])
    await page.keyboard.type("words " * 3 + f"@fabio{window[0]}{scheme[0]}"[:12])
    await expect(suggestions(page)).to_have_count(2)
    shown, text = await suggestions(page).first.bounding_box(), await box.bounding_box()
    assert shown is not None
    assert text is not None
    assert shown["x"] >= 0
    # A window with a scroll bar keeps its place free.
    width = await page.evaluate("document.documentElement.getBoundingClientRect().width")
    assert shown["x"] + shown["width"] <= width
    assert text["y"] < shown["y"] < text["y"] + 100
    assert await problems(page, axe) == []


async def test_nothing_is_completed_in_the_middle_of_a_word(visit: Visit, town: World) -> None:
    page = visit.page
    await open_with_people(page, town, "greta")
    await page.keyboard.type("mail@greta and @greta")
    await expect(suggestions(page)).to_have_count(2)
    for _ in "@greta":
        await page.keyboard.press("ArrowLeft")
    await expect(suggestions(page)).to_have_count(0)
    await expect(text_box(page)).to_have_value(re.compile("@greta$"))
