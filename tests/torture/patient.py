"""A client that keeps asking: over HTTP, on any number of connections, until it knows what has happened."""

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
# An outcome is looked for only after so long: a request that its web process did not survive may still be on its way
# to MongoDB.
PATIENCE_S = 0.5
ANSWER_WITHIN_S = 60  # more than any answer may take, so that no request is abandoned half done
PASSING = {"INTERNAL", "UNAVAILABLE", "RATE_LIMITED"}


class Unsure(Exception):
    """No answer, or one that does not tell what has happened."""


@dataclass
class Door:
    """The way in, and what was heard there instead of an answer."""

    http: httpx.AsyncClient
    silences: Counter[str] = field(default_factory=Counter)


@dataclass
class Client:
    door: Door
    user: int
    alias: str
    token: str

    async def ask(self, query: str, **variables: Any) -> Any:
        """Errors: Unsure; AssertionError for an error that no fault explains."""
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
        """Ask until there is an answer; only for what may be asked twice."""
        while True:  # ends: the campaign mends every fault
            try:
                return await self.ask(query, **variables)
            except Unsure:
                await asyncio.sleep(PATIENCE_S)

    async def post(self, text: str) -> int:
        """Exactly once, whatever happens, if no other post has this text."""
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
        """False where the first answer is that there is no such post."""
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
        """So many pages from the top, and whether they are all there is. Errors: Unsure."""
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
