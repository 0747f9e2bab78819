"""Pictures in the composer: chosen, pasted and dropped, described, uploaded, kept and sent."""

import base64
from typing import Literal

import pytest
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.composer import Deed, line_of, open_composer, posted, send_button, text_box, unsent
from tests.web.post_pictures import drawing
from tests.web.test_looks import axe, is_too_wide, problems
from tests.web.visit import Visit
from tests.world import World

__all__ = ["axe"]  # a fixture

TRANSFER = """([content, kind]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt())], 'a.png', { type: 'image/png' }))
    const made = kind === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
    document.querySelector('dialog textarea').dispatchEvent(made)
}"""


def png(number: int = 0) -> FilePayload:
    return {"name": f"{number}.png", "mimeType": "image/png", "buffer": drawing(number, (300, 200))}


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures of the post").get_by_role("listitem")


async def choose(page: Page, *files: FilePayload) -> None:
    await page.get_by_role("dialog").get_by_label("Pictures", exact=True).set_input_files(list(files))


async def until_uploaded(page: Page, count: int) -> None:
    await expect(rows(page)).to_have_count(count)
    await expect(rows(page).get_by_role("progressbar")).to_have_count(0)
    await expect(rows(page).get_by_role("alert")).to_have_count(0)


async def test_a_post_of_pictures_alone_is_sent_with_their_descriptions(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    await open_composer(page)
    await expect(send_button(page)).to_be_disabled()
    await choose(page, png(0), png(1))
    await until_uploaded(page, 2)
    await page.get_by_label("Description of picture 2").fill("a blue sea")
    await send_button(page).click()  # the description is sent with the file: the post waits for it
    await expect(page.get_by_role("dialog")).to_have_count(0)
    post = posted(page)
    await expect(post.get_by_role("button", name="a blue sea")).to_be_visible()
    await expect(post.get_by_role("button", name="Picture without a description")).to_be_visible()
    await page.goto(f"/@{author.user.alias}")
    await expect(posted(page).get_by_role("button", name="a blue sea")).to_be_visible()


@pytest.mark.parametrize("kind", ["paste", "drop"])
async def test_a_picture_can_be_pasted_and_dropped(visit: Visit, town: World, kind: str) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await open_composer(page)
    await page.evaluate(TRANSFER, [base64.b64encode(png()["buffer"]).decode(), kind])
    await until_uploaded(page, 1)


async def test_a_fifth_picture_is_refused_and_one_can_be_removed(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await open_composer(page)
    await choose(page, *(png(number) for number in range(5)))
    await expect(page.get_by_text("A post has at most 4 pictures.").first).to_be_visible()
    await until_uploaded(page, 4)
    await expect(page.get_by_role("button", name="Add pictures")).to_be_disabled()
    await page.get_by_role("button", name="Remove picture 2").click()
    await expect(rows(page)).to_have_count(3)
    await expect(page.get_by_role("button", name="Add pictures")).to_be_enabled()


async def test_what_is_no_picture_says_so_in_its_place(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    box = await open_composer(page)
    await box.fill("hello")
    await choose(page, {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}, png(1))
    await expect(rows(page).nth(0).get_by_role("alert")).to_contain_text("cannot be read as a picture")
    await expect(rows(page).nth(1).get_by_role("alert")).to_have_count(0)
    await expect(send_button(page)).to_be_disabled()
    await page.get_by_role("button", name="Remove picture 1").click()
    await until_uploaded(page, 1)
    await expect(send_button(page)).to_be_enabled()


async def test_a_failed_upload_is_retried(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    failed: list[str] = []

    async def fail_once(route: Route) -> None:
        is_upload = "multipart" in route.request.headers.get("content-type", "")
        if not is_upload or failed:
            await route.fallback()
            return
        failed.append(route.request.url)
        await route.abort("connectionreset")

    await page.goto("/")
    await page.route("**/graphql", fail_once)
    await open_composer(page)
    await choose(page, png())
    await expect(rows(page).get_by_role("alert")).to_contain_text("cannot be reached")
    await rows(page).get_by_role("button", name="Retry").click()
    await until_uploaded(page, 1)
    visit.forgive("ERR_CONNECTION_RESET")


async def test_a_draft_keeps_its_pictures_over_a_reload_and_they_can_still_be_described(
    visit: Visit, town: World
) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await open_composer(page)
    await choose(page, png())
    await until_uploaded(page, 1)
    await page.get_by_label("Description of picture 1").fill("a red wall")
    await text_box(page).focus()
    await until_uploaded(page, 1)
    await page.reload()
    await until_uploaded(page, 1)
    await expect(page.get_by_label("Description of picture 1")).to_have_value("a red wall")
    await page.get_by_label("Description of picture 1").fill("a wall")
    await send_button(page).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(posted(page).get_by_role("button", name="a wall", exact=True)).to_be_visible()


async def test_an_unsent_post_shows_its_pictures_and_is_sent_with_them_once(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    line = await line_of(page, Deed.LOSE_ANSWER, Deed.HOLD)
    await open_composer(page)
    await choose(page, png())
    await until_uploaded(page, 1)
    await send_button(page).click()
    await expect(unsent(page).get_by_role("button", name="Picture without a description")).to_be_visible()
    line.released.set()

    async def is_sent() -> bool:
        return await posted(page).count() == 1 and await unsent(page).count() == 0

    await wait_until(is_sent, seconds=60)
    first, *others = line.inputs
    assert others
    assert all(one == first for one in others)
    visit.forgive("ERR_TIMED_OUT")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_a_composer_with_pictures(
    visit: Visit, town: World, axe: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await come_signed_in(page, town)
    await page.goto("/")
    await open_composer(page)
    await choose(page, png(), {"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    await expect(rows(page).nth(1).get_by_role("alert")).to_be_visible()
    assert await problems(page, axe) == []
    assert not await is_too_wide(page)
