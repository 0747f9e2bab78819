"""The browser's code that needs no browser: Vitest runs beside each file of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from serving.pages import WEB
from tests.lacking import lacking
from tests.node import OF_A_WHEEL

WITHIN_S = 240
SOURCES = WEB / "src"


@pytest.mark.parametrize("file", sorted(str(file.relative_to(WEB)) for file in SOURCES.rglob("*.test.ts")))
def test_units(file: str) -> None:
    vitest = WEB / "node_modules" / "vitest" / "vitest.mjs"
    node = shutil.which("node") or shutil.which("node", path=str(OF_A_WHEEL))
    if node is None or not vitest.is_file():
        lacking("no Node, or web/node_modules is not installed: make web")
    command = [node, str(vitest), "run", "--reporter=dot", "--no-cache", str(Path(file))]
    environment = os.environ | {"NO_COLOR": "1"}
    ran = subprocess.run(
        command, cwd=WEB, env=environment, capture_output=True, text=True, timeout=WITHIN_S, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
