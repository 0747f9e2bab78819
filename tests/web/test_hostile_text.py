"""Hostile texts and names stay in their boxes, on every page and at every width."""

import re
from functools import partial
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import post_id
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.hostile import ARABIC, LONG_NAME, OVERRIDE, Hostile, make_hostile
from tests.web.pixels import changed_outside
from tests.web.test_looks import WIDTHS, is_too_wide, settled
from tests.web.visit import Visit
from tests.world import World

HEIGHT = 900
MARGIN_EM = 0.25  # distance by which marks may leave the box of their text
# The elements in the window that directly hold stacked marks.
MARKED = """() => [...document.querySelectorAll('body *')].filter(element =>
    [...element.childNodes].some(node => node.nodeType === 3 && /[\\u0300-\\u036f]{9}/.test(node.data)) &&
    element.getBoundingClientRect().top < innerHeight && !element.closest('title, .visually-hidden'))"""
# Their boxes. An inline element has the box of its block. Hiding changes no box.
HIDE = f"""(margin) => ({MARKED})().map(element => {{
    let block = element
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    const {{ left, top, right, bottom }} = block.getBoundingClientRect()
    const by = margin * parseFloat(getComputedStyle(block).fontSize)
    element.style.visibility = 'hidden'
    return [left - by, top - by, right + by, bottom + by]
}})"""


@pytest.fixture
async def hostile(visit: Visit, town: World, request: pytest.FixtureRequest) -> Hostile:
    """A hostile account. It and the reader follow each other."""
    reader = await come_signed_in(visit.page, town)
    author = await make_hostile(town, f"h{abs(hash(request.node.name)) % 10**8}")
    await town.follow(reader.user, author.author)
    await town.follow(author.author, reader.user)
    return author


def pages_of(hostile: Hostile, reader: str) -> list[str]:
    """Return an address of each page that shows names or texts."""
    alias = hostile.author.alias
    post = f"/@{alias}/posts/{post_id(hostile.posts['stacked'])}"
    return ["/", f"/@{alias}", f"/explore?q={alias}", f"/@{reader}/followees", f"/@{reader}/followers", post]


async def open_page(page: Page, address: str) -> None:
    """Open a page and wait until it shows what the hostile account has on it."""
    await page.goto(address)
    await settled(page)
    await expect(page.get_by_role("main").get_by_text(LONG_NAME).first).to_be_visible()


async def reader_of(page: Page) -> str:
    alias: str = await page.evaluate("JSON.parse(localStorage.getItem('tweeter.session')).alias")
    return alias


