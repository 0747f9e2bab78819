"""Checks the titles and bodies of commits: those ahead of the last tag, or a message that git passes to a hook.

A title has at most 72 characters and begins with an imperative. A commit that changes code has a body that says why.
Merges are not checked. If the history is missing (a tarball, a shallow clone), the check reports that and passes.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BASE = "72d200d998a07170739f70334217d690b2919888"  # the last commit before these rules; a tag replaces it
MAX_TITLE = 72  # characters
CODE = {".py", ".js", ".mjs", ".ts", ".tsx", ".css", ".html", ".sh"}
SCISSORS = "# ------------------------ >8"  # below it, `git commit --verbose` shows the changes
TRAILER = re.compile(r"^[A-Z][A-Za-z-]+-by: ")
# "Added", "Adding" and "Adds" are not imperatives; these are.
IMPERATIVES = re.compile(r"(?i)(bring|ring|string|ping|embed|feed|need|seed|speed|exceed|proceed|focus|bias)$|ss$")
NOT_IMPERATIVE = re.compile(r"(?i)[a-z]{2,}(ed|ing|s)$")


class NoHistory(Exception):
    """The commits to check are not on this machine."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit's message, and the files that it changes."""

    name: str
    message: str
    files: Sequence[str]

    def problems(self) -> Iterator[str]:
        """Yield the problems of the message, one line each."""
        title, *rest = self.message.strip().splitlines() or [""]
        if not title:
            yield "has no title"
            return
        if len(title) > MAX_TITLE:
            yield f"has a title of {len(title)} characters, more than {MAX_TITLE}"
        if title.endswith("."):
            yield "has a title with a full stop"
        first = re.split(r"\W", title, maxsplit=1)[0]
        if not title[0].isupper() or (NOT_IMPERATIVE.fullmatch(first) and not IMPERATIVES.search(first)):
            yield f"has a title that begins with {first!r}, not with an imperative (Add, Bound, Say)"
        if rest and rest[0].strip():
            yield "has no blank line between its title and its body"
        body = [line for line in rest if line.strip() and not TRAILER.match(line)]
        if not body and any(Path(file).suffix in CODE for file in self.files):
            yield "changes code and has no body that says why"


def git(root: Path, *args: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the output of git.

    Raises:
        NoHistory: git is missing or fails.
    """
    # In a hook, git sets variables for its own repository and index; these commands are about the one at `root`.
    clean = {name: value for name, value in environment.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    try:
        asked = subprocess.run(["git", *args], cwd=root, env=clean, capture_output=True, text=True)  # noqa: S603, S607
    except FileNotFoundError:
        raise NoHistory("git is not installed") from None
    if asked.returncode:
        raise NoHistory(asked.stderr.strip() or f"git {args[0]} failed")
    return asked.stdout.strip()


def base_of(root: Path, recorded: str = BASE) -> str:
    """Return the commit from which commits are checked: the last tag, or the recorded commit.

    Raises:
        NoHistory: This is not a clone, or the clone lacks that commit.
    """
    if Path(git(root, "rev-parse", "--show-toplevel")).resolve() != root.resolve():
        raise NoHistory("this is not a clone of the repository")
    try:
        return git(root, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    except NoHistory:
        pass
    try:
        git(root, "merge-base", "--is-ancestor", recorded, "HEAD")
    except NoHistory:
        raise NoHistory(f"this clone holds neither a tag nor the commit {recorded[:9]}") from None
    return recorded


def commits_since(root: Path, base: str) -> list[Commit]:
    """Return the commits from the base (left out) to HEAD, the newest first, without merges."""
    names = git(root, "rev-list", "--no-merges", f"{base}..HEAD").split()
    return [
        Commit(
            name[:9],
            git(root, "show", "--no-patch", "--format=%B", name),
            git(root, "show", "--format=", "--name-only", name).splitlines(),
        )
        for name in names
    ]


def check(commits: Sequence[Commit]) -> list[str]:
    """Return a line for each problem."""
    return [
        f"{commit.name} {commit.message.strip().partition(chr(10))[0]!r} {problem}"
        for commit in commits
        for problem in commit.problems()
    ]


def message_in(file: Path, root: Path) -> Commit:
    """Return the commit about to be made: its message without comments, and the staged files."""
    text = file.read_text().partition(SCISSORS)[0]
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    staged = git(root, "diff", "--cached", "--name-only").splitlines()
    return Commit("this commit", "\n".join(lines), staged)


def main(args: Sequence[str], root: Path = ROOT) -> int:
    """Check the message in the given file, or else the commits ahead of the base. Return the exit status."""
    try:
        commits = [message_in(Path(args[0]), root)] if args else commits_since(root, base_of(root))
    except NoHistory as reason:
        sys.stdout.write(f"tweeter: commits are not checked: {reason}\n")
        return 0
    problems = check(commits)
    for problem in problems:
        sys.stderr.write(f"tweeter: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
