"""The committed SDL matches the schema, since clients generate their types from it."""

from pathlib import Path

from click.testing import CliRunner

from cli import tweeter
from schema import schema


def test_the_committed_sdl_matches_the_schema(root: Path) -> None:
    assert (root / "schema.graphql").read_text() == f"{schema.as_str()}\n", "run `make schema` and commit the file"


def test_the_command_prints_the_committed_sdl(root: Path) -> None:
    printed = CliRunner().invoke(tweeter, ["schema"], catch_exceptions=False)
    assert printed.exit_code == 0
    assert printed.output == (root / "schema.graphql").read_text()
