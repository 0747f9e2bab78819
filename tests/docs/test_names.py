"""Every link, anchor, file name and command in the pages exists."""

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import tweeter
from tests.docs.pages import PAGES, ROOT, Page

SUFFIXES = {".py", ".md", ".toml", ".json", ".ts", ".tsx", ".js", ".conf", ".yaml", ".yml", ".graphql", ".tsv", ".svg"}
MADE = (".data", ".venv", ".tools", "web/dist", "web/node_modules")  # by commands
EXAMPLES = {"me.jpg"}
PATH = re.compile(r"[\w.@-]+(/[\w.@-]+)*/?")
TARGET = re.compile(r"^([\w-]+):", re.MULTILINE)


def paths_in(text: str) -> Iterator[str]:
    """Yield the words that look like files or folders of the repository."""
    for word in re.split(r"[\s,;]+", text):
        name = word.partition("::")[0].rstrip(":")
        is_path = PATH.fullmatch(name) and (name.endswith("/") or "/" in name or Path(name).suffix in SUFFIXES)
        if is_path and not name.startswith(MADE) and name not in EXAMPLES:
            yield name


def commands_in(page: Page) -> Iterator[str]:
    """Yield each command in backticks and each line of a block for a shell."""
    yield from page.names
    for block in page.blocks:
        if block.language == "bash":
            yield from (line.strip() for line in block.code.splitlines())


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_has_a_target(page: Page) -> None:
    for link in page.links:
        address, _, anchor = link.partition("#")
        if address.startswith(("http://", "https://")):
            continue
        target = (page.path.parent / address).resolve() if address else page.path
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in Page(target).anchors, f"{page}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_file_that_is_named_exists(page: Page) -> None:
    named = [name for text in page.names for name in paths_in(text)] + page.map_entries
    missing = [name for name in named if not (ROOT / name).exists() and not (page.path.parent / name).exists()]
    assert not missing


def test_file_names_are_recognised() -> None:
    """Without file names, the test above would pass."""
    architecture = next(page for page in PAGES if str(page) == "ARCHITECTURE.md")
    assert len(architecture.map_entries) > 25
    assert {"storage/feed/", "settings.py"} <= set(architecture.map_entries)
    assert list(paths_in("pytest tests/a.py::test_b tests/c")) == ["tests/a.py", "tests/c"]
    assert list(paths_in("storage/ app.py")) == ["storage/", "app.py"]
    assert not list(paths_in("/healthz fan_out.start 127.0.0.1 .venv/bin/pytest --option user:password"))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_target_of_make_exists(page: Page) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
    for command, target in found_in(page, r"^make ([a-z-]+)"):
        assert target in targets, f"{page}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_module_that_is_run_exists(page: Page) -> None:
    for command, module in found_in(page, r"python -m ([\w.]+)"):
        assert importlib.util.find_spec(module), f"{page}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_script_of_npm_exists(page: Page) -> None:
    scripts = json.loads((ROOT / "web" / "package.json").read_text())["scripts"]
    for command, script in found_in(page, r"npm run (?:--silent )?(\w+)"):
        assert script in scripts, f"{page}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_and_option_of_tweeter_exists(page: Page) -> None:
    for command, words in found_in(page, r"^(?:\.venv/bin/)?tweeter (.*)"):
        check_command(words.split(), f"{page}: {command}")


def found_in(page: Page, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the page that has the pattern, and what the pattern's group is in it."""
    for command in commands_in(page):
        if found := re.search(pattern, command):
            yield command, found[1]


def check_command(words: list[str], where: str) -> None:
    """Find the command of the words, and check that it has the options."""
    command: click.Command = tweeter
    for word in words:
        if isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            assert found is not None, where
            command = found
        elif word.startswith("--"):
            assert any(word in parameter.opts for parameter in command.params), where


@pytest.mark.parametrize("words", ["sed demo", "seed demon", "audit --repairs"])
def test_a_command_that_does_not_exist_is_found(words: str) -> None:
    with pytest.raises(AssertionError):
        check_command(words.split(), "")
