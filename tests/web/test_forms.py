"""Every form announces errors, manages the focus, and loses no input."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from domain.names import MAX_NAME
from serving.pages import WEB
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.forms import FORMS, Form, open_form
from tests.web.operations import operation_name
from tests.web.visit import Visit
from tests.world import World

SOURCES = WEB / "src"
# The composer closes before its post is sent: see test_composing.py.
ELSEWHERE = {"posts/composer/PostForm.tsx"}
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.operation)


def button_of(page: Page, form: Form) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=form.button)


def test_each_form_is_tested() -> None:
    files = {str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*.tsx") if "<form" in path.read_text()}
    assert files == {form.file for form in FORMS} | ELSEWHERE


@each_form
async def test_a_field_refused_by_the_server_gets_the_focus_and_its_error_is_announced(
    visit: Visit, town: World, form: Form
) -> None:
    page = visit.page
    await open_form(page, town, form)
    await page.keyboard.press("Enter")
    field = page.get_by_role("main").get_by_label(form.wrong, exact=True)
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("aria-invalid", "true")
    note = page.locator(f"#{await field.get_attribute('aria-describedby')}")
    await expect(note).to_have_role("alert")
    await expect(note).not_to_be_empty()
    await expect(button_of(page, form)).not_to_have_attribute("aria-disabled", "true")


@each_form
async def test_a_submitting_form_keeps_the_focus_and_is_sent_once(visit: Visit, town: World, form: Form) -> None:
    page = visit.page
    await open_form(page, town, form)
    answered, sent = asyncio.Event(), []

    async def hold(route: Route) -> None:
        if operation_name(route.request) != form.operation:
            await route.continue_()
            return
        sent.append(route)
        await answered.wait()
        await route.abort()

    await page.route("**/graphql", hold)
    button = button_of(page, form)
    await page.keyboard.press("Enter")
    await expect(button).to_have_attribute("aria-disabled", "true")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Space")
    await expect(button).to_be_focused()
    answered.set()
    await expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("cannot be reached")
    await expect(button).to_be_focused()
    assert len(sent) == 1
    visit.forgive("ERR_FAILED")


async def test_a_taken_alias_is_shown_before_the_form_is_sent(visit: Visit, town: World) -> None:
    page = visit.page
    other = await town.make_user()
    await page.goto("/register")
    alias = page.get_by_label("Alias")
    await alias.press_sequentially(f"@{other.alias.upper()}")
    await expect(page.get_by_role("alert")).to_contain_text("is taken")
    await expect(alias).to_be_focused()
    await alias.press_sequentially("_2")
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(("address", "label"), [("/register", "First name"), ("/settings", "Last name")])
async def test_a_name_has_the_same_maximum_length_as_on_the_server(
    visit: Visit, town: World, address: str, label: str
) -> None:
    page = visit.page
    await come_signed_in(page, town)
    if address == "/register":
        await page.evaluate("localStorage.clear()")
    await page.goto(address)
    name = page.get_by_label(label)
    await name.fill("👩‍👩‍👧" * MAX_NAME)
    await name.blur()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await name.fill("👩‍👩‍👧" * (MAX_NAME + 2))
    await name.blur()
    await expect(page.get_by_role("alert")).to_contain_text("2 too many")
    await name.fill("Nova")
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_unsaved_names_survive_navigation_and_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    first = page.get_by_label("First name")
    saved = await first.input_value()
    await first.fill("Nova")
    await page.get_by_role("link", name="Explore").click()
    await expect_heading(page, "Explore")
    await page.get_by_role("link", name="Go back").click()
    await expect(first).to_have_value("Nova")
    await expect(page.get_by_text("Unsaved changes.")).to_be_visible()
    await page.reload()
    await expect(first).to_have_value("Nova")
    await page.get_by_role("button", name="Discard").click()
    await expect(first).to_have_value(saved)
    await page.reload()
    await expect(first).to_have_value(saved)


async def test_saved_names_are_removed_from_the_draft(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    await page.get_by_label("First name").fill("Nova")
    await page.get_by_role("button", name="Save profile").click()
    await expect(page.get_by_text("Your profile was changed.")).to_be_visible()
    await expect(page.get_by_text("Unsaved changes.")).to_have_count(0)
    await page.get_by_role("link", name="Explore").click()
    await expect_heading(page, "Explore")
    await expect(page.get_by_text("are kept, but not saved")).to_have_count(0)


async def test_the_registration_form_keeps_its_fields_except_the_password(visit: Visit) -> None:
    page = visit.page
    await page.goto("/register")
    await page.get_by_label("First name").fill("Nova")
    await page.get_by_label("Alias").fill("nova_is_new")
    await page.get_by_label("Password").fill("a long enough one")
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await expect_heading(page, "Sign in")
    assert "a long enough one" not in await page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    await page.go_back()
    await expect(page.get_by_label("First name")).to_have_value("Nova")
    await expect(page.get_by_label("Alias")).to_have_value("nova_is_new")
    await expect(page.get_by_label("Password")).to_have_value("")


async def test_typed_text_is_not_shown_to_the_next_account(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/settings")
    await page.get_by_label("First name").fill("Private")
    await come_signed_in(page, town)
    await page.goto("/settings")
    await expect(page.get_by_label("First name")).to_have_value(re.compile("User"))
