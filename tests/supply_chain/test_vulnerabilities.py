"""`make vulnerabilities` says that all is well only if everything was looked up."""

import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IGNORED = ROOT / "scripts" / "ignored-vulnerabilities.txt"
TODAY = datetime.now(UTC).date()

# What the two programs print.
PIP_CLEAN = "No known vulnerabilities found"
PIP_IGNORED = "No known vulnerabilities found, 1 ignored"
PIP_FOUND = (
    "Found 1 known vulnerability in 1 package\nName   Version ID           Fix Versions\nbad 2.4.1   PYSEC-1 2.7.2"
)
PIP_SKIPPED = "Name Skip Reason\n---- -----------\nodd  Dependency not found on PyPI and could not be audited: odd (1)"
PIP_AWAY = "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"
NPM_CLEAN = "found 0 vulnerabilities"
NPM_FOUND = "# npm audit report\n\nbad  <2\nSeverity: high\n\n1 high severity vulnerability\n"
NPM_SEVERAL = "3 vulnerabilities (1 moderate, 2 high)"
NPM_AWAY = "npm warn audit 405 Method Not Allowed\nundefined\nnpm error audit endpoint returned an error"

TELLS = {
    (PIP_CLEAN, NPM_CLEAN): 0,
    (PIP_IGNORED, NPM_CLEAN): 0,
    (PIP_FOUND, NPM_CLEAN): 1,
    (PIP_CLEAN, NPM_FOUND): 1,
    (PIP_CLEAN, NPM_SEVERAL): 1,
    (PIP_FOUND, NPM_AWAY): 1,
    (PIP_AWAY, NPM_FOUND): 1,
    (f"{PIP_FOUND}\n\n{PIP_SKIPPED}", NPM_CLEAN): 1,
    (f"{PIP_CLEAN}\n{PIP_SKIPPED}", NPM_CLEAN): 2,
    (PIP_AWAY, NPM_CLEAN): 2,
    (PIP_CLEAN, NPM_AWAY): 2,
    ("", NPM_CLEAN): 2,
    (PIP_CLEAN, ""): 2,
    ("Traceback (most recent call last):", NPM_CLEAN): 2,
    (PIP_CLEAN, "sh: npm: not found"): 2,
}


def look_up(pip: str, npm: str, ignored: Path = IGNORED) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["scripts/vulnerabilities", pip, npm, str(ignored)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def saying(text: str) -> str:
    """A command that takes any options, and ends with 1 as both programs do unless all is well."""
    return f"ends() {{ printf '%s\\n' {shlex.quote(text)}; return 1; }}; ends"


@pytest.mark.parametrize(("pip", "npm"), TELLS)
def test_all_is_well_if_everything_was_looked_up_and_nothing_found(pip: str, npm: str) -> None:
    ended = look_up(saying(pip), saying(npm))
    assert ended.returncode == TELLS[pip, npm], ended.stdout
    assert pip in ended.stdout, "what the programs say is shown"
    assert npm.rstrip() in ended.stdout


def test_what_is_ignored_is_ignored_until_its_day(tmp_path: Path) -> None:
    ignored = tmp_path / "ignored.txt"
    days = {"PYSEC-1": TODAY + timedelta(2), "PYSEC-2": TODAY - timedelta(2)}
    ignored.write_text("# a comment\n\n" + "".join(f"{name} {day} A reason.\n" for name, day in days.items()))
    said = look_up("echo asked with", saying(NPM_CLEAN), ignored).stdout
    assert "asked with --ignore-vuln PYSEC-1\n" in said


@pytest.mark.parametrize(
    "line", ["PYSEC-1", "PYSEC-1 2030-01-31", "PYSEC-1 soon A reason.", "PYSEC-1 2030-1-1 A reason."]
)
def test_what_is_ignored_has_a_day_and_a_reason(tmp_path: Path, line: str) -> None:
    ignored = tmp_path / "ignored.txt"
    ignored.write_text(f"# a comment\n{line}\n")
    ended = look_up(saying(PIP_CLEAN), saying(NPM_CLEAN), ignored)
    assert ended.returncode == 2
    assert "line 2: want an id" in ended.stderr


def test_without_a_list_nothing_is_known(tmp_path: Path) -> None:
    assert look_up(saying(PIP_CLEAN), saying(NPM_CLEAN), tmp_path / "none").returncode == 2


def test_a_registry_that_does_not_answer_is_not_taken_for_a_clean_one() -> None:
    if not shutil.which("npm"):
        pytest.skip("npm is not on the PATH")
    away = "cd web && npm audit --audit-level low --registry http://127.0.0.1:9 --fetch-retries 0"
    ended = look_up(saying(PIP_CLEAN), away)
    assert ended.returncode == 2, ended.stdout
    assert "NOT known" in ended.stdout
