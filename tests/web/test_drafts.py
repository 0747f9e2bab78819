"""Drafts are kept and not lost by other tabs or pages."""

import json
import re

import pytest
from playwright.async_api import expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.composer import caret, open_composer, posted, send_button, story, text_box, write_post
from tests.web.visit import Visit
from tests.world import World


async def test_a_draft_survives_a_reload_and_opens_with_the_caret_at_its_end(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    box = await open_composer(page)
    await box.fill("not finished")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    for _ in range(2):
        box = await open_composer(page)
        await expect(box).to_have_value("not finished")
        assert await caret(page) == len("not finished")
        await page.keyboard.press("Escape")
        await page.reload()
    await open_composer(page)
    await page.keyboard.type(" yet")
    await expect(text_box(page)).to_have_value("not finished yet")


async def test_a_discarded_draft_can_be_brought_back(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await (await open_composer(page)).fill("the one")
    await (await open_composer(other)).fill("the other")
    await other.close()
    drafts = page.get_by_role("dialog").locator("details")
    await drafts.locator("summary").click()
    await drafts.get_by_role("button", name="Discard this draft").click()
    await expect(drafts).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(drafts).to_contain_text("the other")
    await expect(text_box(page)).to_have_value("the one")


async def test_the_button_shows_whether_a_draft_is_kept(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    button = page.get_by_role("navigation").get_by_role("button", name="Write a post")
    await expect(button).to_have_accessible_name("Write a post")
    box = await open_composer(page)
    await box.fill("begun")
    await page.keyboard.press("Escape")
    await expect(button).to_have_accessible_name("Write a post (draft saved)")
    await page.reload()
    await expect(button).to_have_accessible_name("Write a post (draft saved)")
    box = await open_composer(page)
    await box.press("Control+Enter")
    await expect(button).to_have_accessible_name("Write a post")


async def test_an_open_composer_is_open_after_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await (await open_composer(page)).fill("in the middle of")
    await page.reload()
    await expect(text_box(page)).to_be_focused()
    await expect(text_box(page)).to_have_value("in the middle of")
    assert await caret(page) == len("in the middle of")
    await page.go_back()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect_heading(page, "Home")


@pytest.mark.parametrize("way", ["back", "escape", "button", "post"])
async def test_closing_the_composer_does_not_change_the_page_and_the_history(
    visit: Visit, town: World, way: str
) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    for number in range(30):
        await town.post(author.user, f"number {number}.")
    await page.goto("/settings")
    await expect_heading(page, "Settings")
    await page.get_by_role("link", name="Profile").click()
    await expect(page.get_by_text("number 29.")).to_be_visible()
    await page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    seen = page.get_by_role("article").filter(has_text="number 21.")
    await expect(seen).to_be_in_viewport()
    y = await page.evaluate("scrollY")
    assert y > 0

    box = await open_composer(page)
    await box.fill("kept or posted")
    match way:
        case "back":
            await page.go_back()
        case "escape":
            await page.keyboard.press("Escape")
        case "button":
            await page.get_by_role("button", name="Close").click()
        case "post":
            await box.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page).to_have_url(re.compile(f"/@{author.user.alias}$"))
    if way == "post":
        await expect(page.get_by_text("Your post was sent.")).to_be_visible()
    else:
        await expect(seen).to_be_in_viewport()
        assert await page.evaluate("scrollY") == y
        await expect(await open_composer(page)).to_have_value("kept or posted")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.go_back()
    await expect_heading(page, "Settings")


async def test_the_composer_can_be_opened_again_at_once(visit: Visit, town: World) -> None:
    """Going back in the history takes a moment. A composer opened meanwhile stays open."""
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await expect_heading(page, "Home")
    for number in range(3):
        await page.keyboard.press("n")
        await expect(text_box(page)).to_be_focused()
        await page.keyboard.type(f"number {number}.")
        await page.evaluate(
            """() => {
                document.querySelector('dialog [aria-label="Close"]').click()
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }))
            }"""
        )
        await expect(text_box(page)).to_be_focused()
        await text_box(page).press("Control+Enter")
        await expect(posted(page).first).to_contain_text(f"number {number}.")


async def test_two_tabs_write_two_drafts_and_posting_one_leaves_the_other(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await (await open_composer(page)).fill("of the one")
    box = await open_composer(other)
    await expect(box).to_have_value("")
    await box.fill("of the other")

    await text_box(page).press("Control+Enter")
    await expect(posted(page)).to_contain_text("of the one")
    await expect(box).to_have_value("of the other")
    await other.reload()
    await expect(text_box(other)).to_have_value("of the other")
    await other.keyboard.press("Escape")
    await expect(await open_composer(page)).to_have_value("of the other")
    assert await story(town, author.user) == ["of the one"]


async def test_another_draft_can_be_opened_instead_and_none_is_lost(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await (await open_composer(other)).fill("begun elsewhere")
    await (await open_composer(page)).fill("begun here")
    await other.close()

    await page.get_by_text("1 other draft").click()
    await page.get_by_role("button", name="begun elsewhere").click()
    await expect(text_box(page)).to_have_value("begun elsewhere")
    await expect(text_box(page)).to_be_focused()
    await page.keyboard.type(", ended here")
    await send_button(page).click()
    await expect(posted(page)).to_contain_text("begun elsewhere, ended here")
    await expect(await open_composer(page)).to_have_value("begun here")
    assert await story(town, author.user) == ["begun elsewhere, ended here"]


async def test_drafts_of_an_earlier_version_are_migrated(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    alias = author.user.alias
    kept = {f"tweeter.draft.{alias}": "a draft", f"tweeter.unanswered.{alias}": json.dumps(["sent without an answer"])}
    await page.evaluate("kept => Object.assign(localStorage, kept)", kept)
    await page.goto("/")
    row = page.get_by_role("region", name="Your unsent posts").get_by_role("article")
    await expect(row).to_contain_text("sent without an answer")
    await expect(row).to_contain_text("may already be posted")
    await expect(await open_composer(page)).to_have_value("a draft")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(row).to_have_count(1)
    await row.get_by_role("button", name="Discard").click()
    await write_post(page, "the draft is posted")
    await page.reload()
    await expect(row).to_have_count(0)
    await expect(await open_composer(page)).to_have_value("")
