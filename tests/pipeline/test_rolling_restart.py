"""Web processes behind a real nginx are restarted in turn under load, and no request fails."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from websockets.exceptions import InvalidHandshake

from settings import Settings
from storage import Storage
from storage.maintenance import Maintenance
from tests.client import Someone, sign_up
from tests.pipeline.clients import Clients
from tests.pipeline.mutations import CREATE_POST
from tests.pipeline.nginx import nginx
from tests.pipeline.stack import Stack, stack
from tests.talk import Ended, talking
from tests.waiting import wait_until
from tests.world import World

ROUNDS = 2
READERS, POSTERS, SUBSCRIBERS = 4, 2, 2
PAUSES_S = (0.0, 0.02, 0.1, 0.3)  # of clients in turn, since starting processes also need the machine
ANSWERS_BETWEEN = 5  # of each client, before the next process is restarted
FEED = "{ feed(first: 20) { edges { node { id text } } } }"
TEXTS = "{ feed(first: 100) { edges { node { text } } } }"


@dataclass
class Load:
    """The answers that clients got."""

    failures: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    posted: list[str] = field(default_factory=list)

    async def ask(self, http: httpx.AsyncClient, client: str, someone: Someone, query: str, **variables: str) -> None:
        try:
            answer = await http.post(
                "/graphql",
                json={"query": query, "variables": variables},
                headers={"Authorization": f"Bearer {someone.token}"},
            )
        except httpx.TransportError as error:
            self.failures.append(f"{client}: {error!r}")
            return
        if answer.status_code != 200 or "errors" in answer.json():
            self.failures.append(f"{client}: {answer.status_code} {answer.text[:300]}")
        elif "text" in variables:
            self.posted.append(variables["text"])
        self.answers[client] += 1


@contextmanager
def two_stacks(settings: Settings, directory: Path) -> Iterator[list[Stack]]:
    """Start one web process, and a supervisor with two."""
    with ExitStack() as stacks:
        started = []
        for processes in (1, 2):
            (directory / str(processes)).mkdir()
            filled = settings.replace(web_concurrency=processes, trusted_proxies="127.0.0.1")
            started.append(stacks.enter_context(stack(filled, directory / str(processes), "web")))
        yield started


async def subscribe(url: str, someone: Someone, seen: set[str]) -> None:
    """Act like a client: subscribe, then read the feed, and repeat both if the connection ends."""
    while True:  # ends: the test cancels it
        with suppress(InvalidHandshake, OSError, Ended):
            async with talking(url, someone.token) as talk:
                updates = await talk.subscribe()
                page = await talk.ask(TEXTS)
                seen |= {edge["node"]["text"] for edge in page["feed"]["edges"]}
                while True:  # ends: with the connection
                    seen.add((await updates.next())["feedUpdates"]["text"])
        await asyncio.sleep(0.05)


async def test_no_request_fails_while_web_processes_are_restarted_in_turn(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    world = World(storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    load, over = Load(), asyncio.Event()
    seen: list[set[str]] = [set() for _ in range(SUBSCRIBERS)]

    async def go_on(client: str, act: Callable[[httpx.AsyncClient, int], Awaitable[None]]) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60) as http:
            number = 0
            while not over.is_set():  # ends: the test says when
                number += 1
                await act(http, number)
                await asyncio.sleep(PAUSES_S[number % len(PAUSES_S)])

    def reader(client: str) -> Awaitable[None]:
        return go_on(client, lambda http, _: load.ask(http, client, bob, FEED))

    def poster(client: str) -> Awaitable[None]:
        return go_on(client, lambda http, n: load.ask(http, client, ann, CREATE_POST, text=f"{client}, post {n}"))

    async def all_are_answered() -> None:
        before = Counter(load.answers)

        async def has_each() -> bool:
            return bool(load.failures) or all(load.answers[each] - before[each] >= ANSWERS_BETWEEN for each in clients)

        await wait_until(has_each)

    with two_stacks(settings, tmp_path) as stacks, nginx(tmp_path, [each.settings.port for each in stacks]) as url:
        people = {f"reader {n}": reader for n in range(READERS)} | {f"poster {n}": poster for n in range(POSTERS)}
        clients = list(people)
        running = [asyncio.ensure_future(person(client)) for client, person in people.items()]
        subscribed = [asyncio.create_task(subscribe(url, bob, each)) for each in seen]
        for _ in range(ROUNDS):
            for each in stacks:
                await all_are_answered()
                await asyncio.to_thread(each.end, "web", 60)
                await all_are_answered()
                each.start("web")
                await asyncio.to_thread(each.wait_until_ready)
        await all_are_answered()
        over.set()
        await asyncio.gather(*running)
        assert load.failures == []

        async with Clients(url) as ask:
            end = "the end"
            await ask.create_post(ann.token, end)

            async def has_arrived() -> bool:
                return all(end in each for each in seen)

            await wait_until(has_arrived)
            for task in subscribed:
                task.cancel()
            assert [task.result() for task in subscribed if task.done() and not task.cancelled()] == []
            stored = Counter([post.text for post in await Maintenance(storage).bulk.find_posts([ann.user.id])])
            feed = await ask.feed(bob.token)
        assert stored == Counter([*load.posted, end]), "every acknowledged post once, and no other"
        assert len(feed) == len(set(feed)) == len(load.posted) + 1
        for each in stacks:
            assert "Traceback" not in each.log("web")


def test_the_shipped_configuration_hides_the_metrics(settings: Settings, tmp_path: Path) -> None:
    with two_stacks(settings, tmp_path) as stacks, nginx(tmp_path, [each.settings.port for each in stacks]) as url:
        assert httpx.get(f"{url}/metrics").status_code == 404
        assert httpx.get(f"{url}/readyz").json() == {"ready": True}
        assert httpx.get(f"{stacks[0].url}/metrics").status_code == 200
