"""The imports of each kind of process, which cost memory and start-up time."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = {"benchmarks", "seeding", "audit", "launch"}
BROWSER_SIDE = {"schema", "serving", "resolvers", "live", "threads"}
COMMAND = "import cli; cli.tweeter.get_command(None, {!r})"  # loaded like by `tweeter web`


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        ("import app", TOOLS | {"matplotlib", "flower"}),
        ("import worker", TOOLS | BROWSER_SIDE | {"strawberry", "starlette", "PIL"}),
        (COMMAND.format("web"), TOOLS),
        (COMMAND.format("seed"), {"benchmarks", "audit", "launch", *BROWSER_SIDE} - {"threads"}),  # it stores pictures
        (COMMAND.format("audit"), {"benchmarks", "seeding", "launch", *BROWSER_SIDE}),
        ("import cli", TOOLS | BROWSER_SIDE | {"storage", "tasks", "pymongo", "celery"}),
    ],
)
def test_a_process_imports_nothing_of_other_kinds_of_process(root: Path, program: str, unwanted: set[str]) -> None:
    listing = f"{program}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", listing], cwd=root, capture_output=True, text=True, check=True)
    assert not unwanted & set(loaded.stdout.split())
