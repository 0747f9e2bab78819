"""The hooks run the same programs as `make check`, and the issue forms are valid."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

FORMS = ("bug.yml", "proposal.yml")


def commands_of_make(root: Path, target: str) -> set[str]:
    """Return the programs of the environment that a target runs, without options."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (root / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    return set(re.findall(r"\.venv/bin/((?:python -m [\w.]+)|(?:ruff \w+)|[\w-]+)", recipe[1]))


def test_hooks_run_what_make_check_runs(root: Path) -> None:
    (local,) = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    assert local["repo"] == "local"
    entries = " ".join(hook["entry"] for hook in local["hooks"])
    commands = commands_of_make(root, "check")
    assert len(commands) == 6
    assert all(f".venv/bin/{command}" in entries for command in commands)
    assert "npm run --silent check" in entries


def test_codegen_writes_the_schema_and_the_clients_types(root: Path) -> None:
    codegen = r"^codegen: schema web/node_modules/.installed .*\n\tcd web && \$\(NPM\) run --silent codegen$"
    assert re.search(codegen, (root / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", FORMS)
def test_an_issue_form_has_the_keys_that_github_requires(name: str, root: Path) -> None:
    form = yaml.safe_load((root / ".github" / "ISSUE_TEMPLATE" / name).read_text())
    assert form["name"]
    assert form["description"]
    inputs = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in inputs)
    assert len({field["id"] for field in inputs}) == len(inputs)


def test_the_changelog_has_the_current_version(root: Path) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    told = re.findall(r"^## \[(.+?)\]", (root / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert told[0] == "Unreleased"
    assert told[1] == version
    assert told[2:] == sorted(told[2:], reverse=True)
