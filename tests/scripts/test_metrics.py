"""`make metrics` on trees with known figures."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.metrics import table

PLAIN = '''"""A module."""

# A comment of a line.
# https://example.com/issues/1: a comment with a link.


def documented() -> int:
    """Return three words."""
    return 1  # no line of its own


def bare():
    return "# no comment"
'''


def rows_of(root: Path) -> dict[str, str]:
    """Return the values of the only column by row name."""
    lines = [line.strip("| ").split(" | ") for line in table([root]).splitlines()[2:]]
    return {line[0]: line[1] for line in lines}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_a_known_file_has_the_known_figures(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "tree", {"plain.py": PLAIN, "tests/test_plain.py": "x = 1\n" * 7}))
    assert rows == {
        "files; lines": "1; 13",
        "file lines median / p90 / max": "13 / 13 / 13",
        "function lines median / p90 / p99 / max": "3 / 3 / 3 / 3",
        "return annotations": "50 %",
        "module docstring": "100 %",
        "functions with docstring (words each)": "50 % (3)",
        "comment lines per 100": "15.4",
        "comments that link an issue or spec": "1",
        "largest folders, in files": ". 1",
        "import cycles of files": "0",
        "uses of libraries' private names, outside compat/": "0",
        "tests: file lines median / max": "7 / 7",
    }


@pytest.mark.parametrize(
    ("files", "number"),
    [
        ({"a.py": "import b", "b.py": "import a"}, 1),
        ({"a.py": "from b import x", "b.py": "from c import x", "c.py": "from a import x"}, 1),
        ({"p/__init__.py": "x = 1", "p/a.py": "from . import b", "p/b.py": "from .a import x"}, 1),
        ({"a.py": "import b\nimport c", "b.py": "import a", "c.py": "import a"}, 2),
        ({"a.py": "import b", "b.py": "import os"}, 0),
        ({"a.py": "import b", "b.py": "def later():\n    import a"}, 0),
        ({"a.py": "import b", "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a"}, 0),
    ],
)
def test_import_cycles_are_counted(files: dict[str, str], number: int, tmp_path: Path) -> None:
    assert rows_of(write(tmp_path / "tree", files))["import cycles of files"] == str(number)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("from uvicorn._types import Scope", 1),
        ("from uvicorn import _types", 1),
        ("import kombu._internal", 1),
        ("def field(info):\n    return info._raw_info", 1),
        ("Client(_pool_class=object)", 1),
        ("class Own(Theirs):\n    def _run(self):\n        return super()._run()", 1),
        ("class Own:\n    _kept = 1\n\nprint(Own()._kept)", 0),
        ("def set(own):\n    own._kept = 1\n\n\ndef get(own):\n    return own._kept", 0),
        ("row._replace(a=1)", 0),
        ("object.__setattr__(row, 'a', 1)", 0),
    ],
)
def test_private_names_of_libraries_are_counted_outside_compat(code: str, number: int, tmp_path: Path) -> None:
    row = "uses of libraries' private names, outside compat/"
    assert rows_of(write(tmp_path / "outside", {"a.py": code}))[row] == str(number)
    assert rows_of(write(tmp_path / "inside", {"compat/a.py": code, "b.py": "x = 1"}))[row] == "0"


def test_tools_and_generated_files_are_left_out(tmp_path: Path) -> None:
    skipped = {"node_modules/a.py": "x", ".venv/a.py": "x", "benchmarks/a.py": "x", "broken.py": "def", "empty.py": ""}
    assert rows_of(write(tmp_path / "tree", {"a.py": "x = 1\n", **skipped}))["files; lines"] == "1; 1"


def test_the_command_prints_a_column_per_tree(root: Path, tmp_path: Path) -> None:
    trees = [write(tmp_path / name, {"a.py": "x = 1\n"}) for name in ("before", "after")]
    command = [sys.executable, "-m", "scripts.metrics", *map(str, trees)]
    printed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert printed.stdout.splitlines()[0] == "| | before | after |"
