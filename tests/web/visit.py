"""A page of a browser, and its errors and requests."""

from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Error, Page, Request

INSIDE = ("data", "blob")


async def shown_by(page: Page) -> str:
    """Return the address of the page, and what it shows as a tree of roles and names."""
    try:
        return f"{page.url}\n{await page.locator('body').aria_snapshot(timeout=10_000)}"
    except Error as error:
        return f"{page.url}\n{error}"


class Visit:
    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests_elsewhere: list[str] = []
        self._site = site
        page.on("console", self._note_message)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)

    def forgive(self, part: str) -> None:
        """Remove the expected errors that contain the text.

        Raises:
            AssertionError: There is none.
        """
        forgiven = [error for error in self.errors if part in error]
        assert forgiven
        self.errors = [error for error in self.errors if error not in forgiven]

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(f"{self._site}/") and urlsplit(request.url).scheme not in INSIDE:
            self.requests_elsewhere.append(request.url)
