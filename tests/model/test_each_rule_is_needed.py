"""Without any single rule, a scenario loses a post. With all rules, the same scenario is exact.

`pytest -rP` shows a shortest trace for each rule.
"""

from dataclasses import fields

import pytest

from tests.model.random_worlds import RandomWorld
from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS, explored
from tests.model.switches import HOLES, RULES, SWITCHES, Switch

NOT_OF_THE_PROTOCOL = {"take_over", "one_instant", "reading"}


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: f"{switch} in {switch.scenario}")
def test_a_rule_is_needed(switch: Switch) -> None:
    found = explored(switch.scenario, switch.off)
    print(f"{SCENARIOS[switch.scenario].about}\n{found}")  # noqa: T201
    assert found.what is not None, f"{switch.instead}: right in all {found.states} states of {switch.scenario!r}"

    repaired = explored(switch.scenario, switch.given)
    assert repaired.what is None, f"The repaired protocol is not right either:\n{repaired}"
    assert repaired.is_exhaustive


def test_every_rule_has_its_switches_and_every_switch_its_rule() -> None:
    assert {switch.rule for switch in SWITCHES} == set(RULES)
    assert {switch.name for switch in (*SWITCHES, *HOLES)} | NOT_OF_THE_PROTOCOL == {
        field.name for field in fields(Rules)
    }


@pytest.mark.parametrize(
    "name", ["fill_first", "as_deep_as_read", "ask_the_edges", "entries_before_strike", "fill_hidden"]
)
def test_random_walks_find_a_broken_rule_too(name: str) -> None:
    """Otherwise the success of random walks with all rules would prove little."""
    (off,) = {switch.off for switch in SWITCHES if switch.name == name}
    assert any(RandomWorld(off, seed, ids_come_back=True).wander().what for seed in range(60))


@pytest.mark.parametrize("name", ["push_hidden", "hint_with_relation"])
def test_every_interleaving_of_random_actors_finds_a_broken_rule_too(name: str) -> None:
    (off,) = {switch.off for switch in SWITCHES if switch.name == name}
    assert any(RandomWorld(off, seed, ids_come_back=True).explore_few().what for seed in range(60))
