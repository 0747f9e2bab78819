"""Posts and times acknowledgement, delivery, and the first read of a celebrity's post."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from benchmarks.client import Connection

CREATE = """mutation ($text: String!) {
  createPost(input: {text: $text}) { ... on PostCreated { post { id } } }
}"""
DELIVERY = "query ($id: ID!) { post(id: $id) { delivery { state targets delivered } } }"
FIRST_OF_FEED = "{ feed(first: 20) { edges { node { id text author { alias } } } } }"
POLL_S = 0.005
SLOW_POLL_S = 0.1  # if many posts are awaited, since polling also costs processor time
DELIVERED_WITHIN_S = 60
SEEN_WITHIN_S = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A created post, with its times of `perf_counter`."""

    id: str
    sent: float
    acknowledged: float

    @property
    def acknowledgement_s(self) -> float:
        return self.acknowledged - self.sent


async def post(author: Connection, text: str) -> Posted:
    sent = perf_counter()
    answer = await author.ask(CREATE, text=text)
    return Posted(id=answer["createPost"]["post"]["id"], sent=sent, acknowledged=perf_counter())


async def delivered(author: Connection, posted: Posted, *, targets: int, poll_s: float = POLL_S) -> float:
    """Wait until the author sees the delivery complete. Return the moment.

    Raises:
        RuntimeError: The delivery ended with another number of targets.
    """
    async with asyncio.timeout(DELIVERED_WITHIN_S):
        while (delivery := await _delivery(author, posted))["state"] != "COMPLETE":  # noqa: ASYNC110
            await asyncio.sleep(poll_s)
    seen = perf_counter()
    if delivery["targets"] != targets or delivery["delivered"] != targets:
        raise RuntimeError(f"a post for {targets} pushed followers ended as {delivery}")
    return seen


async def first_in_feed(reader: Connection, posted: Posted) -> tuple[float, int]:
    """Read until the post is at the top of the feed. Return the moment and the number of reads."""
    reads = 0
    async with asyncio.timeout(SEEN_WITHIN_S):
        while True:
            edges = (await reader.ask(FIRST_OF_FEED))["feed"]["edges"]
            reads += 1
            if edges and edges[0]["node"]["id"] == posted.id:
                return perf_counter(), reads


async def _delivery(author: Connection, posted: Posted) -> Any:
    return (await author.ask(DELIVERY, id=posted.id))["post"]["delivery"]
