"""A post that cannot be sent is never lost and never posted twice."""

import asyncio
import json

from playwright.async_api import expect

from domain.ids import MAX_ID
from domain.pages import PageRequest
from tests.client import post_id
from tests.waiting import PATIENT_S
from tests.web.arriving import come_signed_in, expect_heading, kept_session, sign_in, sign_out
from tests.web.composer import Deed, caret, line_of, open_composer, posted, story, text_box, unsent, write_post
from tests.web.test_session import PASSWORD, make_member
from tests.web.test_trouble import until_all_screens_are_loaded
from tests.web.visit import Visit
from tests.world import World

UNSTORABLE = "a\0"
GIVEN_UP_WITHIN_MS = 90_000
DAY_MS = 86_400_000


async def test_a_post_with_a_lost_answer_is_retried_and_made_once(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.LOSE_ANSWER, Deed.LOSE_ANSWER)
    await page.goto("/")
    await write_post(page, "sent three times")
    await expect(page.get_by_text("Not posted. Tweeter cannot be reached right now.")).to_be_visible()
    await expect(posted(page)).to_contain_text("sent three times")
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == ["sent three times"]
    assert len(line.inputs) == 3
    assert len({sent["idempotencyKey"] for sent in line.inputs}) == 1
    visit.forgive("ERR_TIMED_OUT")


async def test_a_request_without_an_answer_times_out_and_is_made_once(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.HOLD)
    await page.goto("/")
    await write_post(page, "sent into silence")
    await expect(unsent(page)).to_contain_text("Sending…")
    await expect(posted(page)).to_contain_text("sent into silence", timeout=GIVEN_UP_WITHIN_MS)
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == ["sent into silence"]
    assert len(line.inputs) == 2
    line.released.set()


async def test_a_reload_while_a_post_is_sent_sends_it_again_and_makes_it_once(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.HOLD)
    await page.goto("/")
    await write_post(page, "sent before and after")
    await asyncio.wait_for(line.is_held.wait(), PATIENT_S)
    await page.reload()
    await expect(posted(page)).to_contain_text("sent before and after")
    await expect(unsent(page)).to_have_count(0)
    await expect(await open_composer(page)).to_have_value("")
    assert await story(town, author.user) == ["sent before and after"]
    line.released.set()


async def test_a_post_written_offline_is_sent_when_the_network_is_back(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await until_all_screens_are_loaded(page)
    await page.goto("/")
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    await page.context.set_offline(True)
    for text in ["written in a tunnel", "and further on"]:
        await write_post(page, text)
    await expect(page.get_by_text("Not posted. You are offline.").first).to_be_visible()
    rows = unsent(page).filter(has_text="Not sent")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(0)).to_contain_text("and further on")
    await expect(rows.nth(1)).to_contain_text("written in a tunnel")
    await expect(rows.nth(1)).to_have_accessible_name("Not sent")
    await page.context.set_offline(False)
    await expect(posted(page)).to_have_count(2)
    await expect(posted(page).nth(0)).to_contain_text("and further on")
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == ["and further on", "written in a tunnel"]
    visit.forgive("ERR_INTERNET_DISCONNECTED")


async def test_a_failed_post_does_not_change_the_open_draft(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "the first")
    box = await open_composer(page)
    await page.keyboard.type("the second")
    await expect(unsent(page).filter(has_text="Not sent")).to_contain_text("the first")
    await expect(box).to_have_value("the second")
    await expect(box).to_be_focused()
    await page.keyboard.type(" and more")
    await page.reload()
    await expect(text_box(page)).to_have_value("the second and more")
    await expect(unsent(page)).to_contain_text("the first")
    line.deeds.clear()
    await text_box(page).press("Control+Enter")
    await expect(posted(page)).to_have_count(2)
    assert sorted(await story(town, author.user)) == ["the first", "the second and more"]
    visit.forgive("ERR_CONNECTION_REFUSED")


async def test_a_failed_post_can_be_edited_while_there_is_a_draft(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "the failed one")
    await (await open_composer(page)).fill("the draft")
    await page.keyboard.press("Escape")
    await unsent(page).get_by_role("button", name="Edit").click()
    await expect(text_box(page)).to_have_value("the failed one")
    await expect(text_box(page)).to_be_focused()
    assert await caret(page) == len("the failed one")
    await expect(unsent(page)).to_have_count(0)
    line.deeds.clear()
    await page.keyboard.type(", edited")
    await text_box(page).press("Control+Enter")
    await expect(posted(page)).to_contain_text("the failed one, edited")
    await expect(await open_composer(page)).to_have_value("the draft")
    assert await story(town, author.user) == ["the failed one, edited"]
    visit.forgive("ERR_CONNECTION_REFUSED")


