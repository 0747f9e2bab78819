"""The composer of a page, and the unsent posts of its author."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from playwright.async_api import Error, Locator, Page, Route, expect

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import User
from tests.web.operations import operation_in
from tests.world import World


class Deed(Enum):
    """The outcome of a request."""

    LOSE_ANSWER = auto()  # the server executes the request
    HOLD = auto()  # also executed; the test releases the answer
    REFUSE_CONNECTION = auto()


async def open_composer(page: Page) -> Locator:
    await page.get_by_role("button", name="Write a post").first.click()
    box = text_box(page)
    await expect(box).to_be_focused()
    return box


async def write_post(page: Page, text: str) -> None:
    box = await open_composer(page)
    await box.fill(text)
    await box.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


def text_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text of the post")


def counter(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("status")


def send_button(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("button", name="Post", exact=True)


def unsent(page: Page) -> Locator:
    """Return the rows of unsent posts."""
    return page.get_by_role("region", name="Your unsent posts").get_by_role("article")


def posted(page: Page) -> Locator:
    """Return the rows of sent posts."""
    return page.get_by_role("feed").get_by_role("article")


async def caret(page: Page) -> int:
    at: int = await text_box(page).evaluate("box => box.selectionStart === box.selectionEnd ? box.selectionEnd : -1")
    return at


async def story(town: World, author: User) -> list[str]:
    """Return the texts of an account's posts on the server, the latest first."""
    return [event.post.text for event in (await town.storage.stories.page(author.id, PageRequest(20, MAX_ID))).items]


@dataclass
class Line:
    """Intercepts createPost requests. The test sets the outcome of each request in order."""

    deeds: list[Deed] = field(default_factory=list)
    """For the requests to come; those after them pass."""
    answers: list[dict[str, Any]] = field(default_factory=list)
    """In place of the server's, for requests that pass."""
    inputs: list[dict[str, str]] = field(default_factory=list)
    """What has been asked for."""
    is_held: asyncio.Event = field(default_factory=asyncio.Event)
    """A request is held: the server has answered it."""
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the test: what is held goes on."""

    async def handle(self, route: Route) -> None:
        sent = operation_in(route.request)
        if "createPost" not in sent.get("query", ""):
            await route.fallback()
            return
        self.inputs.append(sent["variables"]["input"])
        match self.deeds.pop(0) if self.deeds else None:
            case Deed.REFUSE_CONNECTION:
                await route.abort("connectionrefused")
            case Deed.LOSE_ANSWER:
                await route.fetch()
                await route.abort("timedout")
            case Deed.HOLD:
                response = await route.fetch()
                self.is_held.set()
                await self.released.wait()
                with suppress(Error):  # the page that sent it may be closed
                    await route.fulfill(response=response)
            case None if self.answers:
                await route.fulfill(json=self.answers.pop(0))
            case None:
                await route.continue_()


async def line_of(page: Page, *deeds: Deed) -> Line:
    """Intercept the requests of all tabs of the page's browser."""
    line = Line(list(deeds))
    await page.context.route("**/graphql", line.handle)
    return line
