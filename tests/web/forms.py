"""Every form of the client, and how to fill it so that the server refuses one field."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.web.arriving import come_signed_in
from tests.world import World

ENDLESS = "a" + "\u0301" * 30  # no rule of the client refuses it, only the server


@dataclass(frozen=True, slots=True)
class Form:
    file: str  # in web/src
    address: str
    operation: str
    button: str
    wrong: str  # the label of the refused field
    fill: Callable[[Page, World], Awaitable[None]]


async def _fill_sign_in(page: Page, town: World) -> None:
    await page.get_by_label("Alias").fill((await town.make_user()).alias)
    await page.get_by_label("Password").fill("a wrong one")


async def _fill_register(page: Page, _: World) -> None:
    await page.get_by_label("First name").fill("Nova")
    await page.get_by_label("Last name").fill(ENDLESS)
    await page.get_by_label("Alias").fill("nova_with_marks")
    await page.get_by_label("Password").fill("a long enough one")


async def _fill_names(page: Page, _: World) -> None:
    await page.get_by_label("First name").fill(ENDLESS)


async def _fill_bio(page: Page, _: World) -> None:
    await page.get_by_label("Bio").fill(ENDLESS)


async def _fill_password(page: Page, _: World) -> None:
    await page.get_by_label("Current password").fill("a wrong one")
    await page.get_by_label("New password").fill("a long enough one")


FORMS = [
    Form("auth/SignIn.tsx", "/login", "Login", "Sign in", "Password", _fill_sign_in),
    Form("auth/Register.tsx", "/register", "Register", "Create account", "Last name", _fill_register),
    Form("settings/ProfileForm.tsx", "/settings", "UpdateProfile", "Save profile", "First name", _fill_names),
    Form("settings/ProfileForm.tsx", "/settings", "UpdateProfile", "Save profile", "Bio", _fill_bio),
    Form(
        "settings/Password.tsx",
        "/settings",
        "ChangePassword",
        "Change password",
        "Current password",
        _fill_password,
    ),
]


async def open_form(page: Page, town: World, form: Form) -> None:
    """Open the form's page and fill it, with the focus on its button."""
    if form.address == "/settings":
        await come_signed_in(page, town)
    await page.goto(form.address)
    await form.fill(page, town)
    button = page.get_by_role("main").get_by_role("button", name=form.button)
    await button.focus()
    await expect(button).to_be_focused()
