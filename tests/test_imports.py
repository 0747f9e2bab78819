"""The import rules of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path


def test_imports_run_one_way(root: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    checked = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
