"""One run: the data, the clients, the faults, and the verdict."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

import httpx

from domain.records import User
from storage import Storage, create_indexes, open_storage
from tests.torture.books import Book, Diary
from tests.torture.campaign import Campaign, Say
from tests.torture.cluster import start_cluster
from tests.torture.faults import OF_MONGODB, OF_PROCESSES, Fault
from tests.torture.patient import ANSWER_WITHIN_S, Client, Door
from tests.torture.people import Life, be_author
from tests.torture.population import Population, populate
from tests.torture.readers import Wishes, be_moving, be_steady
from tests.torture.verdict import (
    Verdict,
    audit,
    compare_counts,
    compare_feeds,
    compare_likes,
    compare_posts,
    compare_reposts,
    compare_wishes,
    drain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    seed: int
    seconds: float  # every fault is injected at least once, and faults go on for this time
    calm_s: float  # at most, between two faults of one front
    fronts: Sequence[Sequence[Fault]] = (OF_PROCESSES, OF_MONGODB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    plan: Plan
    seconds: float
    life: Life
    diary: Diary
    silences: Mapping[str, int]
    verdict: Verdict

    @property
    def is_good(self) -> bool:
        verdict = self.verdict
        problems: list[Sequence[object]] = [verdict.lost, verdict.doubled, verdict.returned, verdict.strangers]
        problems += [
            verdict.wrong_likes,
            verdict.wrong_wishes,
            verdict.wrong_counts,
            verdict.wrong_feeds,
            verdict.damage,
        ]
        problems += [self.life.wrong, self.life.lost_before_deletion]
        return not any(problems) and verdict.left_open == 0


async def torture(directory: Path, plan: Plan, *, say: Say) -> Outcome:
    # The executor outlives the cluster: a server ends when the thread that started it does.
    with ThreadPoolExecutor(len(plan.fronts) + 1) as executor, start_cluster(directory) as cluster:
        opened = open_storage(
            cluster.replicas.url,
            database=cluster.stack.settings.mongodb_database,
            driver="pymongo",
            session_ttl_days=30,
        )
        http = httpx.AsyncClient(base_url=cluster.stack.url, timeout=ANSWER_WITHIN_S, trust_env=False)
        async with opened as storage, http:
            await create_indexes(storage.mongo)
            diary = Diary()
            campaign = Campaign(cluster, storage, diary, executor, say=say, calm_s=plan.calm_s)
            supervising = asyncio.create_task(campaign.supervise())
            try:
                return await _run(plan, storage, Door(http), campaign, diary, say=say)
            finally:
                supervising.cancel()


async def _run(plan: Plan, storage: Storage, door: Door, campaign: Campaign, diary: Diary, *, say: Say) -> Outcome:
    population = await populate(storage, Random(plan.seed))
    say(f"{len(population.users)} accounts, {len(population.authors)} of them authors")
    began = monotonic()
    books = {user.id: Book(user.id) for user in population.authors}
    life = Life(dice=Random(plan.seed), books=books, faults_during=diary.during)
    clients = {user.id: _client(door, population, user) for user in population.users if user.id in population.tokens}
    wishes = {user: Wishes.of(some) for user, some in population.followees.items()}
    async with asyncio.TaskGroup() as people:
        for user in population.authors:
            people.create_task(be_author(life, clients[user.id]))
        for user in population.steady:
            people.create_task(be_steady(life, clients[user.id], wishes[user.id]))
        hot, others = [u.id for u in population.hovering], [u.id for u in population.celebrities + population.ordinary]
        for user in population.moving:
            people.create_task(be_moving(life, clients[user.id], wishes[user.id], hot, others))
        async with asyncio.TaskGroup() as fronts:
            for number, faults in enumerate(plan.fronts):
                waged = campaign.wage(faults, Random(plan.seed + number), until=began + plan.seconds)
                fronts.create_task(waged)
        life.over.set()
        say("everything runs again")
    verdict = Verdict(left_open=await drain(storage), restarted=campaign.restarted)
    say("comparing")
    await compare_posts(storage, books, verdict)
    await compare_reposts(storage, books, verdict)
    await compare_likes(storage, books, verdict)
    await compare_wishes(storage, wishes, verdict)
    await asyncio.gather(
        compare_counts(storage, population.users, verdict),
        compare_feeds(storage, population.users, list(clients.values()), verdict, Random(plan.seed)),
    )
    say("auditing")
    await audit(storage, population.users, verdict)
    seconds = monotonic() - began
    return Outcome(plan=plan, seconds=seconds, life=life, diary=diary, silences=door.silences, verdict=verdict)


def _client(door: Door, population: Population, user: User) -> Client:
    return Client(door, user.id, user.alias, population.tokens[user.id])
