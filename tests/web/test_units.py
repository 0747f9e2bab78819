"""The unit tests of the client, so that the faults that are kept for it are tried with them."""

import shutil
import subprocess

from serving.pages import WEB
from tests.lacking import lacking
from tests.node import OF_A_WHEEL

VITEST = WEB / "node_modules" / "vitest" / "vitest.mjs"
WITHIN_S = 240


def test_the_clients_units_pass() -> None:
    node = shutil.which("node") or shutil.which("node", path=str(OF_A_WHEEL))
    if node is None or not VITEST.is_file():
        lacking("no Node, or web/node_modules is not installed: make web")
    command = [node, str(VITEST), "run", "--reporter=dot"]
    ran = subprocess.run(command, cwd=WEB, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
