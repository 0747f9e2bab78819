"""All scenarios by name. Each is explored once under the same rules."""

from functools import cache

from tests.model.clean_up_scenarios import OF_CLEAN_UP
from tests.model.conversation_scenarios import OF_CONVERSATIONS
from tests.model.edge_scenarios import OF_EDGES
from tests.model.explore import Finding, explore
from tests.model.fan_out_scenarios import OF_FAN_OUT
from tests.model.rules import Rules

SCENARIOS = OF_EDGES | OF_FAN_OUT | OF_CLEAN_UP | OF_CONVERSATIONS


@cache
def explored(name: str, rules: Rules) -> Finding:
    """Explore the scenario under the rules. The result is cached."""
    scenario = SCENARIOS[name]
    return explore(rules, scenario.begin(), scenario.actors)
