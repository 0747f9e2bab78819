"""The console script `tweeter`. In the wheel, this file is the package `tweeter`, whose folder holds all rooms.

The rooms import each other by plain names such as `domain`. They are no top-level modules of the environment in which
Tweeter is installed: only its own processes find them, in this folder. See docs/adr/0009-one-folder-in-the-wheel.md.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent


def find_rooms() -> None:
    """Let this process and its children import the rooms before anything else of the same name."""
    root = str(ROOT)
    if sys.path[:1] != [root]:
        sys.path.insert(0, root)
    others = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path not in ("", root)]
    os.environ["PYTHONPATH"] = os.pathsep.join([root, *others])


def main() -> None:
    find_rooms()
    from cli import main as run  # noqa: PLC0415  # the rooms were not found before

    run()
