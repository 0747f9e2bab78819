"""The languages of the client: how a test chooses one, and what a page shows that is in none."""

from typing import Any

from playwright.async_api import Page, expect

LANGUAGE = "tweeter.language"  # in localStorage
GERMAN, MIRRORED = "de", "ar-XB"

# Everything that a page says, except times, which may change between two looks. Lists are complete after a few frames.
SAID = """async () => {
    for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame)
    const page = document.body.cloneNode(true)
    for (const time of page.querySelectorAll('script, noscript, time')) time.remove()
    const labels = [...page.querySelectorAll('[aria-label], [title], [placeholder]')]
        .map(element => [element.ariaLabel, element.title, element.placeholder])
    return JSON.stringify([document.title, page.textContent, labels])
}"""

# The texts with Latin words that the mirrored language has not turned round: they come from no catalogue. What users
# have written is left out: post texts by their elements, names and aliases by the patterns that are given.
UNTRANSLATED = """patterns => {
    const given = new RegExp(patterns.join('|'), 'gi')
    const turned = /\\u202E[^\\u202C]*\\u202C|\\u2066[^\\u2069]*\\u2069/g
    const own = text => text.replace(turned, '').replace(given, '')
    const others = 'script, noscript, kbd, time, bdi, [dir=auto], [data-tint], label[lang]'
    const texts = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const { currentNode: { parentElement, data } } = walker
        if (!parentElement.closest(others)) texts.push(data)
    }
    for (const element of document.body.querySelectorAll(':not(time)'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            if (element.hasAttribute(name)) texts.push(element.getAttribute(name))
    return texts.filter(text => /[A-Za-z]{2}/.test(own(text)))
}"""


async def choose_language(page: Page, language: str) -> None:
    """Store the language, as the settings do. Other tabs show it at once, and this one its next page."""
    await page.evaluate("([key, language]) => localStorage.setItem(key, language)", [LANGUAGE, language])


async def expect_language(page: Page, language: str) -> None:
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == MIRRORED else "ltr")


async def said(page: Page) -> str:
    text: str = await page.evaluate(SAID)
    return text


async def untranslated(page: Page, *patterns: str) -> list[Any]:
    texts: list[Any] = await page.evaluate(UNTRANSLATED, list(patterns))
    return texts
