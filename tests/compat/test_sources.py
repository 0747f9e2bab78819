"""Each file of compat/ states its reason, its upstream source, and the versions it was tried with."""

import ast
import re
from importlib.metadata import version
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parent.parent.parent / "compat").rglob("*.py"))
USES = [file for file in FILES if file.name != "__init__.py"]
PACKAGES = {
    "Kludex/uvicorn": "uvicorn",
    "celery/celery": "celery",
    "celery/kombu": "kombu",
    "graphql-python/graphql-core": "graphql-core",
    "mher/flower": "flower",
    "mongodb/mongo-python-driver": "pymongo",
    "prometheus/client_python": "prometheus-client",
    "strawberry-graphql/strawberry": "strawberry-graphql",
}
SOURCE = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/(?:blob|tree)/v?([^/\s]+)")
TRIED = re.compile(r"\b(?!with )([a-z][a-z-]*[a-z]) (\d+\.\d+(?:\.\d+)?)\b")


def documentation(file: Path) -> str:
    tree = ast.parse(file.read_text())
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return "\n".join(ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds))


@pytest.mark.parametrize("file", USES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_each_use_states_why_and_links_upstream(file: Path) -> None:
    text = documentation(file)
    for part in ("Why: ", "https://github.com/", "Tried with: "):
        assert part in text, f"{file.name} lacks {part!r}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_installed_versions_are_the_tried_ones(file: Path) -> None:
    """After an upgrade, run tests/compat, read upstream's changes to the linked files, then write the new version."""
    text = file.read_text()
    for repository, tag in SOURCE.findall(text):
        assert version(PACKAGES[repository]) == tag, f"the link to {repository} is of another version"
    for line in (line for line in text.splitlines() if re.search(r"\b[Tt]ried with", line)):
        for name, tried in TRIED.findall(line.replace("redis-py", "redis")):
            assert version(name).startswith(tried), f"{name} was tried in another version"
