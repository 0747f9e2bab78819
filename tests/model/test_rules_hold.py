"""With all rules, every feed is exact in every interleaving of each scenario and in every random walk."""

import os
from dataclasses import replace

import pytest

from tests.model.clean_up_scenarios import OF_CLEAN_UP
from tests.model.edge_scenarios import OF_EDGES
from tests.model.random_worlds import RandomWorld
from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS, explored

WORLDS = int(os.environ.get("MODEL_WORLDS", "60"))
PARTS = 4  # tests that divide the worlds among them
EXPLORED = 2  # one of this many worlds is also explored completely, with a few actors


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_interleaving_is_right(name: str) -> None:
    found = explored(name, Rules())
    assert found.what is None, f"{SCENARIOS[name].about}\n{found}"
    assert found.is_exhaustive, f"more than {found.states} states"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_walks_are_right(part: int) -> None:
    for seed in range(part, WORLDS, PARTS):
        found = RandomWorld(Rules(), seed, ids_come_back=seed % 2 == 0).wander()
        assert found.what is None, f"seed {seed}: {found}"


@pytest.mark.parametrize("part", range(PARTS))
def test_every_interleaving_of_random_actors_is_right(part: int) -> None:
    for seed in range(part, WORLDS // EXPLORED, PARTS):
        found = RandomWorld(Rules(), seed, ids_come_back=seed % 2 == 0).explore_few()
        assert found.what is None, f"seed {seed}: {found}"
        assert found.is_exhaustive, f"seed {seed}: more than {found.states} states"


@pytest.mark.parametrize("name", OF_EDGES)
def test_a_fill_may_continue_with_the_token_that_it_finds(name: str) -> None:
    found = explored(name, replace(Rules(), take_over=False))
    assert found.what is None, str(found)
    assert found.is_exhaustive


@pytest.mark.parametrize("name", OF_CLEAN_UP)
def test_a_guarded_transaction_is_as_good_as_one_instant(name: str) -> None:
    found = explored(name, replace(Rules(), one_instant=False))
    assert found.what is None, str(found)
    assert found.is_exhaustive
