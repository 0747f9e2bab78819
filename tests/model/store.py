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

Edge = tuple[int, str]  # (reader, author); an account that reads and writes is reader 1 and author "1"
Row = tuple[int, int, str]  # an entry: (reader, post, author)
Place = tuple[int, int]  # position of an edge in the order of chunks: (0, follower)

FIRST: Place = (-1, -1)
LAST: Place = (NEVER, NEVER)

MUTE, BLOCK, BLOCKED_BY = "MUTE", "BLOCK", "BLOCKED_BY"
Relation = tuple[int, str, str]  # (reader, other, kind)


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
    of: int | None = None  # the original, if it is a repost
    of_author: str | None = None
    answers: str | None = None  # the account that it answers, if it is a reply


class Options(NamedTuple):
    """What a reader has chosen about an edge. An edge without options has the defaults."""

    hides_reposts: bool = False
    out_of_feed: bool = False


class PostInFlight(NamedTuple):
    """A post in flight as read by a task."""

    post: int
    author: str
    birth: int
    ledger: tuple[Chunk, ...] | None


MAPPINGS = ("posts", "edges", "options", "entries", "floors")
VALUES = ("relations", "has_relations", "celebrities", "has_replicas", "volatile", "is_refusing")  # immutable


class Store:
    __slots__ = (*MAPPINGS, *VALUES)

    def __init__(self) -> None:
        self.posts: dict[int, Post] = {}
        self.edges: dict[Edge, int] = {}  # push_from
        self.options: dict[Edge, Options] = {}
        self.relations: frozenset[Relation] = frozenset()
        self.has_relations: frozenset[int] = frozenset()  # the readers with the hint
        self.entries: dict[tuple[int, int], str] = {}  # the stored author, keyed by (reader, post)
        self.floors: dict[int, int] = {}
        self.celebrities: frozenset[str] = frozenset()
        self.has_replicas = False  # whether entries are volatile until they are replicated
        self.volatile: frozenset[tuple[int, int]] = frozenset()
        self.is_refusing = False  # whether inserts fail, as in an outage

    def copy(self) -> "Store":
        twin = Store.__new__(Store)
        for name in MAPPINGS:
            setattr(twin, name, getattr(self, name).copy())
        for name in VALUES:
            setattr(twin, name, getattr(self, name))
        return twin

    def key(self) -> Hashable:
        mappings = [frozenset(getattr(self, name).items()) for name in MAPPINGS]
        return (*mappings, *[getattr(self, name) for name in VALUES])


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
