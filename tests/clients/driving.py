"""Runs GraphQL clients on Node against a live server, each by a program of this directory."""

import asyncio
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lacking import lacking
from tests.node import ROOT, run_program

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"


@dataclass(frozen=True, slots=True)
class Drive:
    """A live server, and the users for whom a client's scenario acts."""

    url: str
    token: str  # the reader's
    author_token: str  # of an account that the reader follows

    async def __call__(self, client: str, scenario: str, **given: str) -> Any:
        """Run a scenario and return its results.

        Raises:
            AssertionError: The scenario failed, took too long, or the client printed a warning.
        """
        require_packages()
        world = {"url": self.url, "token": self.token, "authorToken": self.author_token, **given}
        told = json.loads(await asyncio.to_thread(run_program, HERE / "run.mjs", client, scenario, json.dumps(world)))
        assert told["warnings"] == []
        return told["seen"]


def compile_relay_documents(directory: Path) -> str:
    """Compile documents.js against schema.graphql with Relay's compiler, and return the directory of the artifacts.

    Raises:
        AssertionError: The compiler refuses them.
    """
    require_packages()
    artifacts = directory / "artifacts"
    artifacts.mkdir()
    (directory / "package.json").write_text('{"type": "module"}')
    for source in (HERE / "documents.js", HERE / "relay.config.json", ROOT / "schema.graphql"):
        shutil.copy(source, directory)
    run_program(PACKAGES / "relay-compiler" / "cli.js", "relay.config.json", directory=directory)
    return str(artifacts)


def require_packages() -> None:
    """Skip the test if the clients are not installed."""
    if not (PACKAGES / "relay-runtime").is_dir():
        lacking("tests/clients/node_modules is not installed: make clients")
