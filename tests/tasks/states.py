"""The stored state of a small world at one instant, and the invariants of ARCHITECTURE.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.visibility import REPEAT_AFTER, ids_apart
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.entries import post_of
from storage.mongo import Document
from tests.base_data import decide

Key = tuple[int, int]  # reader, post


@dataclass(frozen=True)
class State:
    users: Mapping[int, Document]
    edges: Mapping[int, Document]
    posts: Mapping[int, Document]
    entries: Mapping[Key, int]  # the author stored in each entry

    @classmethod
    async def read(cls, storage: Storage) -> "State":
        users, edges, posts, entries = [
            {found["_id"]: found async for found in storage.mongo.collection(name).find({})}
            for name in ("users", "follows", "posts", "feeds")
        ]
        authors = {(int.from_bytes(key[:8], "big"), post_of(key)): entry["author"] for key, entry in entries.items()}
        return cls(users, edges, posts, authors)

    def feed(self, reader: int) -> list[int]:
        """Return the ids of the events of the reader's feed, newest first."""
        edges = [edge for edge in self.edges.values() if edge["follower"] == reader]
        events = decide(reader, list(self.posts.values()), edges, [], repeat_after=ids_apart(REPEAT_AFTER))
        return [event.id for event in events]

    def dead_reposts(self) -> list[int]:
        """Return the reposts of deleted posts."""
        return [number for number, found in self.posts.items() if found.get("repost_of", number) not in self.posts]

    def leftovers(self) -> Iterator[Key]:
        """Return the entries of deleted posts and reposts, of readers to whom their author is pushed."""
        pushed = {(edge["follower"], edge["followee"]) for edge in self.edges.values() if edge["push_from"] < NEVER}
        for (reader, post), author in self.entries.items():
            if post not in self.posts and (reader, author) in pushed:
                yield reader, post

    def watermarks(self) -> dict[int, int]:
        """Return the watermark of each edge, keyed by its id."""
        return {number: edge["push_from"] for number, edge in self.edges.items()}

    def floor(self, reader: int) -> int:
        return int(self.users[reader].get("floor", 0))

    def follows(self, reader: int, author: int) -> bool:
        return any((edge["follower"], edge["followee"]) == (reader, author) for edge in self.edges.values())

    def missing(self) -> Iterator[Key]:
        """Return missing entries that a watermark requires."""
        for edge in self.edges.values():
            reader, author = edge["follower"], edge["followee"]
            promised = max(edge["push_from"], self.floor(reader))  # FILLING and NEVER are above all posts
            for post, found in self.posts.items():
                is_due = found["author"] == author and post >= promised and not found.get("in_flight")
                if is_due and (reader, post) not in self.entries:
                    yield reader, post
