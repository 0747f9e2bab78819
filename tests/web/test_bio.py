"""A bio is written in the settings and stands below the name on the profile."""

from playwright.async_api import Locator, Page, expect

from domain.bios import MAX_BIO, MAX_BIO_LINES
from tests.web.arriving import come_signed_in
from tests.web.visit import Visit
from tests.world import World


async def open_form(visit: Visit, town: World) -> tuple[Page, Locator, str]:
    """Open the settings of a new account. Return the page, the box of the bio, and the account's alias."""
    reader = await come_signed_in(visit.page, town)
    await visit.page.goto("/settings")
    return visit.page, visit.page.get_by_label("Bio"), reader.user.alias


async def save(page: Page) -> None:
    await page.get_by_role("button", name="Save profile").click()
    await expect(page.get_by_text("Your profile was changed.")).to_be_visible()


async def test_a_saved_bio_stands_on_the_profile_at_once_with_its_links(visit: Visit, town: World) -> None:
    other = await town.make_user()
    page, box, _ = await open_form(visit, town)
    await box.fill(f"Sails. <b>\nAsks @{other.alias}, reads https://example.org/a")
    await save(page)
    await expect(page.get_by_text("Unsaved changes.")).to_have_count(0)
    await page.get_by_role("navigation", name="Main").get_by_role("link", name="Profile").click()
    about = page.get_by_role("region", name="About")
    bio = about.locator("p[dir=auto]")
    await expect(bio).to_have_text(f"Sails. <b>\nAsks @{other.alias}, reads https://example.org/a", use_inner_text=True)
    await expect(bio.get_by_role("link", name="example.org")).to_have_attribute("href", "https://example.org/a")
    top, name = await bio.bounding_box(), await about.get_by_role("heading").bounding_box()
    assert top is not None
    assert name is not None
    assert top["y"] >= name["y"] + name["height"]
    await bio.get_by_role("link", name=other.alias).click()
    await expect(page.get_by_role("region", name=f"About @{other.alias}")).to_be_visible()
    await expect(page.get_by_role("region", name="About").locator("p[dir=auto]")).to_have_count(0)


async def test_the_counter_counts_as_the_server_does(visit: Visit, town: World) -> None:
    page, box, _ = await open_form(visit, town)
    main = page.get_by_role("main")
    await expect(main.get_by_text(f"{MAX_BIO} characters left")).to_be_visible()
    await box.fill("👩‍👩‍👧" * MAX_BIO + "\n \n")
    await expect(main.get_by_text("0 characters left")).to_be_visible()
    await expect(main.get_by_text("0 characters left")).to_have_attribute("aria-live", "polite")
    await save(page)
    await box.fill("x" * (MAX_BIO + 3))
    await expect(main.get_by_text("3 too many")).to_be_visible()
    await box.blur()
    await expect(main.get_by_role("alert")).to_contain_text("3 too many")
    await box.fill("\n".join("x" * (MAX_BIO_LINES + 1)))
    await expect(main.get_by_role("alert")).to_have_text(f"A bio has at most {MAX_BIO_LINES} lines.")


async def test_an_unsaved_bio_survives_a_reload_and_can_be_discarded(visit: Visit, town: World) -> None:
    page, box, _ = await open_form(visit, town)
    await box.fill("Sails.\nReads.")
    await expect(page.get_by_text("Unsaved changes.")).to_be_visible()
    await page.reload()
    await expect(box).to_have_value("Sails.\nReads.")
    await page.get_by_role("button", name="Discard").click()
    await expect(box).to_have_value("")


async def test_a_bio_can_be_removed(visit: Visit, town: World) -> None:
    page, box, alias = await open_form(visit, town)
    await box.fill("Sails.")
    await save(page)
    await page.reload()
    await expect(box).to_have_value("Sails.")
    await box.fill("")
    await save(page)
    await page.goto(f"/@{alias}")
    await expect(page.get_by_role("region", name="About")).to_be_visible()
    await expect(page.get_by_text("Sails.")).to_have_count(0)
