"""Clients over HTTP that post, follow and read page by page."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from schema.global_ids import IdKind, decode_as, encode
from tests.pipeline.mutations import CREATE_POST, FOLLOW, UNFOLLOW
from tests.waiting import bounded

FEED = """query ($first: Int!, $after: String) { feed(first: $first, after: $after) {
  edges { cursor repost { user { id } } node { id text author { id } } } pageInfo { hasNextPage endCursor } } }"""
DELIVERY = """query ($id: ID!) { post(id: $id) {
  delivery { state targets delivered completedAt } author { isCelebrity } } }"""


class Shown(NamedTuple):
    """What stands at one place of a feed. The actor has posted the post, or reposted it."""

    event: int
    actor: int
    post: int
    author: int
    text: str

    @classmethod
    def of(cls, edge: Any) -> "Shown":
        """Return what an edge of FEED shows."""
        node, author = edge["node"], decode_as(IdKind.USER, edge["node"]["author"]["id"])
        return cls(
            event=decode_as(IdKind.POST_CURSOR, edge["cursor"]),
            actor=decode_as(IdKind.USER, edge["repost"]["user"]["id"]) if edge["repost"] else author,
            post=decode_as(IdKind.POST, node["id"]),
            author=author,
            text=node["text"],
        )


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
        body = await self.answer(query, token, variables)
        assert "errors" not in body, body
        return body["data"]

    async def ask_until_done(self, query: str, token: str, *, seconds: float = 120, **variables: Any) -> Any:
        """As `ask`, for a change that may be made twice. It is asked for again if it was stopped by its deadline.

        A process that was killed in a transaction blocks changes of the same documents until MongoDB ends that, which
        takes up to a minute.
        """
        async with asyncio.timeout(seconds):
            while "errors" in (body := await self.answer(query, token, variables)):
                assert "was stopped" in body["errors"][0]["message"], body
        return body["data"]

    async def answer(self, query: str, token: str, variables: Mapping[str, Any]) -> Any:
        """Return the whole answer."""
        answer = await self._http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {token}"},
        )
        return answer.json()

    async def create_post(self, token: str, text: str) -> int:
        created = await self.ask(CREATE_POST, token, text=text)
        return decode_as(IdKind.POST, created["createPost"]["post"]["id"])

    async def follow(self, token: str, user: int) -> None:
        answer = await self.ask_until_done(FOLLOW, token, user=encode(IdKind.USER, user))
        assert answer["follow"]["__typename"] == "Followed"

    async def unfollow(self, token: str, user: int) -> None:
        answer = await self.ask_until_done(UNFOLLOW, token, user=encode(IdKind.USER, user))
        assert answer["unfollow"]["__typename"] == "Unfollowed"

    async def delivery(self, token: str, post: int) -> dict[str, Any]:
        answer = await self.ask(DELIVERY, token, id=encode(IdKind.POST, post))
        delivery: dict[str, Any] = answer["post"]["delivery"]
        return delivery

    async def feed(self, token: str, *, page_size: int = 50) -> list[int]:
        """Return the ids of the whole feed's posts and reposts, read page by page."""
        return [shown.event for shown in await self.shown(token, page_size=page_size)]

    async def shown(self, token: str, *, page_size: int = 50) -> list[Shown]:
        """Return what the whole feed shows, read page by page."""
        shown: list[Shown] = []
        after = None
        for _ in bounded():
            page = (await self.ask(FEED, token, first=page_size, after=after))["feed"]
            shown += map(Shown.of, page["edges"])
            if not page["pageInfo"]["hasNextPage"]:
                break
            assert len(page["edges"]) == page_size, "a page that is not the last one is full"
            after = page["pageInfo"]["endCursor"]
        return shown


async def complete(clients: Clients, token: str, post: int, *, seconds: float = 60) -> dict[str, object]:
    """Wait until the post's delivery is complete, and return it.

    Raises:
        TimeoutError: It is not complete within `seconds`.
    """
    async with asyncio.timeout(seconds):
        while (delivery := await clients.delivery(token, post))["state"] != "COMPLETE":
            await asyncio.sleep(0.05)
    return delivery
