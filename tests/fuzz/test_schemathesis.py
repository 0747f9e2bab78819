"""schemathesis against the live schema, anonymous and signed in."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from tests.pipeline.stack import Stack

EXAMPLES = settings().max_examples // 8  # examples of each operation
REGISTER = """mutation { register(input: {alias: "fuzzed", firstName: "F", lastName: "Z", password: "tweeter-demo"}) {
    ... on Session { token } } }"""


def token(site: str) -> str:
    answer = httpx.post(f"{site}/graphql", json={"query": REGISTER}, timeout=30)
    found: str = answer.json()["data"]["register"]["token"]
    return found


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["anonymous", "signed in"])
def test_no_operation_causes_an_internal_error(served: Stack, tmp_path: Path, root: Path, is_signed_in: bool) -> None:
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    command = [schemathesis, "run", f"{served.url}/graphql", "--no-color"]
    command += ["--checks", "no_error_of_ours", "--max-examples", str(EXAMPLES), "--warnings", "off"]
    if is_signed_in:  # longer than the run
        command += ["--header", f"Authorization: Bearer {token(served.url)}", "--exclude-name", "Mutation.logout"]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.fuzz.contract", "PYTHONPATH": str(root)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-5_000:] + ran.stderr[-1_000:]
