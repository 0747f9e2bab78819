"""Designs that look right and are wrong.

Each loses a post if ids of deleted posts are reused, or if a clean-up is not atomic."""

from dataclasses import replace

import pytest

from tests.model.explore import Finding
from tests.model.fan_out_scenarios import OF_FAN_OUT
from tests.model.random_worlds import RandomWorld
from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS, explored
from tests.model.switches import HOLES, Switch


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: f"{hole} in {hole.scenario}")
def test_the_model_finds_the_hole_and_the_rule_closes_it(hole: Switch) -> None:
    found = explored(hole.scenario, hole.off)
    print(f"{SCENARIOS[hole.scenario].about}\n{found}")  # noqa: T201
    assert found.what is not None, f"{hole.instead}: right in all {found.states} states of {hole.scenario!r}"

    closed = explored(hole.scenario, hole.given)
    assert closed.what is None, str(closed)
    assert closed.is_exhaustive


def test_removing_entries_in_two_steps_deletes_entries_that_a_fill_relies_on() -> None:
    """The fill finds the old entry and lowers the edge. Then the delete removes the entry."""
    found = explored("forget", replace(Rules(), forget_at_once=False))
    assert _order_of(found, "find_edge", "insert_edge", "insert_entry", "delete_of_author")


def test_cleaning_in_two_steps_deletes_entries_that_a_fan_out_relies_on() -> None:
    """The id is reused, and the delivery finds the old entry. Then the delete removes the entry."""
    found = explored("clean", replace(Rules(), clean_at_once=False))
    assert _order_of(found, "exists", "insert_post", "insert_entry", "delete_of_post")


def test_a_transaction_deletes_by_its_snapshot() -> None:
    """The entries are not written meanwhile, so nothing conflicts: a duplicate key is no write."""
    found = explored("forget", replace(Rules(), one_instant=False, guard_edge=False))
    assert _order_of(found, "look_at_author", "insert_edge", "insert_entry", "commit")


@pytest.mark.parametrize("name", [name for name in OF_FAN_OUT if name != "id reused"])
def test_tasks_need_no_identity_of_posts_unless_ids_are_reused(name: str) -> None:
    found = explored(name, replace(Rules(), same_post=False))
    assert found.what is None, str(found)
    assert found.is_exhaustive


def test_random_walks_need_no_identity_of_posts_unless_ids_are_reused() -> None:
    for seed in range(10):
        found = RandomWorld(replace(Rules(), same_post=False), seed, ids_come_back=False).wander()
        assert found.what is None, f"seed {seed}: {found}"


def _order_of(found: Finding, *actions: str) -> bool:
    """Return whether the trace contains the actions in this order."""
    lines = iter(found.trace)
    return all(any(f" {action}(" in line for line in lines) for action in actions)
