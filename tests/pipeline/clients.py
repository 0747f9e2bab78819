"""Clients over HTTP that post, follow and read page by page."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from schema.global_ids import IdKind, decode_as, encode
from tests.waiting import bounded

FEED = """query ($first: Int!, $after: String) { feed(first: $first, after: $after) {
  edges { cursor node { id author { id } } } pageInfo { hasNextPage endCursor } } }"""
CREATE_POST = "mutation ($text: String!) { createPost(input: {text: $text}) { ... on PostCreated { post { id } } } }"
FOLLOW = "mutation ($user: ID!) { follow(input: {userId: $user}) { __typename } }"
UNFOLLOW = "mutation ($user: ID!) { unfollow(input: {userId: $user}) { __typename } }"
DELIVERY = """query ($id: ID!) { post(id: $id) {
  delivery { state targets delivered completedAt } author { isCelebrity } } }"""


class Clients:
    """Sends requests of any number of accounts, each by its token, on one pool of connections."""

    def __init__(self, url: str, *, headers: Mapping[str, str] | None = None) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=30, headers=headers)

    async def __aenter__(self) -> "Clients":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, query: str, token: str, **variables: Any) -> Any:
        """Return the data of the answer.

        Raises:
            AssertionError: The answer has errors.
        """
        answer = await self._http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {token}"},
        )
        body = answer.json()
        assert "errors" not in body, body
        return body["data"]

    async def create_post(self, token: str, text: str) -> int:
        created = await self.ask(CREATE_POST, token, text=text)
        return decode_as(IdKind.POST, created["createPost"]["post"]["id"])

    async def follow(self, token: str, user: int) -> None:
        answer = await self.ask(FOLLOW, token, user=encode(IdKind.USER, user))
        assert answer["follow"]["__typename"] == "Followed"

    async def unfollow(self, token: str, user: int) -> None:
        answer = await self.ask(UNFOLLOW, token, user=encode(IdKind.USER, user))
        assert answer["unfollow"]["__typename"] == "Unfollowed"

    async def delivery(self, token: str, post: int) -> dict[str, Any]:
        answer = await self.ask(DELIVERY, token, id=encode(IdKind.POST, post))
        delivery: dict[str, Any] = answer["post"]["delivery"]
        return delivery

    async def feed(self, token: str, *, page_size: int = 50) -> list[int]:
        """Return the whole feed, read page by page."""
        posts: list[int] = []
        after = None
        for _ in bounded():
            page = (await self.ask(FEED, token, first=page_size, after=after))["feed"]
            posts += [decode_as(IdKind.POST, edge["node"]["id"]) for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            assert len(page["edges"]) == page_size, "a page that is not the last one is full"
            after = page["pageInfo"]["endCursor"]
        return posts


async def complete(clients: Clients, token: str, post: int, *, seconds: float = 60) -> dict[str, object]:
    """Wait until the post's delivery is complete, and return it.

    Raises:
        TimeoutError: It is not complete within `seconds`.
    """
    async with asyncio.timeout(seconds):
        while (delivery := await clients.delivery(token, post))["state"] != "COMPLETE":
            await asyncio.sleep(0.05)
    return delivery
