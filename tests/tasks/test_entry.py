"""What beat sends: every sweep, each often enough."""

import os
import subprocess
import sys
from pathlib import Path

from tasks.cores import CORES

PROGRAM = "import json; from worker import celery; print(json.dumps(sorted(celery.conf.beat_schedule)))"


def test_every_sweep_is_sent_by_beat(root: Path) -> None:
    """In a process of its own, as workers load it: the entry configures the whole process."""
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=os.environ, capture_output=True, text=True, check=True
    )
    sweeps = sorted(name for name in CORES if name.endswith(".sweep"))
    assert sweeps
    assert loaded.stdout.strip().replace('"', "'") == str(sweeps)
