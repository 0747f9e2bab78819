"""Accessibility and width of every page: axe finds nothing, and no page is wider than a phone."""

from typing import Any, Literal

import pytest
from playwright.async_api import Page, Route, expect

from domain.acts import ActKind
from serving.pages import WEB
from tests.client import post_id
from tests.lacking import lacking
from tests.web.arriving import come_signed_in
from tests.web.visit import Visit
from tests.world import World

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
OPEN_TO_ALL = ["/", "/login", "/register", "/explore", "/tags/painting", "/nowhere"]
BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"
WIDTHS = [360, 768, 1280]
LOOKS = [*(("light", width) for width in WIDTHS), ("dark", 360), ("dark", 1280)]


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        lacking("web/node_modules has no axe-core: make web")
    return AXE.read_text()


async def problems(page: Page, axe: str) -> list[Any]:
    await page.evaluate(axe)
    found: list[Any] = await page.evaluate(
        "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
        ".map(({ id, help, nodes }) => [id, help, nodes.map(({ target }) => target.join(' '))])"
    )
    return found


async def is_too_wide(page: Page) -> bool:
    is_wide: bool = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return is_wide


async def settled(page: Page) -> None:
    await expect(page.get_by_role("main")).to_be_visible()
    await page.wait_for_load_state("networkidle")


@pytest.fixture
async def addresses(visit: Visit, town: World) -> list[str]:
    """Return pages of a signed-in user, all with content."""
    reader = await come_signed_in(visit.page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.follow(author, reader.user)
    for text in (
        "hello",
        f"@{author.alias} https://example.org/{LONG}",
        f"They are amid words: @{author.alias} and https://example.org/ too.",
        f"words about #painting and #{LONG[:90]}",
        LONG,
    ):
        await town.post(author, text)
        post = await town.post(reader.user, text)
    alias = reader.user.alias
    own, other = f"/@{alias}", f"/@{author.alias}"
    amid = await town.post(reader.user, f"Here @{author.alias} is amid words.")
    for kind in ActKind:
        await town.storage.acts.add(kind, reader.user.id, amid)
    assert await town.storage.reposts.repost(author.id, amid)
    await town.post(author, "quoted", quote=amid)
    await town.storage.acts.add(ActKind.LIKE, author.id, amid)
    return [
        *("/", "/settings", "/explore", f"/explore?q={author.alias}", "/explore?q=words&f=posts", "/tags/painting"),
        *("/bookmarks", own, other),
        *("/notifications", "/notifications?show=mentions", f"{own}?show=likes", f"{own}?show=media"),
        *(f"{own}/posts/{post_id(amid)}/{below}" for below in ("likes", "reposts", "quotes")),
        *(f"{own}/followers", f"{own}/followees", f"{other}/known_followers", f"{own}/known_followers"),
        *(f"{own}/posts/{post_id(post)}", f"{own}/posts/{post_id(amid)}"),
    ]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
async def test_axe_finds_nothing(
    visit: Visit, axe: str, addresses: list[str], scheme: Literal["light", "dark"], width: int
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in addresses:
        await page.goto(address)
        await settled(page)
        assert await problems(page, axe) == [], address
    await page.get_by_role("heading", level=1).focus()
    for key in ("n", "?"):
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await problems(page, axe) == [], key
        await page.keyboard.press("Escape")


@pytest.mark.parametrize("is_held", [True, False], ids=["loading", "failed"])
async def test_axe_finds_nothing_on_pages_without_content(
    visit: Visit, axe: str, addresses: list[str], *, is_held: bool
) -> None:
    page = visit.page
    held: list[Route] = []

    async def answer(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            await route.abort()

    await page.route("**/graphql", answer)
    for address in addresses:
        await page.goto(address)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        if not is_held:
            await settled(page)
        assert await problems(page, axe) == [], address
    visit.errors.clear()  # of each request that failed


@pytest.mark.parametrize("width", WIDTHS)
async def test_axe_finds_nothing_on_the_pages_of_a_newcomer(visit: Visit, axe: str, town: World, width: int) -> None:
    page = visit.page
    newcomer = await come_signed_in(page, town)
    suggested, *fans = await town.make_users(4)
    for fan in fans:
        await town.follow(fan, suggested)
    await page.set_viewport_size({"width": width, "height": 740})
    for address in ("/", "/notifications", "/bookmarks", f"/@{newcomer.user.alias}", "/explore?q=absent"):
        await page.goto(address)
        await settled(page)
        assert await problems(page, axe) == [], address


@pytest.mark.parametrize("width", WIDTHS)
async def test_axe_finds_nothing_on_anonymous_pages(visit: Visit, axe: str, width: int) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 740})
    for address in OPEN_TO_ALL:
        await visit.page.goto(address)
        await settled(visit.page)
        assert await problems(visit.page, axe) == [], address
    visit.forgive("404")


@pytest.mark.parametrize("width", WIDTHS)
async def test_no_page_is_wider_than_its_window(visit: Visit, addresses: list[str], width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    for address in [*addresses, *OPEN_TO_ALL]:
        await page.goto(address)
        await settled(page)
        assert not await is_too_wide(page), address
    visit.forgive("404")


async def test_a_chosen_theme_overrides_the_systems(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.emulate_media(color_scheme="light")
    await page.goto("/settings")
    light = await page.evaluate(BACKGROUND)
    await page.get_by_text("Dark", exact=True).click()
    dark = await page.evaluate(BACKGROUND)
    assert dark != light
    await page.reload()
    assert await page.evaluate(BACKGROUND) == dark
    await page.get_by_text("System default").click()
    assert await page.evaluate(BACKGROUND) == light
