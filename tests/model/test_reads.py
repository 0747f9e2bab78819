"""Reads of worlds at rest: each page is right, and each part of how feeds are read is needed."""

import os
from dataclasses import fields

import pytest

from tests.model.reading import LOW, READ_SWITCHES, Reading, ReadSwitch
from tests.model.still_worlds import MOST_WORLDS, wrong_in, wrong_with

WORLDS = int(os.environ.get("MODEL_WORLDS", "60"))
PARTS = 4  # tests that divide the worlds among them


@pytest.mark.parametrize("part", range(PARTS))
def test_all_pages_of_random_worlds_are_right(part: int) -> None:
    for seed in range(part, WORLDS, PARTS):
        assert wrong_in(seed, Reading()) is None, f"seed {seed}"


def test_hidden_accounts_may_be_pulled() -> None:
    for seed in range(WORLDS):
        assert wrong_in(seed, Reading(leaves_hidden_out=False)) is None, f"seed {seed}"


@pytest.mark.parametrize("switch", READ_SWITCHES, ids=str)
def test_a_part_of_the_read_is_needed(switch: ReadSwitch) -> None:
    found = next((seed for seed in range(MOST_WORLDS) if wrong_in(seed, switch.off)), None)
    assert found is not None, f"{switch.instead}: right in {MOST_WORLDS} worlds"
    print(f"seed {found}: {wrong_in(found, switch.off)}")  # noqa: T201
    assert wrong_in(found, Reading()) is None


@pytest.mark.parametrize("source", LOW)
def test_hidden_rows_leave_holes_unless_the_range_ends_at_the_oldest_row(source: str) -> None:
    switch = LOW[source]
    assert wrong_with(source, switch.off), f"{switch.instead}: right"
    assert wrong_with(source, Reading()) is None


def test_every_switch_is_tried() -> None:
    off = [switch.off for switch in (*READ_SWITCHES, *LOW.values())]
    switched = {field.name for field in fields(Reading) for reading in off if not getattr(reading, field.name)}
    assert switched | {"without", "leaves_hidden_out"} == {field.name for field in fields(Reading)}
    assert Reading() not in off