async def test_a_failed_post_can_be_edited_while_another_draft_is_open(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "the failed one")
    await open_composer(page)
    await page.keyboard.type("the draft")
    await page.get_by_text("Not posted.").locator("..").get_by_text("Edit").dispatch_event("click")
    await expect(text_box(page)).to_have_value("the failed one")
    await expect(text_box(page)).to_be_focused()
    await page.get_by_text("1 other draft").click()
    await expect(page.get_by_role("button", name="the draft")).to_be_visible()
    line.deeds.clear()
    await text_box(page).press("Control+Enter")
    await expect(posted(page)).to_contain_text("the failed one")
    await expect(await open_composer(page)).to_have_value("the draft")
    assert await story(town, author.user) == ["the failed one"]
    visit.forgive("ERR_CONNECTION_REFUSED")


async def test_editing_a_post_that_was_sent_asks_before_it_is_posted_again(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.LOSE_ANSWER, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "version one")
    await unsent(page).get_by_role("button", name="Edit").click()
    await text_box(page).fill("version two")
    line.deeds.clear()
    await text_box(page).press("Control+Enter")
    row = unsent(page).filter(has_text="An earlier version of it is already posted.")
    await expect(row).to_contain_text("version two")
    assert await story(town, author.user) == ["version one"]
    await row.get_by_role("button", name="Post as a new post").click()
    await expect(posted(page)).to_contain_text("version two")
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == ["version two", "version one"]
    visit.forgive("ERR_")


