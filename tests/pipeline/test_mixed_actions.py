"""Mixed actions on a real graph: workers are killed, and at every look complete feeds equal the formulas."""

import os
from collections import Counter
from collections.abc import Sequence, Set
from pathlib import Path
from random import Random

from audit.findings import damage, table
from composition.tasks import policy_of
from domain.records import Event, User
from domain.visibility import Viewpoint
from settings import Settings
from storage import Storage
from tasks.services import TaskServices
from tests import formulas
from tests.audited import audited
from tests.base_data import facts_of
from tests.pipeline.actions import KINDS, People, deck
from tests.pipeline.clients import Clients
from tests.pipeline.graph import GRAPH, all_users, seed_graph, some_at_a_time
from tests.pipeline.stack import stack
from tests.waiting import wait_until

ACTIONS = int(os.environ.get("MIXED_ACTIONS", "500"))
LOOKS = 5  # at some feeds; the last one is at all of them
READERS = 30
CELEBRITIES, ORDINARY = 8, 22  # authors
FOLLOWED_AT_LEAST = 5  # authors, by each reader
AT_A_LOOK = 10
THRESHOLD = 500
WINDOW = 20  # feeds are trimmed to it, so their older pages are pulled
PAGE_SIZES = (7, 20, 100)
# A run needs the conditions about replies and first sights dozens of times, and each other one but REPEAT_AFTER a few
# times. It is too short for REPEAT_AFTER.
ALWAYS_NEEDED = {
    "v follows the actor",
    "a reply answers v, its author or a followee",
    formulas.FIRST_SIGHT,
    formulas.OTHER_IS_ELIGIBLE,
}
MOSTLY_NEEDED = 9


class Looks:
    """Compares feeds over HTTP with the formulas, and counts the feeds that each of their conditions changes."""

    def __init__(self, storage: Storage, people: People, dice: Random) -> None:
        self._storage = storage
        self._people = people
        self._dice = dice
        self.needed = Counter[str]()
        self.seen = 0

    async def compare(self, readers: Sequence[User], when: str) -> None:
        """Read the complete feeds.

        Raises:
            AssertionError: One of them differs.
        """
        for reader in readers:
            page_size = self._dice.choice(PAGE_SIZES)
            shown = await self._people.clients.shown(self._people.tokens[reader.id], page_size=page_size)
            view, events = await facts_of(self._storage, reader.id)
            truth = self._feed(view, events)
            assert [(one.event, one.actor, one.post, one.author) for one in shown] == [
                (event.id, event.actor, event.post.id, event.post.author) for event in truth
            ], f"@{reader.alias}, {when}, {page_size} a page"
            self.seen += len(shown)
            self.needed.update(name for name in formulas.ALL if self._feed(view, events, {name}) != truth)

    def _feed(self, view: Viewpoint, events: Sequence[Event], without: Set[str] = frozenset()) -> list[Event]:
        return formulas.feed(view, events, repeat_after=self._storage.repeat_after, without=without)


async def choose_people(storage: Storage, clients: Clients, dice: Random) -> People:
    """Return authors on both sides of the threshold, and readers who follow several of them."""
    users = sorted(await all_users(storage), key=lambda user: user.follower_count)
    ordinary = [user for user in users if user.follower_count < THRESHOLD][-ORDINARY:]
    authors = dice.sample([user for user in users if user.is_celebrity], CELEBRITIES) + ordinary
    followed: dict[int, list[int]] = {}
    edges = storage.mongo.collection("follows").find({"followee": {"$in": [author.id for author in authors]}})
    async for edge in edges.sort("_id", 1):
        followed.setdefault(edge["follower"], []).append(edge["followee"])
    readers = dice.sample([user for user in users if len(followed.get(user.id, [])) >= FOLLOWED_AT_LEAST], READERS)
    return People(
        clients=clients,
        tokens={user.id: (await storage.sessions.create(user.id))[0] for user in (*authors, *readers)},
        authors=authors,
        readers=readers,
        followed={reader.id: followed[reader.id] for reader in readers},
    )


async def test_feeds_equal_the_formulas_amid_mixed_actions_while_workers_die(
    settings: Settings, storage: Storage, tmp_path: Path, root: Path
) -> None:
    dice = Random(14)
    wanted = settings.replace(celebrity_threshold=THRESHOLD, feed_window=WINDOW)
    services = TaskServices.of(storage, policy_of(wanted))
    with stack(wanted, tmp_path, "web", "worker", "beat") as running:
        await seed_graph(running, root / GRAPH)
        async with Clients(running.url) as clients:
            people = await choose_people(storage, clients, dice)
            looks = Looks(storage, people, dice)
            kinds = deck(ACTIONS, dice)
            each = ACTIONS // LOOKS
            kills = [number * each + dice.randrange(each // 4, each * 3 // 4) for number in range(LOOKS)]

            async def act(place: int) -> None:
                if place in kills:
                    running.kill("worker")
                    if place != kills[-1]:  # the last time it is started after the feeds have been read
                        running.start("worker")
                await people.act(kinds[place], Random(place))

            for number in range(LOOKS):
                await some_at_a_time(act(place) for place in range(number * each, (number + 1) * each))
                is_last = number == LOOKS - 1
                some = people.readers if is_last else dice.sample(people.readers, AT_A_LOOK)
                await looks.compare(some, f"after {(number + 1) * each} actions")
            assert await storage.feed.ledgers.count_in_flight(limit=1) == 1, "there was a backlog at the last look"

            running.start("worker")

            async def is_drained() -> bool:
                return not await storage.feed.ledgers.count_in_flight(limit=1)

            await wait_until(is_drained)
            await looks.compare(people.readers, "drained")
    found = await audited(services, [user.id for user in people.readers])
    assert not damage(found), table(found)
    assert people.done.total() > 0.9 * ACTIONS, f"overtaken: {people.overtaken}"
    assert people.done.keys() == KINDS.keys()
    assert looks.needed.keys() >= ALWAYS_NEEDED
    assert len(looks.needed) >= MOSTLY_NEEDED, f"no feed needs {sorted(formulas.ALL - looks.needed.keys())}"
