"""Writing a post, and what becomes of it when it cannot be sent."""

from playwright.async_api import Locator, Page, expect

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.text import MAX_POST_CHARACTERS
from tasks.messages import start_fan_out
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World

FAMILY = "👨‍👩‍👧‍👦"
UNSTORABLE = "a\0"


async def open_composer(page: Page) -> Locator:
    await page.get_by_role("button", name="Write a post").first.click()
    box = page.get_by_role("textbox", name="Text of the post")
    await expect(box).to_be_focused()
    return box


def counter(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("status")


def send_button(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("button", name="Post", exact=True)


async def test_the_counter_counts_what_people_see_and_a_post_too_long_cannot_be_sent(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    box = await open_composer(page)
    await expect(send_button(page)).to_be_disabled()
    await box.fill(FAMILY * 3)
    await expect(counter(page)).to_contain_text(f"{MAX_POST_CHARACTERS - 3}")
    await box.fill("\u200b\u3164")
    await expect(send_button(page)).to_be_disabled()
    await box.fill("é" * MAX_POST_CHARACTERS)
    await expect(counter(page)).to_contain_text("0")
    await expect(send_button(page)).to_be_enabled()
    await box.press_sequentially("!?")
    await expect(counter(page)).to_have_text("2 too many")
    await expect(send_button(page)).to_be_disabled()


async def test_a_post_is_at_home_and_in_the_story_at_once_and_tells_how_far_it_has_come(
    visit: Visit, town: World
) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    for follower in await town.make_users(2):
        await town.follow(follower, author.user)
    await page.goto("/")
    box = await open_composer(page)
    await box.fill("Hello, @ada. https://example.org/a")
    await box.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    post = page.get_by_role("article")
    await expect(post).to_contain_text("Hello, @ada.")
    await expect(post).to_contain_text("On its way")

    [sent] = (await town.storage.posts.story(author.user.id, PageRequest(1, MAX_ID))).items
    await town.run_all([start_fan_out(sent.id)])
    await expect(post).not_to_contain_text("On its way")

    await page.get_by_role("link", name="See it").click()
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("Hello, @ada.")
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("In 2 feeds")
    await page.get_by_role("link", name="Profile").click()
    await expect(page.get_by_role("feed").get_by_role("article")).to_have_count(1)
    await page.reload()
    await expect(page.get_by_role("feed").get_by_role("article")).to_contain_text("Hello, @ada.")


async def test_a_draft_survives_closing_and_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    box = await open_composer(page)
    await box.fill("not finished")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(await open_composer(page)).to_have_value("not finished")


async def test_what_could_not_be_sent_is_given_back(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await expect_heading(page, "Home")
    box = await open_composer(page)
    await box.fill("written in a tunnel")
    await page.context.set_offline(True)
    await box.press("Control+Enter")
    await expect(page.get_by_text("Not posted. You are offline.")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)
    await page.context.set_offline(False)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    await page.get_by_role("button", name="Edit").click()
    await expect(box).to_have_value("written in a tunnel")
    await box.press("Control+Enter")
    await expect(page.get_by_role("article")).to_contain_text("written in a tunnel")
    await expect(await open_composer(page)).to_have_value("")


async def test_what_the_server_refuses_is_undone_with_its_reason(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    box = await open_composer(page)
    await box.fill(UNSTORABLE)
    await box.press("Control+Enter")
    await expect(page.get_by_text("not valid Unicode")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(0)
    await page.get_by_role("button", name="Edit").click()
    await expect(box).to_have_value(UNSTORABLE)
