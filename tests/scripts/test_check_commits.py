"""The check of commits ahead of the last tag in real repositories, and without a history."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.check_commits import BASE, Commit, NoHistory, base_of, check, commits_since, main

IDENTITY = {
    name: value
    for role in ("AUTHOR", "COMMITTER")
    for name, value in ((f"GIT_{role}_NAME", "Ann"), (f"GIT_{role}_EMAIL", "ann@tweeter.example"))
}
GOOD = "Bound fragment walks\n\nA document of 0.9 kB froze a process."


def git(at: Path, *args: str) -> str:
    environment = os.environ | IDENTITY | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *args]
    return subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def commit(at: Path, message: str, files: Mapping[str, str]) -> str:
    for name, text in files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text)
    git(at, "add", "--all")
    git(at, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(at, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit from before the rules."""
    at = tmp_path / "repository"
    at.mkdir()
    git(at, "init", "--quiet")
    commit(at, "everything that was written before there were any rules for what a title has to look like.", {"a": ""})
    return at


@pytest.mark.parametrize(
    ("message", "files", "problem"),
    [
        (GOOD, ["domain/text.py"], None),
        ("Fix a typo in README", ["README.md", "docs/glossary.md"], None),
        ("T" + 71 * "e", ["README.md"], None),
        ("T" + 72 * "e", ["README.md"], "73 characters"),
        ("Bound fragment walks.", ["README.md"], "full stop"),
        ("bound fragment walks", ["README.md"], "imperative"),
        ("Bounded fragment walks", ["README.md"], "imperative"),
        ("Bounding fragment walks", ["README.md"], "imperative"),
        ("Bounds fragment walks", ["README.md"], "imperative"),
        ("Bring fragments together", ["README.md"], None),
        ("Pass the token on", ["README.md"], None),
        ("Feed the model", ["README.md"], None),
        ("Bound walks\nof fragments", ["README.md"], "blank line"),
        ("Bound fragment walks", ["domain/text.py"], "no body"),
        ("Bound fragment walks", ["web/src/app/App.tsx"], "no body"),
        ("Bound fragment walks\n\nSigned-off-by: Ann <ann@tweeter.example>", ["domain/text.py"], "no body"),
        ("", ["README.md"], "no title"),
    ],
)
def test_a_message_is_refused_for_its_problem(message: str, files: list[str], problem: str | None) -> None:
    found = check([Commit("abc", message, files)])
    assert (len(found) == 1 and problem in found[0]) if problem else not found


def test_commits_ahead_of_the_recorded_base_are_checked(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    commit(repository, "Adds code", {"a.py": "x"})
    commit(repository, GOOD, {"b.py": "x"})
    assert base_of(repository, base) == base
    problems = check(commits_since(repository, base))
    assert len(problems) == 2
    assert all("Adds code" in problem for problem in problems)


def test_the_last_tag_replaces_the_recorded_base(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    commit(repository, "adds code.", {"a.py": "x"})
    git(repository, "tag", "v0.2.0")
    git(repository, "tag", "elsewhere")
    commit(repository, GOOD, {"b.py": "x"})
    assert base_of(repository, base) == "v0.2.0"
    assert main([], repository) == 0


def test_merges_are_not_checked(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "branch")
    commit(repository, GOOD, {"a.py": "x"})
    git(repository, "checkout", "--quiet", "main")
    commit(repository, GOOD, {"b.py": "x"})
    git(repository, "merge", "--quiet", "--no-ff", "--message", "merged the branch.", "branch")
    assert not check(commits_since(repository, base))


def test_the_command_prints_each_problem_and_fails(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "v0.1.0")
    commit(repository, "adds code.", {"a.py": "x"})
    assert main([], repository) == 1
    assert capfd.readouterr().err.count("'adds code.'") == 3


def test_a_commit_message_is_checked_with_the_staged_files(
    repository: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text(
        "Add code\n\n# Please enter the commit message.\n# ------------------------ >8 ---\ndiff --git a"
    )
    assert main([str(message)], repository) == 0
    (repository / "a.py").write_text("x")
    git(repository, "add", "a.py")
    assert main([str(message)], repository) == 1
    assert "no body" in capfd.readouterr().err


@pytest.mark.parametrize("without", ["clone", "base"])
def test_without_the_history_the_check_reports_that_and_passes(
    without: str, repository: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A tarball, a tarball unpacked within another repository, and a clone without the recorded commit lack it."""
    at = {"clone": tmp_path / "tarball", "base": repository}[without]
    at.mkdir(exist_ok=True)
    assert main([], at) == 0
    assert "commits are not checked" in capfd.readouterr().out


def test_a_tarball_within_another_repository_is_not_checked(repository: Path) -> None:
    (repository / "unpacked").mkdir()
    with pytest.raises(NoHistory):
        base_of(repository / "unpacked")


def test_a_shallow_clone_without_the_base_is_reported(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    for number in range(3):
        commit(repository, "adds code.", {"a.py": str(number)})
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{repository}", "shallow")
    with pytest.raises(NoHistory, match=base[:9]):
        base_of(tmp_path / "shallow", base)
    git(tmp_path, "clone", "--quiet", "--depth", "4", f"file://{repository}", "deeper")
    assert len(check(commits_since(tmp_path / "deeper", base_of(tmp_path / "deeper", base)))) == 3 * 3


def test_a_missing_git_is_reported(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NoHistory, match="not installed"):
        base_of(repository)


def test_the_recorded_base_is_a_full_hash() -> None:
    """A short name may become ambiguous."""
    assert len(BASE) == 40
