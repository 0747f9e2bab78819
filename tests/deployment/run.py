"""One run: people use the site, the operator works on it, and nothing may fail, get lost or be wrong."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

import httpx

from storage import Storage, create_indexes, open_storage
from tests.deployment.release import install
from tests.deployment.site import Say, Site, start_site
from tests.deployment.steps import Step, audit
from tests.deployment.watchers import Watcher
from tests.torture.books import Book, Diary
from tests.torture.patient import ANSWER_WITHIN_S, Client, Door
from tests.torture.people import Life, be_author
from tests.torture.population import Population, populate
from tests.torture.readers import Wishes, be_moving, be_steady
from tests.torture.verdict import (
    Verdict,
    compare_counts,
    compare_feeds,
    compare_likes,
    compare_posts,
    compare_reposts,
    compare_wishes,
    drain,
)
from tests.waiting import wait_until

WATCHERS = 6
READS_BETWEEN, POSTS_BETWEEN = 20, 5  # at least, between two steps
LAST_WORDS = "the last post of all"


@dataclass(frozen=True, slots=True)
class Taken:
    """One step, and what people did from its beginning to some moment after it."""

    step: str
    seconds: float
    reads: int
    posts: int
    failed: int


@dataclass(slots=True)
class Outcome:
    seed: int
    life: Life
    door: Door
    taken: list[Taken] = field(default_factory=list)
    watchers: list[Watcher] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    missed: int = 0  # watchers that the last post did not reach
    tracebacks: int = 0  # in the logs of all processes

    @property
    def failed(self) -> int:
        return self.door.silences.total()

    @property
    def lost(self) -> int:
        return len(self.verdict.lost) + len(self.life.lost_before_deletion)

    @property
    def wrong(self) -> int:
        return len(self.life.wrong) + len(self.verdict.wrong_feeds)

    @property
    def problems(self) -> list[str]:
        verdict = self.verdict
        found: Mapping[str, Sequence[object]] = {
            "requests failed": sorted(self.door.silences.items()),
            "posts lost": [*verdict.lost, *self.life.lost_before_deletion],
            "wrong while it ran": self.life.wrong,
            "wrong feeds": verdict.wrong_feeds,
            "doubled": verdict.doubled,
            "deleted and there": verdict.returned,
            "never sent and there": verdict.strangers,
            "wrong likes": verdict.wrong_likes,
            "wrong follows and relations": verdict.wrong_wishes,
            "wrong counts": verdict.wrong_counts,
            "subscriptions that ended wrongly": [wrong for each in self.watchers for wrong in each.wrong],
            "subscriptions that missed the last post": ["1"] * self.missed,
            "deliveries left open": ["1"] * verdict.left_open,
        }
        return [f"{what}: {len(some)}, such as {some[:3]}" for what, some in found.items() if some]


async def deploy(directory: Path, steps: Sequence[Step], *, seed: int, say: Say) -> Outcome:
    """Install the release, start the site, and take the steps."""
    # The executor outlives the site: a server ends when the thread that started it does.
    with ThreadPoolExecutor(1) as executor:
        loop = asyncio.get_running_loop()
        say("building the wheel and installing it")
        release = await loop.run_in_executor(executor, install, directory / "release")
        opening = start_site(directory, release, say=say)
        site = await loop.run_in_executor(executor, opening.__enter__)
        try:
            opened = open_storage(
                site.mongodb.url, database=site.settings.mongodb_database, driver="pymongo", session_ttl_days=30
            )
            http = httpx.AsyncClient(base_url=site.proxy.url, timeout=ANSWER_WITHIN_S, verify=site.proxy.trust())
            async with opened as storage, http:
                await create_indexes(storage.mongo)
                return await _Run(site, storage, Door(http), executor, seed, say).through(steps)
        finally:
            await loop.run_in_executor(executor, opening.__exit__, None, None, None)


class _Run:
    def __init__(
        self, site: Site, storage: Storage, door: Door, executor: ThreadPoolExecutor, seed: int, say: Say
    ) -> None:
        self._site = site
        self._storage = storage
        self._door = door
        self._executor = executor
        self._seed = seed
        self._say = say

    async def through(self, steps: Sequence[Step]) -> Outcome:
        population = await populate(self._storage, Random(self._seed))
        self._say(f"{len(population.users)} accounts, {len(population.authors)} of them authors")
        books = {user.id: Book(user.id) for user in population.authors}
        life = Life(dice=Random(self._seed), books=books, faults_during=Diary().during)
        wishes = {user: Wishes.of(some) for user, some in population.followees.items()}
        clients = {
            user.id: Client(self._door, user.id, user.alias, population.tokens[user.id])
            for user in population.users
            if user.id in population.tokens
        }
        outcome = Outcome(self._seed, life, self._door)
        outcome.watchers = [Watcher(population.tokens[user.id]) for user in population.steady[:WATCHERS]]
        watching = [asyncio.create_task(watcher.watch(self._site.proxy)) for watcher in outcome.watchers]
        async with asyncio.TaskGroup() as people:
            _begin(people, life, clients, wishes, population)
            await self._people_go_on(outcome)
            for step in steps:
                outcome.taken.append(await self._take(step, outcome))
            life.over.set()
        await self._say_last_words(outcome, population, clients)
        for task in watching:
            task.cancel()
        await asyncio.wait(watching)
        await self._judge(outcome, population, list(clients.values()), wishes)
        return outcome

    async def _take(self, step: Step, outcome: Outcome) -> Taken:
        self._say(step.name)
        began, before = monotonic(), _done(outcome)
        await self._blocking(lambda: step.take(self._site))
        seconds = monotonic() - began
        await self._people_go_on(outcome)
        return Taken(step.name, seconds, *(now - then for now, then in zip(_done(outcome), before, strict=True)))

    async def _people_go_on(self, outcome: Outcome) -> None:
        reads, posts, _ = _done(outcome)

        async def have() -> bool:
            now = _done(outcome)
            return now[0] >= reads + READS_BETWEEN and now[1] >= posts + POSTS_BETWEEN

        await wait_until(have)

    async def _say_last_words(self, outcome: Outcome, population: Population, clients: Mapping[int, Client]) -> None:
        """Let an author whom all watchers follow post, and wait until it reaches them."""
        watchers = population.steady[:WATCHERS]
        for author in population.authors:
            following = [
                w
                for w, user in zip(outcome.watchers, watchers, strict=True)
                if author.id in population.followees[user.id]
            ]
            if not following:
                continue
            text = f"{LAST_WORDS}, by {author.alias}"
            outcome.life.books[author.id].tried[text] = None
            created = await clients[author.id].create(text, f"last-of-{author.id}")
            assert created is not None

            async def has_arrived(text: str = text, following: Sequence[Watcher] = following) -> bool:
                return all(text in watcher.texts for watcher in following)

            try:
                await wait_until(has_arrived, 30)
            except AssertionError:
                outcome.missed += sum(text not in watcher.texts for watcher in following)

    async def _judge(
        self, outcome: Outcome, population: Population, clients: list[Client], wishes: Mapping[int, Wishes]
    ) -> None:
        self._say("comparing")
        verdict, books = outcome.verdict, outcome.life.books
        verdict.left_open = await drain(self._storage)
        await compare_posts(self._storage, books, verdict)
        await compare_reposts(self._storage, books, verdict)
        await compare_likes(self._storage, books, verdict)
        await compare_wishes(self._storage, wishes, verdict)
        await compare_counts(self._storage, population.users, verdict)
        await compare_feeds(self._storage, population.users, clients, verdict, Random(self._seed))
        self._say("auditing")
        await self._blocking(lambda: audit(self._site))
        outcome.tracebacks = self._site.logs().count("Traceback")

    async def _blocking(self, call: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, call)


def _begin(
    people: asyncio.TaskGroup,
    life: Life,
    clients: Mapping[int, Client],
    wishes: Mapping[int, Wishes],
    population: Population,
) -> None:
    for user in population.authors:
        people.create_task(be_author(life, clients[user.id]))
    for user in population.steady:
        people.create_task(be_steady(life, clients[user.id], wishes[user.id]))
    hot, others = [u.id for u in population.hovering], [u.id for u in population.celebrities + population.ordinary]
    for user in population.moving:
        people.create_task(be_moving(life, clients[user.id], wishes[user.id], hot, others))


def _done(outcome: Outcome) -> tuple[int, int, int]:
    """Return how many feeds were read and posts acknowledged, and how many requests failed."""
    return outcome.life.reads, sum(len(book.posts) for book in outcome.life.books.values()), outcome.failed
