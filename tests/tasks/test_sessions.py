"""Accounts with more sessions than the limit lose the oldest ones. Other accounts lose none."""

import pytest

from tasks import sessions
from tests.world import World

MAX_SESSIONS = 4


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sessions.MAX_SESSIONS", MAX_SESSIONS)
    monkeypatch.setattr("storage.sessions.END_BATCH", 3)


@pytest.mark.parametrize("batch", [MAX_SESSIONS + 1, 7, 10, 1_000])
@pytest.mark.parametrize(
    "piles", [[], [0, 1], [4, 5], [5, 4, 4], [1, 3, 4, 5, 2, 30], [30, 30, 1], [2, 2, 2, 2, 2, 2, 2, 9], [10]]
)
async def test_the_sweep_ends_sessions_beyond_the_limit(
    world: World, monkeypatch: pytest.MonkeyPatch, piles: list[int], batch: int
) -> None:
    monkeypatch.setattr(sessions, "SWEEP_BATCH", batch)
    tokens = [[(await world.storage.sessions.create(user))[0] for _ in range(pile)] for user, pile in enumerate(piles)]

    await world.run_all(await sessions.sweep_sessions(world.services))

    for pile in tokens:
        alive = [await world.storage.sessions.find_by_token(token) is not None for token in pile]
        assert sum(alive) == min(len(pile), MAX_SESSIONS)
