"""The playground in a real browser that can reach nothing but the web process."""

from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.waiting import wait_until
from tests.web.visit import Visit

REGISTER = """mutation ($alias: String!) { register(input:
    {alias: $alias, firstName: "A", lastName: "B", password: "tweeter-demo"}
) { ... on Session { token user { id } } } }"""
TEXT = "hello, ada"
POST = "mutation ($text: String!) { createPost(input: {text: $text}) { ... on PostCreated { post { id } } } }"
FOLLOW = "mutation ($id: ID!) { follow(input: {userId: $id}) { ... on Followed { user { alias } } } }"


class Api:
    def __init__(self, site: str) -> None:
        self._site = site

    def __call__(self, query: str, *, token: str = "", **variables: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = {"query": query, "variables": variables}
        return httpx.post(f"{self._site}/graphql", json=request, headers=headers, timeout=30).json()["data"]


def make_ada_who_follows_grace(site: str) -> None:
    api = Api(site)
    ada, grace = (api(REGISTER, alias=alias)["register"] for alias in ("ada", "grace"))
    assert api(FOLLOW, token=ada["token"], id=grace["user"]["id"])
    assert api(POST, token=grace["token"], text=TEXT)


async def open_playground(page: Page) -> None:
    """A tab that is opened before the editors are there shows the wrong text."""
    await page.goto("/graphql")
    await expect(page.get_by_label("Operation Editor")).to_contain_text("SignIn")
    await expect(page.get_by_label("Headers", exact=True)).to_contain_text("TOKEN")


async def open_tab(page: Page, name: str) -> None:
    """The playground notes a tab's operation a little later than it shows it; then it keeps which tab is open."""
    place = (await page.get_by_role("tab").all_inner_texts()).index(name)
    await page.get_by_role("tab", name=name).click()
    await until_kept(page, f'"activeTabIndex":{place}')


async def until_kept(page: Page, text: str) -> None:
    async def is_kept() -> bool:
        return text in await page.evaluate("localStorage.getItem('graphiql:tabState') ?? ''")

    await wait_until(is_kept)


async def run(page: Page) -> Any:
    """The data of the answer."""
    async with page.expect_response("**/graphql") as response:
        await page.get_by_role("button", name="Execute query").click()
    return (await (await response.value).json())["data"]


async def put_token(page: Page, token: str) -> None:
    """As a person would: over the word TOKEN."""
    headers = page.get_by_label("Headers", exact=True)
    await headers.get_by_text('"Bearer TOKEN"').dblclick(position={"x": 100, "y": 8})
    await page.keyboard.insert_text(token)
    await expect(headers).to_contain_text(f'"Bearer {token}"')


async def test_the_examples_run_with_no_request_to_anywhere_else(visit: Visit, site: str) -> None:
    make_ada_who_follows_grace(site)
    page, result = visit.page, visit.page.get_by_label("Result Window")

    await open_playground(page)
    session = (await run(page))["login"]
    await expect(result).to_contain_text(session["token"])

    await open_tab(page, "Story")
    assert (await run(page))["user"]["story"]["edges"][0]["node"]["text"] == TEXT
    await expect(result).to_contain_text(TEXT)

    await open_tab(page, "Feed")
    await put_token(page, session["token"])
    assert (await run(page))["feed"]["edges"][0]["node"]["author"] == {"alias": "grace"}
    await expect(result).to_contain_text(TEXT)


async def test_the_headers_are_kept_over_a_reload(visit: Visit) -> None:
    page = visit.page
    await open_playground(page)
    await open_tab(page, "Feed")
    await put_token(page, "mine")
    await until_kept(page, "Bearer mine")
    await page.reload()
    await expect(page.get_by_label("Headers", exact=True)).to_contain_text("Bearer mine")
