"""The focus after navigation, dialogs and removed controls."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from serving.pages import WEB
from tests.pictures import picture
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading, open_feed, sign_in, sign_out
from tests.web.test_session import PASSWORD, make_member
from tests.web.visit import Visit
from tests.world import World

SOURCES = WEB / "src"
DIALOG = re.compile("<(Confirm)?Dialog ")


def search_box(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("searchbox")


@pytest.mark.parametrize("address", ["/", "/settings", "/explore", "/explore?q=someone"])
async def test_slash_focuses_the_search(visit: Visit, town: World, address: str) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("/")
    await page.keyboard.type("nina")
    await expect(search_box(page)).to_be_focused()
    await expect(search_box(page)).to_have_value("nina")
    await expect(page).to_have_url(re.compile(r"\?q=nina$"))
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(search_box(page)).to_be_focused()


async def test_the_search_page_focuses_its_field_on_every_way_to_it(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/explore")
    await expect(search_box(page)).to_be_focused()
    await page.keyboard.type("ni")
    await expect(page).to_have_url(re.compile(r"\?q=ni$"))
    await page.keyboard.type("na")
    await expect(search_box(page)).to_have_value("nina")
    await page.get_by_role("link", name="Settings").click()
    await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_focused()
    await page.get_by_role("link", name="Explore").click()
    await expect(search_box(page)).to_be_focused()
    await expect(search_box(page)).to_have_value("")


@dataclass(frozen=True, slots=True)
class Opening:
    """A way to a dialog: its source file, and the control that opens it and had the focus before."""

    file: str
    open: Callable[[Page], Awaitable[Locator]]
    own_close: str | None = None  # the name of a button


async def _by_button(page: Page) -> Locator:
    opener = page.get_by_role("navigation").get_by_role("button", name="Write a post")
    await opener.press("Enter")
    return opener


async def _by_key(page: Page, key: str) -> Locator:
    row = page.get_by_role("article").nth(1)
    await row.focus()
    await page.keyboard.press(key)
    return row


async def _delete(page: Page) -> Locator:
    await page.get_by_role("link", name="Profile", exact=True).click()
    opener = page.get_by_role("button", name="More about this post").first
    await opener.press("Enter")
    await page.get_by_role("menuitem", name="Delete this post").press("Enter")
    return opener


async def _crop(page: Page) -> Locator:
    await page.get_by_role("link", name="Settings").click()
    opener = page.get_by_role("button", name="Choose a picture")
    await opener.focus()
    await page.get_by_label("A picture").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", size=(300, 200))}
    )
    return opener


async def _block(page: Page) -> Locator:
    await page.get_by_role("article").nth(1).get_by_role("link", name="@").first.click()
    opener = page.get_by_role("button", name="More actions")
    await opener.press("Enter")
    await page.get_by_role("menuitem", name="Block", exact=True).press("Enter")
    return opener


OPENINGS = {
    "block": Opening("people/relations/BlockDialog.tsx", _block, "Cancel"),
    "composer by button": Opening("posts/composer/Composer.tsx", _by_button),
    "composer by key": Opening("posts/composer/Composer.tsx", lambda page: _by_key(page, "n")),
    "keys": Opening("app/KeyboardShortcuts.tsx", lambda page: _by_key(page, "?")),
    "delete": Opening("posts/actions/DeleteDialog.tsx", _delete, "Cancel"),
    "crop": Opening("pictures/CropDialog.tsx", _crop, "Cancel"),
}


def test_each_dialog_is_tested() -> None:
    """A dialog is built of one of the two of ui/overlays, of which one is built of the other."""
    files = {str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*.tsx") if DIALOG.search(path.read_text())}
    assert files - {"ui/overlays/ConfirmDialog.tsx"} == {opening.file for opening in OPENINGS.values()}


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS.keys())
async def test_every_way_to_close_a_dialog_restores_the_focus(visit: Visit, town: World, opening: Opening) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    for text in ("one", "two", "three"):
        await town.post(reader.user, text)
    author = await town.make_user()
    await town.follow(reader.user, author)
    for text in ("four", "five", "six"):
        await town.post(author, text)
    await page.goto("/")
    await expect(page.get_by_role("article").nth(1)).to_be_visible()
    dialog = page.get_by_role("dialog")
    for close in ("Escape", "Close", *filter(None, [opening.own_close])):
        opener = await opening.open(page)
        await expect(dialog).to_be_visible()
        if close == "Escape":
            await page.keyboard.press(close)
        else:
            await dialog.get_by_role("button", name=close).press("Enter")
        await expect(dialog).to_have_count(0)
        await expect(opener).to_be_focused()


async def test_a_page_does_not_move_under_a_dialog(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=25)
    await page.mouse.move(640, 400)
    await page.mouse.wheel(0, 300)
    await wait_until(lambda: page.evaluate("scrollY === 300"))
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    for at in [(640, 200), (640, 700)]:  # on the dialog, and on its backdrop
        await page.mouse.move(*at)
        await page.mouse.wheel(0, 300)
    await page.keyboard.press("Escape")
    await page.mouse.wheel(0, 100)
    await wait_until(lambda: page.evaluate("scrollY > 300"))  # the wheel's events arrive in order
    assert await page.evaluate("scrollY") == 400


async def test_back_from_a_post_focuses_its_row_for_j_and_k(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=30)
    focused = page.locator("article:focus")
    for place in range(12):
        await page.keyboard.press("j")
        await expect(focused).to_have_attribute("aria-posinset", f"{place + 1}")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/posts/"))
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await page.go_back()
    await expect(focused).to_have_attribute("aria-posinset", "12")
    await expect(focused).to_be_in_viewport()
    await page.keyboard.press("j")
    await expect(focused).to_have_attribute("aria-posinset", "13")
    await page.reload()
    await expect(focused).to_have_attribute("aria-posinset", "13")


async def test_back_from_a_page_focuses_the_link_to_it(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    await town.follow(await town.make_user(), reader.user)
    await page.goto(f"/@{reader.user.alias}")
    link = page.get_by_role("link", name="1 follower")
    await link.press("Enter")
    await expect_heading(page, "Followers of")
    row = page.get_by_role("list", name="Followers of").get_by_role("link")
    await row.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Test")).to_be_focused()
    await page.go_back()
    await expect(row).to_be_focused()
    await page.go_back()
    await expect(link).to_be_focused()


@pytest.mark.parametrize("places", [5, 15])
async def test_j_and_k_scroll_a_post_to_the_top(visit: Visit, town: World, places: int) -> None:
    page = visit.page
    await open_feed(page, town, posts=30)
    for _ in range(places):
        await page.keyboard.press("j")
    await page.keyboard.press("k")
    row = page.locator("article:focus")
    await expect(row).to_have_attribute("aria-posinset", f"{places - 1}")
    top = await row.evaluate("row => row.getBoundingClientRect().top")
    bar = await page.locator("#main header").first.evaluate("bar => bar.getBoundingClientRect().bottom")
    assert bar <= top <= bar + 20
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("j")
    await expect(row).to_have_attribute("aria-posinset", f"{places - 1}")


async def test_the_skip_link_leads_to_the_page_and_not_into_the_history(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    await expect_heading(page, "Settings")
    entries = await page.evaluate("history.length")
    await page.get_by_role("link", name="Skip to content").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    assert await page.evaluate("history.length") == entries
    assert page.url.endswith("/settings")


async def test_signing_out_and_in_leads_to_a_heading(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/settings")
    await sign_in(page, alias, PASSWORD)
    await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_focused()
    await sign_out(page)
    await expect(page.get_by_role("heading", level=1, name="Short posts")).to_be_focused()


async def test_a_removed_control_moves_the_focus_to_its_surroundings(visit: Visit) -> None:
    page = visit.page
    await page.goto("/register")
    await page.get_by_label("A picture").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", size=(300, 200))}
    )
    await page.get_by_role("button", name="Use picture").click()
    await page.get_by_role("button", name="Remove").press("Enter")
    await expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    await expect(page.get_by_role("group", name="Picture")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Choose a picture")).to_be_focused()


async def test_the_follow_button_shows_its_state(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    other = await town.make_user()
    await page.goto(f"/@{other.alias}")
    await page.get_by_role("button", name=f"Follow @{other.alias}", pressed=False).press("Enter")
    following = page.get_by_role("button", name=f"Following @{other.alias}", pressed=True)
    await expect(following).to_be_focused()
    await following.hover()
    await expect(following).to_be_visible()


async def test_back_to_a_search_focuses_the_result_that_was_opened(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    found = await town.make_user("nina_found")
    await page.goto("/explore?q=nina_found")
    result = page.get_by_role("main").get_by_role("link", name=f"@{found.alias}")
    await result.focus()
    await page.keyboard.press("Enter")
    await expect_heading(page, "Nina_Found Test")
    await page.go_back()
    await expect(result).to_be_focused()
