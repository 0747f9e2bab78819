"""What we live with, until when and why."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from supply_chain.report import Finding

ACCEPTED = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    id: str
    package: str
    reason: str
    until: date

    def covers(self, finding: Finding, *, today: date) -> bool:
        return (self.id, self.package) == (finding.id, finding.package) and today <= self.until


def read_accepted(file: Path = ACCEPTED) -> list[Accepted]:
    """Errors: TypeError for an entry that lacks its reason or its day."""
    return [Accepted(**entry) for entry in tomllib.loads(file.read_text()).get("accepted", [])]
