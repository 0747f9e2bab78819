"""Checks schema.graphql for changes that break clients of the last release, whose schema is scripts/released.graphql.

`python -m scripts.check_schema --release` makes the present schema that of the release in pyproject.toml. The check
demands it if the version has changed since.
"""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from graphql import (
    BreakingChange,
    DangerousChange,
    DangerousChangeType,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
)

ROOT = Path(__file__).parent.parent
Change = BreakingChange | DangerousChange
HEAD = "# The schema of version "

# Changes since the release that are meant, as this check prints them, each with its reason. A release empties it.
ACCEPTED: Mapping[str, str] = {}


def breaking_changes(released: str, present: str) -> list[str]:
    """Return a sentence for each change between two schemas that may break a client of the first one."""
    old, new = build_schema(released), build_schema(present)
    changes: list[Change] = [*find_breaking_changes(old, new)]
    # graphql-core calls it dangerous if a default changes. Clients that omit the argument get another answer.
    changed_default = DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE
    changes += [change for change in find_dangerous_changes(old, new) if change.type is changed_default]
    return sorted({change.description for change in changes})


def problems(root: Path = ROOT, accepted: Mapping[str, str] = ACCEPTED) -> list[str]:
    """Return a line for each problem of the schema in the tree."""
    released = (root / "scripts" / "released.graphql").read_text()
    version = version_of(root)
    if released.partition("\n")[0] != f"{HEAD}{version}.":
        return [f"scripts/released.graphql is not of {version}: run `python -m scripts.check_schema --release`"]
    found = breaking_changes(released, (root / "schema.graphql").read_text())
    return [
        *(f"the schema breaks clients of {version}: {change}" for change in found if change not in accepted),
        *(f"scripts/check_schema.py accepts what is no change: {change}" for change in accepted if change not in found),
    ]


def version_of(root: Path) -> str:
    """Return the version in pyproject.toml."""
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])


def release(root: Path = ROOT) -> None:
    """Make the present schema that of the release."""
    present = (root / "schema.graphql").read_text()
    (root / "scripts" / "released.graphql").write_text(f"{HEAD}{version_of(root)}.\n\n{present}")


def main(args: Sequence[str], root: Path = ROOT) -> int:
    """Check the schema, or make it that of the release. Return the exit status."""
    if args == ["--release"]:
        release(root)
    elif args:
        sys.stderr.write(f"tweeter: {args[0]} is no option of this check: --release is\n")
        return 2
    found = problems(root)
    for problem in found:
        sys.stderr.write(f"tweeter: {problem}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
