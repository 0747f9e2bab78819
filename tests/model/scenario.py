"""A small world with a few actors. Every interleaving of them is explored.

Readers are numbers, authors letters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.model.explore import Actor
from tests.model.store import Edge, Post, Program, Relation, Store


@dataclass(frozen=True, slots=True)
class Scenario:
    about: str
    actors: tuple[Actor, ...]
    edges: Mapping[Edge, int] = field(default_factory=dict)
    posts: Mapping[int, str] = field(default_factory=dict)  # their fan-out is complete
    entries: Mapping[tuple[int, int], str] = field(default_factory=dict)
    reposts: Mapping[int, tuple[str, int]] = field(default_factory=dict)  # (author, original)
    replies: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # (author, answered account)
    relations: frozenset[Relation] = frozenset()
    has_replicas: bool = False

    def begin(self) -> Store:
        store = Store()
        store.edges = dict(self.edges)
        store.posts = {number: Post(author, -number, in_flight=False) for number, author in self.posts.items()}
        for number, (author, of) in self.reposts.items():
            store.posts[number] = Post(author, -number, in_flight=False, of=of, of_author=self.posts[of])
        for number, (author, answers) in self.replies.items():
            store.posts[number] = Post(author, -number, in_flight=False, answers=answers)
        store.entries = dict(self.entries)
        store.relations = self.relations
        store.has_relations = frozenset(reader for reader, _, _ in self.relations)
        store.has_replicas = self.has_replicas
        return store


def act(program: Callable[..., Program], *args: Any) -> Actor:
    return Actor(program, args)


def scenario(about: str, *actors: Actor, **begin: Any) -> Scenario:
    return Scenario(about, actors, **begin)
