"""The committed SDL is the schema's: clients generate their types from it."""

from pathlib import Path

from click.testing import CliRunner

from cli import tweeter
from schema import schema


def test_the_committed_sdl_is_the_schemas(root: Path) -> None:
    assert (root / "schema.graphql").read_text() == f"{schema.as_str()}\n", "run `make schema` and commit the file"


def test_the_command_prints_what_is_committed(root: Path) -> None:
    printed = CliRunner().invoke(tweeter, ["schema"], catch_exceptions=False)
    assert printed.exit_code == 0
    assert printed.output == (root / "schema.graphql").read_text()
