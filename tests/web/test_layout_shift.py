"""Loading pages have no layout shift: nothing visible moves when answers and code arrive."""

import asyncio
from contextlib import suppress

import pytest
from playwright.async_api import Error, Page, Request, Route

from tests.client import post_id
from tests.waiting import bounded, wait_until
from tests.web.arriving import come_signed_in
from tests.web.hostile import make_hostile
from tests.web.visit import Visit
from tests.world import World

WINDOWS = [(360, 740), (1280, 800)]
MOST = 0.01  # Cumulative Layout Shift; up to 0.1 is called good
OBSERVE = """() => {
    window.shifts = []
    new PerformanceObserver(list => {
        for (const { value, sources } of list.getEntries())
            window.shifts.push([value, sources.map(({ node }) => node && (node.outerHTML ?? node.data).slice(0, 120))])
    }).observe({ type: 'layout-shift', buffered: true })
}"""
LAZY_PAGES = (
    *("Bookmarks", "Explore", "Notifications", "Reactions", "Register"),
    *("Settings", "SignIn", "TagPage"),
)
DRAWN = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))"
# No skeleton is visible. One may be far below, for the next page of a list. An empty status has no height.
IS_LOADED = """[...document.querySelectorAll('main [role=status]')]
    .map(status => status.getBoundingClientRect()).every(({ y, height }) => !height || y > innerHeight)"""
PAGES = {
    "landing": ("/", False),
    "sign in": ("/login", False),
    "registration": ("/register", False),
    "profile, anonymous": ("/@{author}", False),
    "post, anonymous": ("/@{author}/posts/{post}", False),
    "search, anonymous": ("/explore?q={author}", False),
    "tag, anonymous": ("/tags/{author}", False),
    "home": ("/", True),
    "profile": ("/@{author}", True),
    "profile with long names": ("/@{hostile}", True),
    "own profile": ("/@{reader}", True),
    "post": ("/@{author}/posts/{post}", True),
    "reactions": ("/@{author}/posts/{post}/likes", True),
    "notifications": ("/notifications", True),
    "bookmarks": ("/bookmarks", True),
    "own likes": ("/@{reader}?show=likes", True),
    "followers": ("/@{author}/followers", True),
    "known followers": ("/@{author}/known_followers", True),
    "followees": ("/@{reader}/followees", True),
    "explore": ("/explore", True),
    "search": ("/explore?q={author}", True),
    "search of posts": ("/explore?q=line&f=posts", True),
    "tag": ("/tags/{author}", True),
    "settings": ("/settings", True),
    "nothing": ("/@nobody_at_all", True),
}


class Network:
    """Holds the queries of a page and the code of lazily loaded pages until the test releases them."""

    def __init__(self) -> None:
        self.held: list[asyncio.Event] = []
        self._pending: set[Request] = set()

    async def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._pending.add(request))
        page.on("requestfinished", lambda request: self._pending.discard(request))
        page.on("requestfailed", lambda request: self._pending.discard(request))
        for address in ("graphql", *(f"assets/{name}-*.js" for name in LAZY_PAGES)):
            await page.route(f"**/{address}", self._hold)

    def begin(self) -> None:
        """Drop the requests of the previous page."""
        for gate in self.held:
            gate.set()
        self.held.clear()
        self._pending.clear()

    def is_quiet(self) -> bool:
        """Return whether all running requests are held."""
        return len(self._pending) <= len(self.held)

    def let_go(self, *, newest: bool) -> None:
        self.held.pop(-1 if newest else 0).set()

    async def _hold(self, route: Route) -> None:
        gate = asyncio.Event()
        self.held.append(gate)
        await gate.wait()
        with suppress(Error):  # the page may have navigated away
            await route.continue_()


async def load_in_steps(page: Page, network: Network, address: str, *, newest: bool) -> None:
    """Load a page, and release one request at a time, each after the previous answer has been rendered."""

    async def is_drawn() -> bool:
        await page.evaluate(DRAWN)
        return network.is_quiet()

    async def has_next() -> bool:
        """Return whether a request is held, or no more will come. React shows a lazy page 300 ms late."""
        return bool(network.held) or bool(await page.evaluate(IS_LOADED))

    network.begin()
    await page.goto(address, wait_until="commit")
    await page.wait_for_selector("main")
    await wait_until(is_drawn)
    for _ in bounded():
        await wait_until(has_next)
        if not network.held:
            break
        network.let_go(newest=newest)
        await wait_until(is_drawn)
    await wait_until(lambda: page.evaluate(IS_LOADED))
    await page.evaluate(DRAWN)


@pytest.mark.parametrize("newest", [False, True], ids=["first asked first", "last asked first"])
@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0]} px")
async def test_a_loading_page_has_no_layout_shift(
    visit: Visit, town: World, window: tuple[int, int], newest: bool
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": window[0], "height": window[1]})
    await page.add_init_script(f"({OBSERVE})()")
    reader = await come_signed_in(page, town)
    network = Network()
    await network.watch(page)
    author, *others = await town.make_users(4)
    hostile = await make_hostile(town, f"s{author.alias}")
    for other in (author, hostile.author, *others):
        await town.follow(reader.user, other)
        await town.follow(other, author)
    for number in range(12):
        line = "a line of some length, which a phone breaks in two. " * (number % 4 + 1)
        post = await town.post(author, f"{line}#{author.alias}")
        for half in (1, 2):  # more than are read at once
            await town.post(reader.user, f"number {number}.{half}")
    names = {"author": author.alias, "reader": reader.user.alias, "hostile": hostile.author.alias}

    moved = {}
    for name, (pattern, is_signed_in) in PAGES.items():
        if not is_signed_in:
            await page.goto("/healthz")
            kept = await page.evaluate("localStorage.getItem('tweeter.session')")
            await page.evaluate("localStorage.clear()")
        await load_in_steps(page, network, pattern.format(**names, post=post_id(post)), newest=newest)
        shifts = await page.evaluate("window.shifts")
        if sum(value for value, _ in shifts) > MOST:
            moved[name] = shifts
        if not is_signed_in:
            await page.evaluate("kept => localStorage.setItem('tweeter.session', kept)", kept)
    visit.forgive("404")  # of the blank page
    assert moved == {}
