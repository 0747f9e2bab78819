"""A crowd that reads, posts and subscribes without a pause while the processes of a site are replaced."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx
from websockets.exceptions import InvalidHandshake

from storage import Storage
from storage.maintenance import Maintenance
from tests.client import Someone
from tests.pipeline.clients import Clients
from tests.talk import Ended, talking
from tests.waiting import wait_until

READERS, POSTERS, SUBSCRIBERS = 4, 2, 2
PAUSES_S = (0.0, 0.02, 0.1, 0.3)  # of clients in turn, since starting processes also need the machine
ANSWERS_BETWEEN = 5  # of each client, before the next process is replaced
# What every version answers.
POST = "mutation ($text: String!) { createPost(input: {text: $text}) { __typename } }"
FEED = "{ feed(first: 20) { edges { node { id text } } } }"
TEXTS = "{ feed(first: 100) { edges { node { text } } } }"
END = "the end"


@dataclass
class Crowd:
    """The answers that clients got. `seen` are the texts that each subscriber knows."""

    url: str
    author: Someone
    follower: Someone
    failures: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    posted: list[str] = field(default_factory=list)
    seen: list[set[str]] = field(default_factory=lambda: [set() for _ in range(SUBSCRIBERS)])
    clients: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def all_are_answered(self) -> None:
        """Wait until each client got some answers, or one a failure."""
        before = Counter(self.answers)

        async def has_each() -> bool:
            enough = (self.answers[each] - before[each] >= ANSWERS_BETWEEN for each in self.clients)
            return bool(self.failures) or all(enough)

        await wait_until(has_each)

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

    async def go_on(self, client: str, act: Callable[[httpx.AsyncClient, int], Awaitable[None]]) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as http:
            number = 0
            while not self.over.is_set():  # ends: the test says when
                number += 1
                await act(http, number)
                await asyncio.sleep(PAUSES_S[number % len(PAUSES_S)])

    def read(self, client: str) -> Awaitable[None]:
        return self.go_on(client, lambda http, _: self.ask(http, client, self.follower, FEED))

    def post(self, client: str) -> Awaitable[None]:
        def act(http: httpx.AsyncClient, number: int) -> Awaitable[None]:
            return self.ask(http, client, self.author, POST, text=f"{client}, post {number}")

        return self.go_on(client, act)

    async def subscribe(self, seen: set[str]) -> None:
        """Act like a client: subscribe, then read the feed, and repeat both if the connection ends."""
        while True:  # ends: the crowd cancels it
            with suppress(InvalidHandshake, OSError, Ended):
                async with talking(self.url, self.follower.token) as talk:
                    updates = await talk.subscribe()
                    page = await talk.ask(TEXTS)
                    seen |= {edge["node"]["text"] for edge in page["feed"]["edges"]}
                    while True:  # ends: with the connection
                        seen.add((await updates.next())["feedUpdates"]["text"])
            await asyncio.sleep(0.05)


@asynccontextmanager
async def crowd(url: str, author: Someone, follower: Someone, storage: Storage) -> AsyncIterator[Crowd]:
    """Let clients of the author and of its follower act. Afterwards, check that nothing failed or got lost."""
    made = Crowd(url, author, follower)
    people = {f"reader {n}": made.read for n in range(READERS)} | {f"poster {n}": made.post for n in range(POSTERS)}
    made.clients = list(people)
    running = [asyncio.ensure_future(act(client)) for client, act in people.items()]
    subscribed = [asyncio.create_task(made.subscribe(each)) for each in made.seen]
    try:
        yield made
        await made.all_are_answered()
        made.over.set()
        await asyncio.gather(*running)
        assert made.failures == []
        await _check_end(made, storage)
        assert [task.result() for task in subscribed if task.done()] == []
    finally:
        for task in [*running, *subscribed]:
            task.cancel()


async def _check_end(made: Crowd, storage: Storage) -> None:
    async with Clients(made.url) as ask:
        await ask.create_post(made.author.token, END)

        async def has_arrived() -> bool:
            return all(END in each for each in made.seen)

        await wait_until(has_arrived)
        stored = Counter([post.text for post in await Maintenance(storage).bulk.find_posts([made.author.user.id])])
        feed = await ask.feed(made.follower.token)
    assert stored == Counter([*made.posted, END]), "every acknowledged post once, and no other"
    assert len(feed) == len(set(feed)) == len(made.posted) + 1
