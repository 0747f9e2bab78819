"""A client over HTTP that retries, on any number of connections, until it knows the outcome."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from schema.global_ids import IdKind, decode_as, encode
from tests.pipeline import mutations
from tests.pipeline.clients import FEED, Shown

REPOSTS = """query ($id: ID!) { node(id: $id) { ... on User {
  story(first: 20, shows: [REPOST]) { edges { cursor node { id } } } } } }"""
# The delay before a request is repeated: the write of a killed web process may still be on its way to MongoDB.
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

    async def do(self, mutation: str, **variables: Any) -> str:
        """Repeat the mutation, which must be idempotent, until it is answered. Return the name of the outcome."""
        (outcome,) = (await self.insist(mutation, **variables)).values()
        return str(outcome["__typename"])

    async def do_to(self, user: int, mutation: str, **variables: Any) -> str:
        return await self.do(mutation, user=encode(IdKind.USER, user), **variables)

    async def do_with(self, post: int, mutation: str) -> str:
        return await self.do(mutation, post=encode(IdKind.POST, post))

    async def create(self, text: str, key: str, **named: int | None) -> int | None:
        """Post exactly once, by an idempotency key. None if a post that it answers or quotes is gone."""
        ids = {name: None if post is None else encode(IdKind.POST, post) for name, post in named.items()}
        created = (await self.insist(mutations.CREATE_POST, text=text, key=key, **ids))["createPost"]
        if created["__typename"] == "PostNotFound":
            return None
        assert created["__typename"] == "PostCreated", created
        return decode_as(IdKind.POST, created["post"]["id"])

    async def delete(self, post: int) -> bool:
        """Delete the post. Return False if the first answer says that there is no such post."""
        is_first = True
        while True:  # ends: the campaign mends every fault
            try:
                answer = await self.ask(mutations.DELETE_POST, post=encode(IdKind.POST, post))
                return answer["deletePost"]["__typename"] == "PostDeleted" or not is_first
            except Unsure:
                is_first = False
                await asyncio.sleep(PATIENCE_S)

    async def find_repost(self, post: int) -> int | None:
        """Return the id of one's own repost, one of the newest ones. None if it or the post is gone."""
        story = (await self.insist(REPOSTS, id=encode(IdKind.USER, self.user)))["node"]["story"]
        of = encode(IdKind.POST, post)
        return next((decode_as(IdKind.POST_CURSOR, e["cursor"]) for e in story["edges"] if e["node"]["id"] == of), None)

    async def feed(self, *, page_size: int, pages: int) -> tuple[list[Shown], bool]:
        """Return pages from the top of the feed, and whether they are the whole feed.

        Raises:
            Unsure: A page was not answered.
        """
        seen: list[Shown] = []
        after = None
        for _ in range(pages):
            page = (await self.ask(FEED, first=page_size, after=after))["feed"]
            seen += map(Shown.of, page["edges"])
            if not page["pageInfo"]["hasNextPage"]:
                return seen, True
            assert len(page["edges"]) == page_size, "a page that is not the last one is full"
            after = page["pageInfo"]["endCursor"]
        return seen, False

    def _unsure(self, silence: str) -> Unsure:
        self.door.silences[silence] += 1
        return Unsure(silence)
