"""A client over HTTP that retries, on any number of connections, until it knows the outcome."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from schema.global_ids import IdKind, decode_as, encode
from tests.pipeline.clients import CREATE_POST, FOLLOW, UNFOLLOW
from tests.torture.books import Seen

DELETE_POST = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"
STORY = "query ($id: ID!) { node(id: $id) { ... on User { story(first: 10) { edges { node { id text } } } } } }"
FEED = """query ($first: Int!, $after: String) { feed(first: $first, after: $after) {
  edges { node { id text author { id } } } pageInfo { hasNextPage endCursor } } }"""
# The delay before an outcome is looked up: the write of a killed web process may still be on its way to MongoDB.
PATIENCE_S = 0.5
ANSWER_WITHIN_S = 60  # longer than any answer may take, so that no request is abandoned half done
PASSING = {"INTERNAL", "UNAVAILABLE", "RATE_LIMITED"}


class Unsure(Exception):
    """There is no answer, or one that does not tell the outcome."""


@dataclass
class Door:
    """The address of the web process, and the errors of requests to it."""

    http: httpx.AsyncClient
    silences: Counter[str] = field(default_factory=Counter)


@dataclass
class Client:
    door: Door
    user: int
    alias: str
    token: str

    async def ask(self, query: str, **variables: Any) -> Any:
        """Send one request and return its data.

        Raises:
            Unsure: The outcome is unknown.
            AssertionError: No fault explains the error.
        """
        headers = {"Authorization": f"Bearer {self.token}"}
        body = {"query": query, "variables": variables}
        try:
            answer = await self.door.http.post("/graphql", json=body, headers=headers)
        except httpx.TransportError as error:
            raise self._unsure(type(error).__name__) from None
        content = answer.json()
        if errors := content.get("errors"):
            code = errors[0]["extensions"]["code"]
            assert code in PASSING, f"@{self.alias}: {content}"
            raise self._unsure(f"{answer.status_code} {code}")
        return content["data"]

    async def insist(self, query: str, **variables: Any) -> Any:
        """Repeat the request until it is answered. It must be idempotent."""
        while True:  # ends: the campaign mends every fault
            try:
                return await self.ask(query, **variables)
            except Unsure:
                await asyncio.sleep(PATIENCE_S)

    async def post(self, text: str) -> int:
        """Post exactly once. No other post may have this text."""
        while True:  # ends: the campaign mends every fault
            try:
                created = await self.ask(CREATE_POST, text=text)
                return decode_as(IdKind.POST, created["createPost"]["post"]["id"])
            except Unsure:
                await asyncio.sleep(PATIENCE_S)
                found = await self._find_in_story(text)
                if found is not None:
                    return found

    async def delete(self, post: int) -> bool:
        """Delete the post. Return False if the first answer says that there is no such post."""
        is_first = True
        while True:  # ends: the campaign mends every fault
            try:
                answer = await self.ask(DELETE_POST, id=encode(IdKind.POST, post))
                return answer["deletePost"]["__typename"] == "PostDeleted" or not is_first
            except Unsure:
                is_first = False
                await asyncio.sleep(PATIENCE_S)

    async def follow(self, user: int) -> None:
        answer = await self.insist(FOLLOW, user=encode(IdKind.USER, user))
        assert answer["follow"]["__typename"] == "Followed", answer

    async def unfollow(self, user: int) -> None:
        answer = await self.insist(UNFOLLOW, user=encode(IdKind.USER, user))
        assert answer["unfollow"]["__typename"] == "Unfollowed", answer

    async def feed(self, *, page_size: int, pages: int) -> tuple[list[Seen], bool]:
        """Return pages from the top of the feed, and whether they are the whole feed.

        Raises:
            Unsure: A page was not answered.
        """
        seen: list[Seen] = []
        after = None
        for _ in range(pages):
            page = (await self.ask(FEED, first=page_size, after=after))["feed"]
            seen += [_seen(edge["node"]) for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return seen, True
            assert len(page["edges"]) == page_size, "a page that is not the last one is full"
            after = page["pageInfo"]["endCursor"]
        return seen, False

    async def _find_in_story(self, text: str) -> int | None:
        story = (await self.insist(STORY, id=encode(IdKind.USER, self.user)))["node"]["story"]
        return next(
            (decode_as(IdKind.POST, e["node"]["id"]) for e in story["edges"] if e["node"]["text"] == text), None
        )

    def _unsure(self, silence: str) -> Unsure:
        self.door.silences[silence] += 1
        return Unsure(silence)


def _seen(node: Any) -> Seen:
    return Seen(decode_as(IdKind.POST, node["id"]), decode_as(IdKind.USER, node["author"]["id"]), node["text"])
