"""Notifications are what the oracle says, at every moment, for every page size, cursor and kind."""

from random import Random

import pytest

from tests.storage.notified import Notifying
from tests.world import World

STEPS = 40
# So small that pages are refilled, groups are skipped through, and hidden accounts are read past.
TIGHT = {
    "storage.notified_groups.KEYS_FOR_A_GROUP": 1,
    "storage.notified_groups.FIRST_SPAN": 1,
    "storage.notified_groups.WIDER": 2,
    "storage.notification_reading.SLACK": 0,
    "storage.notification_reading.REFILL": 2,
    "storage.notification_reading.ACCOUNTS": 1,
    "storage.notification_reading.FURTHER_ACTS": 2,
    "storage.notification_reading.MAX_ACTORS": 2,
    "storage.notification_reading.MAX_COUNT": 3,
    "storage.notification_reading.MAX_UNREAD": 4,
    "tests.notified.SHOWN_ACTORS": 2,
    "tests.notified.SHOWN_COUNT": 3,
    "tests.notified.SHOWN_UNREAD": 4,
}


async def live_and_look(people: Notifying) -> None:
    for _ in range(STEPS):
        await people.do_something()
        await people.read_on(people.random.choice(people.users))
    for user in people.users[:4]:
        await people.look(user)


async def test_notifications_equal_the_oracle_whatever_happens(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await live_and_look(await Notifying.begin(world, Random(15), monkeypatch))


@pytest.mark.parametrize("seed", range(2))
async def test_notifications_equal_the_oracle_beyond_every_bound_of_a_read(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for name, bound in TIGHT.items():
        monkeypatch.setattr(name, bound)
    await live_and_look(await Notifying.begin(world, Random(seed), monkeypatch))
