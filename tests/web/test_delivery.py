"""Only the author sees the progress of a delivery, and only if it is slow."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from domain.records import Chunk
from tasks.messages import start_fan_out
from tests.client import post_id
from tests.web.arriving import come_signed_in
from tests.web.visit import Visit
from tests.world import World

POLLED_WITHIN_MS = 60_000


async def test_the_author_sees_the_progress_of_a_slow_delivery(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    post = await town.post(author.user)
    ledgers = town.storage.feed.ledgers
    chunks = [Chunk(number=0, after=0, until=1, size=1_240), Chunk(number=1, after=1, until=2, size=8_760)]
    async with town.storage.mongo.causal() as session:
        await ledgers.write_ledger(post.id, chunks, session=session)
        await page.goto(f"/@{author.user.alias}")
        row = page.get_by_role("article")
        await expect(row).to_contain_text("0 of 10,000 feeds")
        await ledgers.strike_chunk(post.id, chunks[0], session=session)
        await expect(row).to_contain_text("1,240 of 10,000 feeds", timeout=POLLED_WITHIN_MS)
        await ledgers.strike_chunk(post.id, chunks[1], session=session)
        await expect(row).not_to_contain_text("feeds", timeout=POLLED_WITHIN_MS)
    await page.goto(f"/@{author.user.alias}/posts/{post_id(post)}")
    await expect(page.get_by_role("article")).to_contain_text("In 10,000 feeds")


async def test_a_delivery_of_two_seconds_shows_no_progress(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await town.post(author.user)  # no worker delivers it
    now = datetime.now(UTC)
    await page.clock.install(time=now)
    await page.clock.pause_at(now + timedelta(seconds=1))
    await page.goto(f"/@{author.user.alias}")
    row = page.get_by_role("article")
    await expect(row).to_contain_text("hello")
    await page.clock.run_for(1_900)
    await expect(row).not_to_contain_text("On its way")
    await page.clock.run_for(200)
    await expect(row).to_contain_text("On its way")


async def test_celebrities_posts_show_no_delivery(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await town.storage.users.set_celebrity(author.user.id, True)
    post = await town.post(author.user)
    await town.run_all([start_fan_out(post.id)])
    for address in (f"/@{author.user.alias}", f"/@{author.user.alias}/posts/{post_id(post)}"):
        await page.goto(address)
        await expect(page.get_by_role("article")).to_contain_text("hello")
        await expect(page.get_by_role("main")).not_to_contain_text("merged")
        await expect(page.get_by_role("main")).not_to_contain_text("feed")