@pytest.mark.parametrize("width", WIDTHS)
async def test_hostile_names_and_texts_stay_in_their_boxes(visit: Visit, hostile: Hostile, width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": HEIGHT})
    for address in pages_of(hostile, await reader_of(page)):
        await open_page(page, address)
        assert not await is_too_wide(page), address
        await expect_isolated_names(page, address)
        await expect_whole_aliases(page, f"@{hostile.author.alias}", address)
        await expect_clipped_marks(page, address)


async def expect_isolated_names(page: Page, address: str) -> None:
    """Names do not reverse surrounding text. Bidi controls of old names are not shown."""
    for name in await page.get_by_text(LONG_NAME).all():
        assert await name.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate", address
        assert OVERRIDE not in (await name.text_content() or ""), address
    assert OVERRIDE not in await page.title()


async def expect_whole_aliases(page: Page, alias: str, address: str) -> None:
    """A long name does not hide the alias, since it could imitate another account's name and alias."""
    names = page.get_by_role("main").locator("a", has_text=LONG_NAME).get_by_text(alias)
    assert await names.count() > 0, address
    for name in await names.all():
        assert await name.evaluate("e => e.scrollWidth <= e.clientWidth"), address
        assert await name.evaluate("e => e.getBoundingClientRect().right <= innerWidth"), address


async def expect_clipped_marks(page: Page, address: str) -> None:
    """Hiding the elements with stacked marks changes no pixel outside of their boxes."""
    await page.mouse.move(0, 0)
    before = await page.screenshot(animations="disabled", caret="hide")
    boxes: list[Any] = await page.evaluate(HIDE, MARGIN_EM)
    assert boxes, address
    after = await page.screenshot(animations="disabled", caret="hide")
    assert before != after, "the marks were not to be seen at all"
    assert changed_outside(before, after, [tuple(box) for box in boxes]) is None, address


def text_of(row: Locator) -> Locator:
    return row.locator("p[dir=auto]")


async def places_of(text: Locator, pattern: str) -> list[float]:
    """Return the horizontal centres of the pattern's matches in the text nodes, in order of the matches."""
    places: list[float] = await text.evaluate(
        """(element, pattern) => {
            const found = []
            const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
            while (nodes.nextNode()) for (const match of nodes.currentNode.data.matchAll(new RegExp(pattern, 'gu'))) {
                const range = document.createRange()
                range.setStart(nodes.currentNode, match.index)
                range.setEnd(nodes.currentNode, match.index + match[0].length)
                const { left, right } = range.getBoundingClientRect()
                found.push((left + right) / 2)
            }
            return found
        }""",
        pattern,
    )
    return places


@pytest.mark.parametrize("name", ["mention before Arabic", "link before Arabic"])
async def test_mentions_and_links_do_not_decide_the_text_direction(visit: Visit, hostile: Hostile, name: str) -> None:
    page = visit.page
    post = f"/@{hostile.author.alias}/posts/{post_id(hostile.posts[name])}"
    for address in ("/", f"/@{hostile.author.alias}", post):
        await page.goto(address)
        text = text_of(page.get_by_role("article").filter(has_text=ARABIC).filter(has=page.locator("p a")))
        text = text.filter(has_text="@h" if name.startswith("mention") else "https://")
        await expect(text).to_have_css("direction", "rtl")
        (set_apart,) = await places_of(text, r"@\w+|https\S+")
        (first_word,) = await places_of(text, ARABIC.split()[0])
        assert set_apart > first_word, "it stands at the right, where the text begins"


async def test_a_hostile_bio_keeps_its_direction_and_its_height(visit: Visit, hostile: Hostile) -> None:
    page = visit.page
    await page.goto(f"/@{hostile.author.alias}")
    bio = text_of(page.get_by_role("region", name="About"))
    await expect(bio).to_have_css("direction", "rtl")
    (mention,), (first_word,) = await places_of(bio, r"@\w+"), await places_of(bio, ARABIC.split()[0])
    assert mention > first_word, "it stands at the right, where the text begins"
    lines = (await bio.text_content() or "").split("\n")
    assert lines[-2:] == ["", "below"]
    assert len(lines) == 4


async def test_a_bidi_control_does_not_reverse_a_link(visit: Visit, hostile: Hostile) -> None:
    page = visit.page
    await page.goto(f"/@{hostile.author.alias}/posts/{post_id(hostile.posts['override before a link'])}")
    text = text_of(page.get_by_role("article"))
    letters = await places_of(text.locator("a"), r"(?<=org/)a|(?<=/a)b|(?<=/ab)c")
    assert len(letters) == 3
    assert letters == sorted(letters)


async def test_blank_lines_are_collapsed_and_tall_posts_are_cut(visit: Visit, hostile: Hostile) -> None:
    page = visit.page
    await page.set_viewport_size({"width": 1280, "height": 2 * HEIGHT})
    await page.goto(f"/@{hostile.author.alias}")
    row = page.get_by_role("article").filter(has_text="above")
    assert await text_of(row).text_content() == "above\n\nbelow"
    await wait_until(partial(has_lines, text_of(row), 3))
    await expect(row.get_by_role("button", name=re.compile("Show"))).to_have_count(0)

    tall = page.get_by_role("article").filter(has_text="68\n69")
    await wait_until(partial(has_lines, text_of(tall), 16))
    more = tall.get_by_role("button", name="Show more")
    await more.click()
    await wait_until(partial(has_lines, text_of(tall), 70))
    less = tall.get_by_role("button", name="Show less")
    await expect(less).to_be_focused()
    await expect(less).to_have_attribute("aria-expanded", "true")

    await page.goto(f"/@{hostile.author.alias}/posts/{post_id(hostile.posts['lines'])}")
    whole = page.get_by_role("article")
    await expect(whole.get_by_role("button", name=re.compile("Show"))).to_have_count(0)
    await wait_until(partial(has_lines, text_of(whole), 70))


async def test_an_expanded_post_stays_expanded_out_of_sight(visit: Visit, hostile: Hostile, town: World) -> None:
    page = visit.page
    for number in range(40):
        await town.post(hostile.author, f"number {number}.")
    await town.post(hostile.author, "\n".join("abcdefghijklmnopqrst"))
    await page.goto(f"/@{hostile.author.alias}")
    await page.get_by_role("button", name="Show more").click()
    await expect(page.get_by_role("button", name="Show less")).to_be_visible()

    async def is_out_of_sight() -> bool:
        await page.evaluate("scrollBy(0, 1000)")  # again: the page may still have to load
        return await page.get_by_role("button", name="Show less").count() == 0

    await wait_until(is_out_of_sight)
    await page.evaluate("scrollTo(0, 0)")
    await expect(page.get_by_role("button", name="Show less")).to_be_visible()


async def test_a_hidden_link_cannot_have_the_focus(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    await town.post(author, "\n".join("abcdefghijklmnopqrstuvw") + f"\n@{author.alias}")
    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_role("button", name="Show more")).to_be_visible()
    link = text_of(page.get_by_role("article")).get_by_role("link")
    await link.focus()
    await expect(page.get_by_role("button", name="Show less")).to_be_visible()
    await expect(link).to_be_focused()


async def has_lines(text: Locator, lines: int) -> bool:
    return await lines_of(text) == lines


async def lines_of(text: Locator) -> int:
    """Return the number of visible lines of a text."""
    lines: float = await text.evaluate("e => e.clientHeight / parseFloat(getComputedStyle(e).lineHeight)")
    return round(lines)
