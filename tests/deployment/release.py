"""The release: a wheel, built here and installed with the pinned dependencies into an environment of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT_WITHIN_S = 600


@dataclass(frozen=True, slots=True)
class Release:
    """`programs` is the folder of the installed commands."""

    programs: Path

    def run(
        self, *words: str, environment: dict[str, str], at: Path, within_s: float
    ) -> "subprocess.CompletedProcess[str]":
        """Run an installed command, and return its exit status and output."""
        command = [str(self.programs / words[0]), *words[1:]]
        given = environment | {"PATH": f"{self.programs}:{os.environ['PATH']}"}
        return subprocess.run(command, cwd=at, env=given, capture_output=True, text=True, timeout=within_s, check=False)


def install(directory: Path, *, source: Path = ROOT) -> Release:
    """Build the wheel of the checkout and install it below the directory.

    Raises:
        CalledProcessError: The wheel cannot be built or installed.
    """
    directory.mkdir(parents=True, exist_ok=True)
    pinned, home = directory / "requirements.txt", directory / "environment"
    _uv("build", "--wheel", "--out-dir", str(directory), str(source))
    _uv("export", "--frozen", "--no-dev", "--no-emit-project", "--quiet", "--output-file", str(pinned), at=source)
    _uv("venv", "--quiet", "--python", sys.executable, str(home))
    python = str(home / "bin" / "python")
    _uv("pip", "install", "--quiet", "--python", python, "--requirement", str(pinned))
    (wheel,) = directory.glob("tweeter-*.whl")
    _uv("pip", "install", "--quiet", "--python", python, "--no-deps", str(wheel))
    return Release(home / "bin")


def _uv(*words: str, at: Path = ROOT) -> None:
    program = shutil.which("uv") or str(Path(sys.prefix).parent / ".tools" / "bin" / "uv")  # make installs it there
    subprocess.run([program, *words], cwd=at, check=True, timeout=BUILT_WITHIN_S, stdin=subprocess.DEVNULL)
