"""One fault put into a copy of the code, and what its tests say."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.faults.fault import Fault
from tests.node import OF_A_WHEEL

ROOT = Path(__file__).parent.parent.parent
WITHIN_S = 300
TEST_FAILED, TESTS_PASSED, NOT_RUN = 1, 0, 2  # pytest's exit status
# Not in the repository, and not changed by a fault.
BUILT = ("web/dist", "web/node_modules", "tests/clients/node_modules")

WITH_NODE = {"PATH": f"{os.environ['PATH']}:{OF_A_WHEEL}"}


class Outcome(Enum):
    CAUGHT = "caught"
    SURVIVED = "survived"
    HUNG = "hung"  # no test failed within WITHIN_S: a developer would wait, and learn nothing
    BROKEN = "broken"  # the tests did not run

    @property
    def is_bad(self) -> bool:
        return self is not Outcome.CAUGHT


@dataclass(frozen=True, slots=True)
class Trial:
    fault: Fault
    outcome: Outcome
    seconds: float
    tail: str  # of what pytest printed


def try_fault(fault: Fault) -> Trial:
    """Run the fault's tests on a copy of the code with the fault in it."""
    began = time.monotonic()
    with copied() as tree:
        fault.apply(tree)
        if fault.file.startswith("web/src/") and fault.tests[0].startswith("tests/web/"):
            build_client(tree)
        status, output = run_tests(fault.tests, tree)
    outcome = {None: Outcome.HUNG, TEST_FAILED: Outcome.CAUGHT, TESTS_PASSED: Outcome.SURVIVED}
    return Trial(fault, outcome.get(status, Outcome.BROKEN), time.monotonic() - began, output[-2_000:])


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of what git tracks, as it is in the working tree, with what Python has compiled of it."""
    with tempfile.TemporaryDirectory(prefix="fault-") as directory:
        tree = Path(directory) / "tweeter"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        names = [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
        for name in names:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
        # Python finds by size and time which module has changed, and compiles no other: 2 s less for a trial.
        for folder in {Path(name).parent for name in names}:
            for compiled in (ROOT / folder / "__pycache__").glob("*.pyc"):
                (tree / folder / "__pycache__").mkdir(exist_ok=True)
                with suppress(FileNotFoundError):  # another process has just replaced it
                    shutil.copy2(compiled, tree / folder / "__pycache__")
        for name in BUILT:
            if (ROOT / name).is_dir():
                (tree / name).symlink_to(ROOT / name)
        yield tree


def build_client(tree: Path) -> None:
    """Build the web client of the copy, for the tests in a browser."""
    (tree / "web/dist").unlink()
    command = ["node_modules/.bin/vite", "build", "--logLevel", "error"]
    subprocess.run(command, cwd=tree / "web", env=os.environ | WITH_NODE, check=True)


def run_tests(tests: Sequence[str], tree: Path, *, within_s: float = WITHIN_S) -> tuple[int | None, str]:
    """Return pytest's exit status, or None if it took too long, and what it printed. Tests in web/ are Vitest's."""
    # PYTHONPATH puts the copy before the checkout, which the environment's site-packages name.
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile", "faults", *tests]
    in_web = [test.removeprefix("web/") for test in tests if test.startswith("web/")]
    if in_web:
        environment |= {"NO_COLOR": "1", **WITH_NODE}
        command = ["node_modules/.bin/vitest", "run", "--bail=1", *in_web]
    with subprocess.Popen(
        command,
        cwd=tree / "web" if in_web else tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    ) as child:
        try:
            output, _ = child.communicate(timeout=within_s)
            if in_web and child.returncode == TEST_FAILED and not re.search(r"^\s*Tests .*\bfailed\b", output, re.M):
                return NOT_RUN, output  # as when a file cannot be read: no test has failed
            return child.returncode, output
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
