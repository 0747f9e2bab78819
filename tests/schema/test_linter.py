"""The linter of the schema reports what breaks its rules, and what it accepts without need."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.lacking import lacking
from tests.node import OF_A_WHEEL, ROOT, WITHIN_S

# By the rule that reports it: a text of schema.graphql, and what it is changed to.
BROKEN = {
    "require-description": ('  """The post."""\n  node: Post!', "  node: Post!"),
    "relay-connection-types": (
        "type FollowConnection {",
        'type OddConnection { """N.""" edges: Int }\ntype FollowConnection {',
    ),
    "relay-edge-types": ("type RepostEdge {", "interface RepostEdge {"),
    "relay-page-info": ("  hasNextPage: Boolean!", "  hasNextPage: Boolean"),
    "relay-arguments": (
        "after: String = null\n  ): FollowConnection!",
        "afterwards: String = null\n  ): FollowConnection!",
    ),
    "no-scalar-result-type-on-mutation": ("): FollowResult!", "): Boolean!"),
    "input-name": ("input: UnfollowInput!", "given: UnfollowInput!"),
    "naming-convention": ("  followerCount: Int!", "  follower_count: Int!"),
    "no-unreachable-types": ("type UserNotFound", 'type Lonely { """N.""" id: ID! }\ntype UserNotFound'),
    "require-deprecation-reason": ('@deprecated(reason: "Use endedSessionId.")', "@deprecated"),
}
UNFOUND = "Accepted but not found"


def lint(directory: Path) -> list[dict[str, str]]:
    """Return what ESLint reports about the schema in the directory."""
    node = shutil.which("node") or shutil.which("node", path=str(OF_A_WHEEL))
    modules = ROOT / "web" / "node_modules"
    if node is None or not (modules / "@graphql-eslint").is_dir():
        lacking("web/node_modules is not installed: make web")
    eslint = [node, str(modules / "eslint" / "bin" / "eslint.js"), "--format", "json"]
    command = [*eslint, "--config", str(ROOT / "web" / "schema.eslint.config.js"), "schema.graphql"]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    assert ran.returncode < 2, ran.stderr
    (result,) = json.loads(ran.stdout)
    messages: list[dict[str, str]] = result["messages"]
    return messages


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What the linter reports about a schema with every fault at once. A run takes two seconds."""
    text = (ROOT / "schema.graphql").read_text()
    for before, after in BROKEN.values():
        assert before in text
        text = text.replace(before, after, 1)
    directory = tmp_path_factory.mktemp("broken")
    (directory / "schema.graphql").write_text(text.replace("  logout: Boolean!", "  leave: Boolean!"))
    return lint(directory)


def test_the_schema_keeps_all_rules() -> None:
    assert lint(ROOT) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_reported(broken: list[dict[str, str]], rule: str) -> None:
    assert f"@graphql-eslint/{rule}" in {message["ruleId"] for message in broken}


def test_what_is_accepted_without_need_is_reported(broken: list[dict[str, str]]) -> None:
    (unfound,) = [message["message"] for message in broken if message["message"].startswith(UNFOUND)]
    assert '"logout"' in unfound
