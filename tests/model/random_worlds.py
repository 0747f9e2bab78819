"""Random worlds: long ones with all kinds of actors, and small ones explored in every interleaving.

The seed determines the world.
"""

import random
from dataclasses import replace
from typing import Any

from tests.model.explore import Actor, Finding, explore
from tests.model.fan_out import create_post, deliver, start
from tests.model.random_actors import AUTHORS, IDS, RandomActors
from tests.model.rules import Rules
from tests.model.store import MUTE, NEVER, Blocked, Post, Program, Run, Store
from tests.model.traces import describe
from tests.model.universe import Universe

STEPS = 120
AT_ONCE = 7  # actors
CRASHES = 0.02  # in each step
MOST_STATES = 300_000


class RandomWorld:
    def __init__(self, rules: Rules, seed: int, *, ids_come_back: bool) -> None:
        self._dice = random.Random(seed)
        self._rules = replace(rules, take_over=self._chance(0.5), one_instant=self._chance(0.5))
        self._readers = tuple(range(1, self._dice.randint(1, 3) + 1))
        self._posts = self._dice.sample(IDS, 3)
        self._actors = RandomActors(self._dice, self._readers, self._posts, ids_come_back=ids_come_back)
        self._runs = 0

    def begin(self) -> Store:
        """Return a store with edges of all kinds, the entries above their watermarks, and mutes."""
        store = Store()
        store.has_replicas = self._chance(0.2)
        store.posts = {post: Post(self._dice.choice(AUTHORS), -post, in_flight=False) for post in self._posts}
        for edge in [(reader, author) for reader in self._readers for author in AUTHORS if self._chance(0.6)]:
            store.edges[edge] = push_from = self._dice.choice((0, 0, 50, NEVER))
            for number, post in store.posts.items():
                if post.author == edge[1] and number >= push_from:
                    store.entries[edge[0], number] = edge[1]
        muted = ((reader, author, MUTE) for reader in self._readers for author in AUTHORS if self._chance(0.3))
        store.relations = frozenset(muted)
        store.has_relations = frozenset(reader for reader, _, _ in store.relations)
        return store

    def wander(self) -> Finding:
        universe, lines = Universe(self._rules), list[str]()
        number, running = universe.number_of(self.begin()), list[_Running]()
        for step in range(STEPS):
            if len(running) < AT_ONCE and self._chance(0.6):
                self._runs += 1
                running.append(_Running(self._actors.draw(), Run(self._rules, self._runs)))
            if not running:
                continue
            actor = self._dice.choice(running[-3:] if self._chance(0.5) else running)
            if actor.step is None or self._chance(CRASHES):
                running.remove(actor)
                continue
            number, result = universe.take(number, actor.step)
            if isinstance(result, Blocked):
                running.remove(actor)  # it is never scheduled again
                continue
            lines.append(describe(actor.name, actor.step, result))
            actor.advance(result)
            if found := universe.verdict(number):
                return Finding(found.what, (*lines, *found.trace), step, False)
        return Finding(None, (), STEPS, False)

    def explore_few(self) -> Finding:
        """Return actors: a post by a followed author, its fan-out, and three more."""
        begin = self.begin()
        author, post = (
            self._dice.choice(sorted({author for _, author in begin.edges}) or AUTHORS),
            self._actors.draw_id(),
        )
        actors = [Actor(create_post, (post, author)), Actor(start, (post,)), Actor(deliver, (post, (0, 1)))]
        return explore(self._rules, begin, [*actors, *(self._actors.draw() for _ in range(3))], most_states=MOST_STATES)

    def _chance(self, probability: float) -> bool:
        return self._dice.random() < probability


class _Running:
    def __init__(self, actor: Actor, run: Run) -> None:
        self.name = str(actor)
        self._program: Program = actor.program(run, *actor.args)
        self.step = next(self._program, None)

    def advance(self, result: Any) -> None:
        try:
            self.step = self._program.send(result)
        except StopIteration:
            self.step = None
