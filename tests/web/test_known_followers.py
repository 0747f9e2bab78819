"""The followers of a profile whom the viewer follows: named on the profile, and all of them on a page."""

import re

import pytest
from playwright.async_api import expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.test_paging import read_to
from tests.web.visit import Visit
from tests.world import World

ROWS = """() => [...document.querySelectorAll('[data-index]')]
    .map(row => [row.dataset.index, row.getAttribute('href')])"""


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, None),
        (1, "Followed by {0}, whom you follow"),
        (2, "Followed by {1} and {0}, whom you follow"),
        (3, "Followed by {2}, {1} and 1 more you follow"),
        (21, "Followed by {20}, {19} and more than 18 others you follow"),
    ],
)
async def test_a_profile_names_its_followers_whom_the_viewer_follows(
    visit: Visit, town: World, number: int, text: str | None
) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    celebrated, stranger, *known = await town.make_users(2 + number)
    await town.follow(stranger, celebrated)
    for account in known:
        await town.follow(reader.user, account)
        await town.follow(account, celebrated)
    await page.goto(f"/@{celebrated.alias}")
    about = page.get_by_role("region", name=f"About @{celebrated.alias}")
    await expect(about).to_contain_text("Joined")
    if text is None:
        await expect(about).not_to_contain_text("Followed by")
        return
    await expect(about).to_contain_text(text.format(*(f"{account.first_name} Test" for account in known)))
    latest = about.get_by_role("link", name=f"{known[-1].first_name} Test")
    await expect(latest).to_have_attribute("href", f"/@{known[-1].alias}")
    more = about.get_by_role("link", name=re.compile("more"))
    await expect(more).to_have_count(1 if number > 2 else 0)


async def test_all_followers_whom_the_viewer_follows_have_a_page(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    celebrated, stranger, *known = await town.make_users(2 + 70)
    await town.follow(stranger, celebrated)
    for account in known:
        await town.follow(reader.user, account)
        await town.follow(account, celebrated)
    await page.goto(f"/@{celebrated.alias}")
    await page.get_by_role("link", name="more than 18 others you follow").click()
    await expect(page).to_have_url(re.compile(f"/@{celebrated.alias}/known_followers$"))
    title = f"Followers of @{celebrated.alias} you follow"
    await expect_heading(page, title)
    await expect(page).to_have_title(f"{title} · Tweeter")
    rows = page.get_by_role("list", name=title).get_by_role("listitem")
    await expect(rows.first).to_contain_text(f"@{known[-1].alias}")
    seen: dict[str, str] = {}
    for place in range(0, len(known), 5):
        await read_to(page, place)
        seen |= dict(await page.evaluate(ROWS))
    assert [seen[str(place)] for place in range(len(known))] == [f"/@{account.alias}" for account in known[::-1]]


async def test_the_page_of_known_followers_says_if_there_are_none_and_asks_to_sign_in(
    visit: Visit, town: World
) -> None:
    page = visit.page
    ada = await town.make_user()
    await page.goto(f"/@{ada.alias}/known_followers")
    await expect_heading(page, "Sign in")
    await come_signed_in(page, town)
    await page.goto(f"/@{ada.alias}/known_followers")
    await expect(page.get_by_text("You follow none of the followers")).to_be_visible()
    await page.get_by_role("link", name="All followers").click()
    await expect_heading(page, f"Followers of @{ada.alias}")
    await page.goto("/@nobody_at_all/known_followers")
    await expect(page.get_by_role("heading", name="There is no @nobody_at_all")).to_be_visible()
    visit.forgive("404")
