"""The clients' records: attempts, acknowledgements and their times."""

from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple


class Acknowledged(NamedTuple):
    """A post that was acknowledged. `key` is its text, which is unique."""

    key: str
    began: float
    at: float


class Reposted(NamedTuple):
    """A repost that was acknowledged."""

    post: int
    author: int  # of the post
    began: float
    at: float


@dataclass
class Book:
    """The record of one author. Only the author's client writes it."""

    author: int
    tried: dict[str, int | None] = field(default_factory=dict)  # texts, with the accounts that they answer
    posts: dict[int, Acknowledged] = field(default_factory=dict)
    deleting: set[int] = field(default_factory=set)  # requested, whether or not it was acknowledged
    deleted: dict[int, float] = field(default_factory=dict)
    reposting: set[int] = field(default_factory=set)  # posts whose repost may be stored, with an id that is not known
    reposts: dict[int, Reposted] = field(default_factory=dict)
    undoing: set[int] = field(default_factory=set)  # reposts
    undone: dict[int, float] = field(default_factory=dict)
    liked: set[int] = field(default_factory=set)  # posts; each like and its end is repeated until it is acknowledged

    def live(self) -> list[int]:
        return [post for post in self.posts if post not in self.deleting]

    def live_reposts(self) -> list[int]:
        return [repost for repost in self.reposts if repost not in self.undoing]


class Window(NamedTuple):
    """One fault, from its injection to the end of its repair."""

    fault: str
    began: float
    ended: float


AFTERMATH_S = 2.0


@dataclass
class Diary:
    """The faults of a run."""

    windows: list[Window] = field(default_factory=list)
    open: dict[str, float] = field(default_factory=dict)

    def begin(self, fault: str) -> None:
        self.open[fault] = monotonic()

    def end(self, fault: str) -> None:
        self.windows.append(Window(fault, self.open.pop(fault), monotonic()))

    def during(self, began: float, ended: float) -> set[str]:
        """Return the faults that may have affected the interval."""
        closed = {w.fault for w in self.windows if w.began <= ended and began <= w.ended + AFTERMATH_S}
        return closed | {fault for fault, at in self.open.items() if at <= ended}
