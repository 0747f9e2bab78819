"""The playground in a real browser that can reach only the web process."""

from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Response, expect

from schema import schema
from tests.waiting import wait_until
from tests.web.operations import operation_name
from tests.web.visit import Visit

REGISTER = """mutation ($alias: String!) { register(input:
    {alias: $alias, firstName: "A", lastName: "B", password: "tweeter-demo"}
) { ... on Session { token } } }"""
LOGIN = """mutation ($alias: String!) { login(input: {alias: $alias, password: "tweeter-demo"}) {
    ... on Session { token }
} }"""
TEXT = "hello, ada"
POST = "mutation ($text: String!) { createPost(input: {text: $text}) { ... on PostCreated { post { id } } } }"


class Api:
    def __init__(self, site: str) -> None:
        self._site = site

    def __call__(self, query: str, *, token: str = "", **variables: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = {"query": query, "variables": variables}
        return httpx.post(f"{self._site}/graphql", json=request, headers=headers, timeout=30).json()["data"]

    def sign_in(self, alias: str) -> str:
        """Return the token of an account, which is created if necessary."""
        registered = self(REGISTER, alias=alias)["register"]
        token: str = (registered or self(LOGIN, alias=alias)["login"])["token"]
        return token


@pytest.fixture
def grace(site: str) -> str:
    """Return the token of grace, who has posted. The account ada exists, too."""
    api = Api(site)
    api.sign_in("ada")
    token = api.sign_in("grace")
    assert api(POST, token=token, text=TEXT)
    return token


async def open_playground(page: Page) -> None:
    """Open the playground and wait for the editors, since a tab opened before shows the wrong text."""
    await page.goto("/graphql")
    await expect(page.get_by_label("Operation Editor")).to_contain_text("SignIn")


async def open_tab(page: Page, name: str) -> None:
    """Open a tab, and wait until the playground has stored its operation, a little after it is shown."""
    place = (await page.get_by_role("tab").all_inner_texts()).index(name)
    await page.get_by_role("tab", name=name).click()
    await until_kept(page, f'"activeTabIndex":{place}')
    await expect(page.get_by_label("Operation Editor")).to_contain_text(name)


async def until_kept(page: Page, text: str) -> None:
    async def is_kept() -> bool:
        return text in await page.evaluate("localStorage.getItem('graphiql:tabState') ?? ''")

    await wait_until(is_kept)


async def run(page: Page, name: str) -> Any:
    """Run the operation of that name in the open tab, and return its answer."""

    def is_answer(response: Response) -> bool:
        return operation_name(response.request) == name

    async with page.expect_response(is_answer) as response:
        await page.get_by_role("button", name="Execute query").click()
    return await (await response.value).json()


async def sign_in(page: Page) -> None:
    assert "errors" not in await run(page, "SignIn")
    await expect(page.get_by_text("@ada", exact=True)).to_be_visible()


async def test_the_examples_run_without_requests_to_other_hosts(visit: Visit, grace: str) -> None:
    page, result = visit.page, visit.page.get_by_label("Result Window")
    found: dict[str, Any] = {}

    await open_playground(page)
    await sign_in(page)
    for name in ("Search", "Follow", "Feed", "Post", "Story", "Schema", "Register"):
        await open_tab(page, name)
        answer = await run(page, name)
        assert "errors" not in answer, name
        found |= answer["data"]
        await expect(result).to_contain_text(next(iter(answer["data"])))

    assert found["searchUsers"]["edges"][0]["node"]["alias"] == "grace"
    assert found["follow"]["user"] == {"alias": "grace", "followerCount": 1, "followedByViewer": True}
    assert found["feed"]["edges"][0]["node"] | {"createdAt": ""} == {
        "text": TEXT,
        "createdAt": "",
        "author": {"alias": "grace"},
    }
    assert found["createPost"]["post"]["delivery"]["state"] == "IN_FLIGHT"
    assert found["user"]["story"]["edges"][0]["node"]["text"] == TEXT
    assert "searchUsers" in {field["name"] for field in found["__schema"]["queryType"]["fields"]}
    await expect(page.get_by_text("@newcomer")).to_be_visible()


@pytest.mark.skipif("feedUpdates" not in schema.as_str(), reason="there are no live updates yet")
async def test_new_posts_arrive_while_a_subscription_runs(visit: Visit, site: str, grace: str) -> None:
    page, result = visit.page, visit.page.get_by_label("Result Window")
    await open_playground(page)
    await sign_in(page)
    await open_tab(page, "Follow")
    assert "errors" not in await run(page, "Follow")

    await open_tab(page, "Live")
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.get_by_role("button", name="Stop query")).to_be_visible()

    async def has_arrived() -> bool:
        assert Api(site)(POST, token=grace, text="just now")  # repeatedly, since nothing shows when the socket is ready
        return "just now" in (await result.inner_text()).replace("\xa0", " ")

    await wait_until(has_arrived, seconds=30)
    await page.get_by_role("button", name="Stop query").click()
    await expect(page.get_by_role("button", name="Execute query")).to_be_visible()


@pytest.mark.usefixtures("grace")
async def test_a_session_survives_a_reload_and_belongs_to_one_window(visit: Visit) -> None:
    page, token = visit.page, visit.page.get_by_label("Token")
    await open_playground(page)
    await expect(page.get_by_text("anonymous")).to_be_visible()
    await sign_in(page)
    kept = await token.input_value()
    assert len(kept) > 20
    await page.reload()
    await expect(token).to_have_value(kept)
    await expect(page.get_by_text("@ada", exact=True)).to_be_visible()

    other = await page.context.new_page()
    await open_playground(other)
    await expect(other.get_by_text("anonymous")).to_be_visible()
    await other.get_by_label("Token").fill("nonsense")
    await expect(other.get_by_text("not a valid token")).to_be_visible()
    await other.get_by_label("Token").fill(kept)
    await expect(other.get_by_text("@ada", exact=True)).to_be_visible()


@pytest.mark.usefixtures("grace")
async def test_a_custom_header_has_precedence_over_the_token(visit: Visit) -> None:
    page = visit.page
    await open_playground(page)
    await sign_in(page)
    await open_tab(page, "Feed")
    await page.get_by_role("button", name="Headers").click()
    await page.get_by_label("Headers", exact=True).click()
    await page.keyboard.insert_text('{"authorization": "Bearer nonsense"}')
    (error,) = (await run(page, "Feed"))["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.usefixtures("grace")
@pytest.mark.parametrize("width", [360, 390, 699])
async def test_on_a_phone_the_answer_is_below_the_query(visit: Visit, width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await open_playground(page)
    await sign_in(page)
    boxes = [await page.get_by_label(each).bounding_box() for each in ("Token", "Operation Editor", "Result Window")]
    token, question, answer = [box for box in boxes if box is not None]
    assert min(token["width"], question["width"], answer["width"]) > width * 0.7
    assert token["y"] < question["y"] < answer["y"]
    assert answer["y"] + answer["height"] < 740
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await expect(page.get_by_text("Root Types")).to_be_visible()
