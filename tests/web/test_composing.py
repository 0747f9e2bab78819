"""Writing a post, and its display to the author."""

from playwright.async_api import expect

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.text import MAX_POST_CHARACTERS
from tasks.messages import start_fan_out
from tests.web.arriving import come_signed_in
from tests.web.composer import counter, open_composer, send_button
from tests.web.visit import Visit
from tests.world import World

FAMILY = "👨‍👩‍👧‍👦"


async def test_the_counter_counts_graphemes_and_too_long_a_post_cannot_be_sent(visit: Visit, town: World) -> None:
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


async def test_a_new_post_is_in_the_feed_and_the_story_at_once_with_its_delivery(visit: Visit, town: World) -> None:
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

    [sent] = (await town.storage.stories.page(author.user.id, PageRequest(1, MAX_ID))).items
    await town.run_all([start_fan_out(sent.id)])
    await expect(post).not_to_contain_text("On its way")

    await page.get_by_role("link", name="View").click()
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("Hello, @ada.")
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("In 2 feeds")
    await page.get_by_role("link", name="Profile").click()
    await expect(page.get_by_role("feed").get_by_role("article")).to_have_count(1)
    await page.reload()
    await expect(page.get_by_role("feed").get_by_role("article")).to_contain_text("Hello, @ada.")
