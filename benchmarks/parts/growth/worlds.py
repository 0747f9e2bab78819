"""Data of a system that has run for long: all posts are delivered and all feeds trimmed to the window.

The final state is written directly, since running for long takes too long.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from random import Random

from domain.ids import RANDOM_BITS, first_id_at
from domain.watermarks import NEVER
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewEdge
from storage.mongo import Document
from storage.users import new_user

WINDOW = 1_000  # entries kept per feed, the default of the setting
APART = 60_000 << RANDOM_BITS  # ids between two posts: a minute
SPACE = 1 << RANDOM_BITS  # ids between two accounts, which other accounts use
QUIET = timedelta(hours=1)  # the age of the last post
TEXT = "A line of about the length that lines have, which is to say a little less than a hundred characters"
FOLLOWEES = 100  # of a reader, on other axes
HISTORY = 120  # posts by each of them, enough for page 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    id: int
    token: str
    feed: Sequence[int]  # all posts, newest first


class World:
    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._numbers = count(SPACE, SPACE)
        self._posts: list[tuple[int, int]] = []  # and their authors, newest first

    async def make_people(self, number: int) -> list[int]:
        people = list(islice(self._numbers, number))
        await self._insert(
            "users", (new_user(one, alias=f"u{one // SPACE}", first_name="User", last_name="") for one in people)
        )
        return people

    async def make_history(self, posts: Mapping[int, int]) -> None:
        """Write delivered posts of each author, in a random but reproducible order."""
        authors = [author for author, number in posts.items() for _ in range(number)]
        Random(0).shuffle(authors)
        newest, now = first_id_at(datetime.now(UTC) - QUIET), datetime.now(UTC)
        self._posts = [(newest - place * APART, author) for place, author in enumerate(authors)]
        delivered = {"targets": 1, "delivered": 1, "completed_at": now}
        await self._insert(
            "posts", ({"_id": post, "author": by, "text": TEXT, **delivered} for post, by in self._posts)
        )

    async def make_reposts(self, reposters: Sequence[int]) -> None:
        """Let the accounts repost all posts up to now, in turn, each a moment after it was written."""
        reposts = [
            (post + APART // 2, reposters[place % len(reposters)], post, author)
            for place, (post, author) in enumerate(self._posts)
        ]
        self._posts = sorted(self._posts + [(number, by) for number, by, _, _ in reposts], reverse=True)
        delivered = {"targets": 1, "delivered": 1, "completed_at": datetime.now(UTC)}
        await self._insert(
            "posts",
            (
                {"_id": number, "author": by, "repost_of": post, "original_author": author, **delivered}
                for number, by, post, author in reposts
            ),
        )

    async def make_reader(self, *, pushed: Sequence[int], pulled: Sequence[int] = ()) -> Reader:
        """Add a reader who follows the accounts and has a full window of entries by the pushed ones."""
        (reader,) = await self.make_people(1)
        edges = [NewEdge(reader, one, 0) for one in pushed] + [NewEdge(reader, one, NEVER) for one in pulled]
        await Maintenance(self.storage).bulk.insert_edges(edges)
        if entries := self._by(pushed)[:WINDOW]:
            await self.storage.readers.raise_floor(reader, entries[-1][0])
            await self.storage.feed.entries.insert_entries((reader, post, author) for post, author in entries)
        token, _ = await self.storage.sessions.create(reader)
        return Reader(id=reader, token=token, feed=[post for post, _ in self._by([*pushed, *pulled])])

    async def put_in_flight(self, authors: Sequence[int], number: int) -> None:
        """Write new posts by the authors in turn. No worker delivers them."""
        sent = {"text": TEXT, "in_flight": True, "sent_at": datetime.now(UTC)}
        draw = self.storage.users.draw_id
        await self._insert(
            "posts", ({"_id": draw(), "author": authors[place % len(authors)], **sent} for place in range(number))
        )

    def _by(self, authors: Sequence[int]) -> list[tuple[int, int]]:
        wanted = set(authors)
        return [(post, author) for post, author in self._posts if author in wanted]

    async def _insert(self, name: str, documents: Iterable[Document]) -> None:
        if rows := list(documents):
            await self.storage.mongo.collection(name).insert_many(rows, ordered=False)


async def make_usual_world(storage: Storage) -> tuple[World, list[int]]:
    """Return a world with the usual number of accounts, and these accounts."""
    world = World(storage)
    authors = await world.make_people(FOLLOWEES)
    await world.make_history(dict.fromkeys(authors, HISTORY))
    return world, authors