async def test_a_refused_post_stays_with_its_reason(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    await write_post(page, UNSTORABLE)
    await expect(page.get_by_text("Not posted.")).to_contain_text("not valid Unicode")
    await page.reload()
    await expect(unsent(page)).to_contain_text("not valid Unicode")
    await expect(unsent(page).get_by_role("button", name="Retry")).to_have_count(0)
    await unsent(page).get_by_role("button", name="Edit").click()
    await expect(text_box(page)).to_have_value(UNSTORABLE)
    await text_box(page).fill("storable")
    await text_box(page).press("Control+Enter")
    await expect(posted(page)).to_contain_text("storable")
    assert await story(town, author.user) == ["storable"]


async def test_a_failed_post_can_be_discarded_and_brought_back(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    await write_post(page, UNSTORABLE)
    await unsent(page).get_by_role("button", name="Discard").click()
    await expect(unsent(page)).to_have_count(0)
    await expect(page.locator("#main")).to_be_focused()
    await page.get_by_role("button", name="Undo").click()
    await expect(unsent(page)).to_contain_text("not valid Unicode")
    await unsent(page).get_by_role("button", name="Discard").click()
    await expect(unsent(page)).to_have_count(0)
    await page.reload()
    await expect_heading(page, "Home")
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == []


async def test_a_rate_limited_post_waits_but_a_manual_retry_does_not(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page)
    extensions = {"code": "RATE_LIMITED", "retryAfter": 3_600}
    line.answers.append({"data": None, "errors": [{"message": "Too many posts.", "extensions": extensions}]})
    await page.goto("/")
    await write_post(page, "one too many")
    await expect(unsent(page)).to_contain_text("Too many posts.")
    await page.reload()
    await expect(unsent(page)).to_contain_text("Too many posts.")
    retry = unsent(page).get_by_role("button", name="Retry")
    await retry.focus()
    await page.keyboard.press("Enter")
    await expect(posted(page)).to_contain_text("one too many")
    assert await story(town, author.user) == ["one too many"]
    assert len(line.inputs) == 2


async def test_a_failed_post_is_sent_only_as_its_author(visit: Visit, town: World) -> None:
    page = visit.page
    first, other = await make_member(town), await make_member(town)
    await page.goto("/login")
    await sign_in(page, first, PASSWORD)
    await expect_heading(page, "Home")
    token = json.loads(await kept_session(page) or "")["token"]
    box = await open_composer(page)
    await box.fill("of the first")
    assert await town.storage.sessions.end_by_token(token)
    await box.press("Control+Enter")
    await expect(page.get_by_label("Alias")).to_have_value(first)
    await sign_in(page, other, PASSWORD)
    await expect_heading(page, "Home")
    await expect(unsent(page)).to_have_count(0)
    await write_post(page, "of the other")
    await expect(posted(page)).to_contain_text("of the other")

    await page.get_by_role("link", name="Settings").click()
    await sign_out(page)
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await sign_in(page, first, PASSWORD)
    await expect(posted(page)).to_contain_text("of the first")
    for alias, text in ((first, "of the first"), (other, "of the other")):
        user = await town.storage.users.find_by_alias(alias)
        assert user is not None
        assert await story(town, user) == [text]


async def test_a_post_older_than_a_day_is_sent_only_on_request(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "of yesterday")
    await expect(unsent(page)).to_contain_text("Not sent")
    await page.goto("/healthz")  # no tab sends anything while the test changes its age
    await page.evaluate(
        """age => {
            const [key] = Object.keys(localStorage).filter(key => key.startsWith('tweeter.outbox.'))
            const entry = JSON.parse(localStorage[key])
            localStorage[key] = JSON.stringify({ ...entry, keyFrom: entry.keyFrom - age, dueAt: 0 })
        }""",
        DAY_MS,
    )
    line.deeds.clear()
    line.inputs.clear()
    await page.goto("/")
    await expect(unsent(page)).to_contain_text("may already be posted")
    assert line.inputs == []
    await unsent(page).get_by_role("button", name="Retry (may post twice)").click()
    await expect(posted(page)).to_contain_text("of yesterday")
    assert await story(town, author.user) == ["of yesterday"]
    visit.forgive("ERR_CONNECTION_REFUSED")


async def test_a_sent_and_deleted_post_is_not_posted_again(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.LOSE_ANSWER, *[Deed.REFUSE_CONNECTION] * 50)
    await page.goto("/")
    await write_post(page, "deleted elsewhere")
    await expect(unsent(page)).to_contain_text("Not sent")
    [made] = (await town.storage.stories.page(author.user.id, PageRequest(1, MAX_ID))).items
    deletion = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"
    asked = {"query": deletion, "variables": {"id": post_id(made.post)}}
    await page.request.post("/graphql", data=asked, headers={"Authorization": f"Bearer {author.token}"})
    line.deeds.clear()
    told = page.get_by_text("Your post was already sent and has since been deleted.")
    await unsent(page).get_by_role("button", name="Retry").or_(told).first.click()  # it may be retried by itself
    await expect(told).to_be_visible()
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == []
    visit.forgive("ERR_")


async def test_two_tabs_share_the_outbox_and_send_a_post_once(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.HOLD)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await expect_heading(other, "Home")
    await write_post(page, "of two tabs")
    await asyncio.wait_for(line.is_held.wait(), PATIENT_S)
    third = await page.context.new_page()
    await third.goto("/")
    for tab in (page, other, third):
        await expect(unsent(tab)).to_contain_text("of two tabs")
        await expect(unsent(tab)).to_contain_text("Sending…")
        await expect(tab.get_by_role("navigation").get_by_role("button", name="Write a post")).to_have_accessible_name(
            "Write a post"
        )
    line.released.set()
    for tab in (page, other, third):
        await expect(posted(tab)).to_contain_text("of two tabs")
        await expect(unsent(tab)).to_have_count(0)
    assert await story(town, author.user) == ["of two tabs"]
    # Browsers tell other processes of changes of localStorage a moment later, so a tab may send it once more.
    assert len({sent["idempotencyKey"] for sent in line.inputs}) == 1


async def test_a_tab_takes_over_from_one_that_is_closed_while_it_sends(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    line = await line_of(page, Deed.HOLD)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await write_post(other, "of a closed tab")
    await asyncio.wait_for(line.is_held.wait(), PATIENT_S)
    await expect(unsent(page)).to_contain_text("Sending…")
    await other.close()
    await expect(posted(page)).to_contain_text("of a closed tab")
    await expect(unsent(page)).to_have_count(0)
    assert await story(town, author.user) == ["of a closed tab"]
    assert len({sent["idempotencyKey"] for sent in line.inputs}) == 1
    line.released.set()


async def test_a_post_edited_in_one_tab_disappears_from_the_other(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    other = await page.context.new_page()
    await other.goto("/")
    await write_post(page, UNSTORABLE)
    await unsent(other).get_by_role("button", name="Edit").click()
    await expect(text_box(other)).to_have_value(UNSTORABLE)
    await expect(unsent(page)).to_have_count(0)
    await text_box(other).fill("storable")
    await text_box(other).press("Control+Enter")
    await expect(posted(page)).to_contain_text("storable")
    assert await story(town, author.user) == ["storable"]


async def test_a_tall_unsent_post_is_cut_until_expanded(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await write_post(page, "a\n" * 100 + UNSTORABLE)
    row = unsent(page)
    more = row.get_by_role("button", name="Show more")
    await expect(more).to_be_visible()
    assert await row.evaluate("row => row.offsetHeight < innerHeight")
    await expect(row).to_have_css("cursor", "auto")
    await more.click()
    assert await row.evaluate("row => row.offsetHeight > innerHeight")
