"""Faults that are kept: small changes to the code, each with the tests that must notice it and the reason why."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

KEPT = Path(__file__).parent / "kept"


class BadFault(Exception):
    """A fault that cannot be put into the code as it is now."""


class Against(StrEnum):
    """What a fault damages. A fault that fits several counts for the first of them."""

    EXACTNESS = "exactness"  # a feed or an update is wrong, an acknowledged write is lost, a rule is broken
    SECURITY = "security"  # authority, secrets, limits on what strangers send, denial of service
    OPERATION = "operation"  # everything else: figures, start, stop, errors, comfort, speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. `find` stands exactly once in the file; the fault replaces it."""

    room: str
    name: str
    why: str  # what breaks for users
    against: Against
    rule: int | None = None  # the rule of ARCHITECTURE that it breaks
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]  # paths and node ids, as pytest takes them

    def __str__(self) -> str:
        return f"{self.room}/{self.name}"

    def apply(self, tree: Path) -> None:
        """Put the fault into the tree.

        Raises:
            BadFault: If the text to replace is not in the file exactly once, or the fault would change nothing.
        """
        path = tree / self.file
        text = path.read_text() if path.is_file() else ""
        if (found := text.count(self.find)) != 1:
            raise BadFault(f"{self}: its text stands {found} times in {self.file}, not once")
        if self.find == self.replace:
            raise BadFault(f"{self}: changes nothing")
        path.write_text(text.replace(self.find, self.replace))


def read_faults(directory: Path = KEPT) -> list[Fault]:
    """Read every fault: a file per room, a table per fault.

    Raises:
        BadFault: If a table lacks a key, has one too many, or is against nothing known.
    """
    faults = []
    for file in sorted(directory.glob("*.toml")):
        for name, table in tomllib.loads(file.read_text()).items():
            try:
                typed = {"against": Against(table["against"]), "tests": tuple(table["tests"])}
                faults.append(Fault(room=file.stem, name=name, **(table | typed)))
            except (KeyError, TypeError, ValueError) as error:
                raise BadFault(f"{file.stem}/{name}: {error}") from None
    return faults
