"""`python -m tests.web.screenshots`: takes the screenshots of README from a separate demo."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.async_api import Browser, async_playwright, expect

from composition.tasks import task_services_of
from launch import start_mongod, start_redis
from seeding.accounts import PASSWORD
from seeding.demo import VIEWER, seed_demo
from settings import Settings
from tests.pipeline.stack import ROOT, Stack, stack
from tests.web.arriving import sign_in
from tests.web.conftest import FLAGS

PICTURES = ROOT / "web" / "screenshots"
PACKAGES = "chromium fonts-noto-color-emoji fonts-noto-cjk"
DESKTOP, PHONE = (1280, 800), (390, 800)


@click.command()
def main() -> None:
    """Start a demo, visit it with Chromium, and write the screenshots to web/screenshots. It takes a minute."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise click.ClickException(f"no chromium on the PATH (on Debian: apt install {PACKAGES})")
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="tweeter-pictures-") as directory, demo(Path(directory)) as running:
        asyncio.run(take_all(running, chromium))


@contextmanager
def demo(directory: Path) -> Iterator[Stack]:
    click.echo("starting a demo", err=True)
    mongod, redis = start_mongod(directory / "mongodb"), start_redis(directory / "redis")
    try:
        with stack(Settings(mongodb_url=mongod.url, redis_url=redis.url), directory, "web", "worker") as running:
            yield running
    finally:
        redis.stop()
        mongod.stop()


async def take_all(running: Stack, chromium: str) -> None:
    async with task_services_of(running.settings) as services:
        await seed_demo(services)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await take(browser, running, "home", "/", size=DESKTOP)
        await take(browser, running, "profile", "/@grace", size=PHONE, scheme="light")
        await take(browser, running, "feed", "/", size=PHONE, scheme="dark")
        await browser.close()


async def take(
    browser: Browser, running: Stack, name: str, path: str, *, size: tuple[int, int], scheme: str = "light"
) -> None:
    """Take a screenshot as the demo's viewer."""
    click.echo(f"taking {name}.png", err=True)
    width, height = size
    context = await browser.new_context(
        base_url=running.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1.5,
    )
    page = await context.new_page()
    await page.goto("/login")
    await sign_in(page, VIEWER, PASSWORD)
    await expect(page.get_by_role("feed").get_by_role("article").first).to_be_visible()
    await page.goto(path)
    await expect(page.get_by_role("feed").get_by_role("article").first).to_be_visible()
    await page.evaluate("document.activeElement.blur()")
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=PICTURES / f"{name}.png")
    await context.close()


if __name__ == "__main__":
    main()
