"""The build: its size budget, and the registration of all its documents."""

import hashlib
import json
import re

from playwright.async_api import Request, expect

from serving.pages import BUILT, WEB
from tests.lacking import lacking
from tests.node import output_of
from tests.web.arriving import come_signed_in, expect_heading, sign_out
from tests.web.operations import operation_in
from tests.web.visit import Visit
from tests.world import World

REGISTERED = BUILT / "persisted-documents.json"


def test_the_first_load_is_within_its_size_budget() -> None:
    """The script fails if it is not."""
    if not (BUILT / "index.html").is_file():
        lacking("web/dist is not built: make web")
    assert "js in all" in output_of(WEB / "build" / "size.js")


async def test_the_client_sends_only_registered_documents(visit: Visit, town: World) -> None:
    page = visit.page
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/graphql") and request.method == "POST":
            sent.append(operation_in(request)["query"])

    page.on("request", note)
    await come_signed_in(page, town)
    await page.goto("/")
    await page.get_by_role("button", name="Write a post").first.click()
    await page.get_by_role("textbox", name="Text of the post").fill("hello")
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("link", name="View").click()
    await expect_heading(page, "User")
    await page.get_by_role("link", name="Profile").click()
    await page.get_by_role("link", name="followers").click()
    await expect(page).to_have_url(re.compile("/followers$"))
    await page.get_by_role("link", name="Settings").click()
    await sign_out(page)
    await expect_heading(page, "Short posts")

    registered = json.loads(REGISTERED.read_text())
    assert len(sent) > 6
    assert all(registered[hashlib.sha256(text.encode()).hexdigest()] == text for text in sent)
