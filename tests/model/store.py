"""The database of the model, and the identity of its states.

It has no clock. A post brings its id along. So ids may come out of order by any offset, and a post may be inserted long
after its id was drawn.
"""

from collections.abc import Callable, Generator, Hashable
from typing import Any, NamedTuple

from tests.model.rules import Rules

FILLING = 10**6  # a token is added; above every post id
NEVER = 10**9
ANY_FILLING = -1  # expected watermark of an edge: FILLING with any token

Edge = tuple[int, str]  # (reader, author)
Row = tuple[int, int, str]  # an entry: (reader, post, author)
Place = tuple[int, int]  # position of an edge in the order of chunks: (0, follower)

FIRST: Place = (-1, -1)
LAST: Place = (NEVER, NEVER)


class Chunk(NamedTuple):
    number: int
    after: Place
    until: Place
    size: int


class Post(NamedTuple):
    author: str
    birth: int  # distinguishes two successive posts with the same id
    in_flight: bool = True
    ledger: tuple[Chunk, ...] | None = None
    targets: int = 0
    delivered: int = 0


class PostInFlight(NamedTuple):
    """A post in flight as read by a task."""

    post: int
    author: str
    birth: int
    ledger: tuple[Chunk, ...] | None


class Store:
    __slots__ = ("celebrities", "edges", "entries", "floors", "has_replicas", "is_refusing", "posts", "volatile")

    def __init__(self) -> None:
        self.posts: dict[int, Post] = {}
        self.edges: dict[Edge, int] = {}  # push_from
        self.entries: dict[tuple[int, int], str] = {}  # the stored author, keyed by (reader, post)
        self.floors: dict[int, int] = {}
        self.celebrities: frozenset[str] = frozenset()
        self.has_replicas = False  # whether entries are volatile until they are replicated
        self.volatile: frozenset[tuple[int, int]] = frozenset()
        self.is_refusing = False  # whether inserts fail, as in an outage

    def copy(self) -> "Store":
        twin = Store()
        twin.posts = self.posts.copy()
        twin.edges = self.edges.copy()
        twin.entries = self.entries.copy()
        twin.floors = self.floors.copy()
        twin.celebrities = self.celebrities
        twin.has_replicas = self.has_replicas
        twin.volatile = self.volatile
        twin.is_refusing = self.is_refusing
        return twin

    def key(self) -> Hashable:
        return (
            frozenset(self.posts.items()),
            frozenset(self.edges.items()),
            frozenset(self.entries.items()),
            frozenset(self.floors.items()),
            self.celebrities,
            self.has_replicas,
            self.volatile,
            self.is_refusing,
        )


class Step(NamedTuple):
    """One atomic action on the store. A program yields it to run it."""

    action: Callable[..., Any]
    args: tuple[Any, ...]


Program = Generator[Step, Any, Any]


class Run(NamedTuple):
    """One run of a program, with a unique number."""

    rules: Rules
    number: int

    @property
    def token(self) -> int:
        return FILLING + (self.number if self.rules.fresh_tokens else 1)


class Blocked:
    """The result of a step that is not possible yet."""


BLOCKED = Blocked()


def do(action: Callable[..., Any], *args: Any) -> Step:
    return Step(action, args)


def is_filling(push_from: int) -> bool:
    return FILLING <= push_from < NEVER
