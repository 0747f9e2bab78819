"""A page of a browser, and its errors and requests."""

from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Error, Page, Request

from tests.waiting import wait_until

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
        self._forgiven: set[str] = set()
        self._allowed: set[str] = set()
        self.requests_elsewhere: list[str] = []
        self._site = site
        page.on("console", self._note_message)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)

    def forgive(self, part: str) -> None:
        """Expect at least one error that contains the text. It may be reported after this call."""
        self._forgiven.add(part)

    def allow(self, part: str) -> None:
        """Ignore errors that contain the text, before and after this call."""
        self._allowed.add(part)

    async def expect_no_other_errors(self) -> None:
        """Wait until the forgiven errors are reported.

        Raises:
            AssertionError: One of them is not reported, or there are errors that are neither forgiven nor allowed.
        """

        async def are_reported() -> bool:
            return all(any(part in error for error in self.errors) for part in self._forgiven)

        await wait_until(are_reported)
        expected = self._forgiven | self._allowed
        assert [error for error in self.errors if not any(part in error for part in expected)] == []

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(f"{self._site}/") and urlsplit(request.url).scheme not in INSIDE:
            self.requests_elsewhere.append(request.url)
