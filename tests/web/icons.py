"""`python -m tests.web.icons`: draws the icons of web/public/icons from the logo, with Chromium."""

import asyncio
import re
import shutil

import click
from playwright.async_api import async_playwright

from tests.pipeline.stack import ROOT
from tests.web.conftest import FLAGS

LOGO = ROOT / "web" / "src" / "icon.svg"
ICONS = ROOT / "web" / "public" / "icons"
GLYPH = 'transform="translate(3.2 3.2) scale(.8)"'  # within the circle that no mask cuts off: 80 % of the width
# The size of each in pixels, and whether the system cuts its shape out of it.
SIZES = {
    "icon-192": (192, False),
    "icon-512": (512, False),
    "maskable-512": (512, True),
    "apple-touch-icon": (180, True),
}


def logo(*, is_cut: bool) -> str:
    """Return the logo as SVG. If its shape is cut out, it fills the square."""
    svg = LOGO.read_text()
    if is_cut:
        svg = re.sub(r' rx="\d+"', "", svg).replace("<path ", f"<path {GLYPH} ")
    return svg


@click.command()
def main() -> None:
    """Draw the icons."""
    asyncio.run(draw())


async def draw() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise click.ClickException("no chromium on the PATH (on Debian: apt install chromium)")
    ICONS.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (size, is_cut) in SIZES.items():
            page = await browser.new_page(viewport={"width": size, "height": size})
            drawn = logo(is_cut=is_cut).replace("<svg ", f'<svg width="{size}" height="{size}" style="display: block" ')
            await page.set_content(f'<body style="margin: 0; background: transparent">{drawn}</body>')
            await page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
        await browser.close()


if __name__ == "__main__":
    main()
