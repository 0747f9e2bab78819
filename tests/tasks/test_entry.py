"""Workers load every task, and beat sends every sweep."""

import os
import subprocess
import sys
from pathlib import Path

from tasks.cores import CORES, MODULES, SWEEP_EVERY_S

PROGRAM = "import json; from worker import celery; print(json.dumps(sorted(celery.conf.beat_schedule)))"


def test_every_sweep_is_sent_by_beat(root: Path) -> None:
    """Load the entry in its own process, as workers do, since it configures the whole process."""
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=os.environ, capture_output=True, text=True, check=True
    )
    assert {name for name in CORES if name.endswith(".sweep")} < SWEEP_EVERY_S.keys()
    assert loaded.stdout.strip().replace('"', "'") == str(sorted(SWEEP_EVERY_S))


def test_every_module_with_tasks_is_loaded(root: Path) -> None:
    """A module that is not imported would not register its tasks."""
    with_tasks = {file.stem for file in (root / "tasks").glob("*.py") if "\n@task(" in file.read_text()}
    assert {module.__name__ for module in MODULES} == {f"tasks.{name}" for name in with_tasks}
