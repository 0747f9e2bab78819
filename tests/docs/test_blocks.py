"""The code blocks of the pages work: README's are executed, the others are validated."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from graphql import build_schema, parse, validate

from schema import schema
from tests.conftest import settings_of
from tests.docs.pages import PAGES, ROOT, Block, Page
from tests.pipeline.stack import Stack, stack

README = Page(ROOT / "README.md")
SCHEMA = build_schema(schema.as_str())
ADDRESS = "http://127.0.0.1:8000"
IN_JSON = re.compile(r'"query":\s*"((?:[^"\\]|\\.)*)"')
LANGUAGES = {"bash", "graphql", "toml", ""}
RUN_WITHIN_S = 120


def is_of_make(block: Block) -> bool:
    """Return whether the block only names make targets, which tests/docs/test_names.py checks."""
    return all(line.startswith("make ") for line in block.code.splitlines())


def documents_of(page: Page) -> Iterator[str]:
    """Yield each GraphQL document: a block, or a query in the JSON of a command."""
    for block in page.blocks:
        if block.language == "graphql":
            yield block.code
        yield from (json.loads(f'"{found}"', strict=False) for found in IN_JSON.findall(block.code))


@pytest.fixture(scope="module")
def running(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A web process on an empty database, like that of README's reader."""
    settings = settings_of(mongodb_url, redis_url, "readme")
    with stack(settings, tmp_path_factory.mktemp("readme"), "web") as started:
        yield started


@pytest.fixture(scope="module")
def output(running: Stack) -> str:
    """Run README's shell session from its first block to its last. Return the output and the token."""
    session = [block.code for block in README.blocks if block.language == "bash" and not is_of_make(block)]
    script = "\n".join([*session, 'printf "\\n%s\\n" "$TOKEN"']).replace(ADDRESS, running.url)
    script = script.replace(".venv/bin/", f'"{Path(sys.executable).parent}"/')
    command = ["bash", "-euo", "pipefail", "-c", script]
    ran = subprocess.run(
        command, cwd=ROOT, env=running.environment, capture_output=True, text=True, timeout=RUN_WITHIN_S
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_readmes_shell_session_seeds_signs_in_and_reads_three_posts(output: str) -> None:
    *_, answer, token = output.strip().splitlines()
    feed = json.loads(answer)["data"]["feed"]
    assert len(feed["edges"]) == 3
    assert all(edge["node"]["text"] and edge["node"]["author"]["alias"] for edge in feed["edges"])
    assert feed["pageInfo"]["hasNextPage"]
    assert len(token) > 32


@pytest.mark.parametrize("number", range(sum(block.language == "graphql" for block in README.blocks)))
def test_readmes_documents_succeed(number: int, running: Stack, output: str) -> None:
    document = [block.code for block in README.blocks if block.language == "graphql"][number]
    headers = {"Authorization": f"Bearer {output.split()[-1]}"}
    answer = httpx.post(f"{running.url}/graphql", json={"query": document}, headers=headers).json()
    assert "errors" not in answer
    assert all(result["__typename"].endswith("Created") for result in answer["data"].values())


def test_readme_shows_how_to_run_to_test_and_to_query() -> None:
    assert [block.code for block in README.blocks if is_of_make(block)] == ["make run\n", "make test\n"]
    assert any(block.language == "graphql" for block in README.blocks)
    assert {block.language for block in README.blocks} <= LANGUAGES


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_document_is_valid(page: Page) -> None:
    for document in documents_of(page):
        assert not validate(SCHEMA, parse(document)), f"{page}: {document}"


def test_documents_are_recognised() -> None:
    """Without documents, the test above would pass."""
    assert len(list(documents_of(README))) == 3
    assert len(list(documents_of(Page(ROOT / "docs" / "api.md")))) == 6


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_shell_can_read_every_block(page: Page) -> None:
    for block in page.blocks:
        if block.language == "bash":
            subprocess.run(["bash", "-n", "-c", block.code], check=True)
