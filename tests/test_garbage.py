"""The test that leaves garbage of which Python complains is the test that fails."""

import re
import subprocess
import sys
from pathlib import Path

TESTS = """
import asyncio, gc, socket

def keep_in_cycle(work):
    cycle = [work]
    cycle.append(cycle)

def failing():
    try:
        yield
    finally:
        raise ValueError

def test_leaves_a_coroutine():
    keep_in_cycle(asyncio.sleep(0))

def test_between():
    pass

def test_leaves_a_socket():
    keep_in_cycle(socket.socket())

def test_leaves_a_generator():
    generator = failing()
    next(generator)
    keep_in_cycle(generator)

def test_after():
    gc.collect()
"""
LEAVING = ["test_leaves_a_coroutine", "test_leaves_a_socket", "test_leaves_a_generator"]


def test_what_a_test_leaves_fails_that_test(root: Path, tmp_path: Path) -> None:
    (tmp_path / "test_leaving.py").write_text(TESTS)
    options = [
        "-c",
        str(root / "pyproject.toml"),
        "-p",
        "tests.garbage",
        "-p",
        "no:cacheprovider",
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    ended = re.findall(r"^(?:FAILED|ERROR) .*::(\w+)", ran.stdout, re.MULTILINE)
    assert ended == LEAVING, ran.stdout + ran.stderr
