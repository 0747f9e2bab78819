"""What pip-audit and npm audit have found, and what they could not look up."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    id: str
    package: str
    title: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`looked_up` counts packages; `unknown` says what could not be looked up, and why."""

    name: str
    looked_up: int
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.looked_up > 0 and not self.unknown


def read_pip(file: Path) -> Report:
    content = _read(file)
    if "dependencies" not in content:
        return Report(name="Python", looked_up=0, unknown=("pip-audit has written no report",))
    known = [each for each in content["dependencies"] if "skip_reason" not in each]
    findings = (
        Finding(found["id"], each["name"], f"fixed in {', '.join(found['fix_versions']) or 'no version'}")
        for each in known
        for found in each["vulns"]
    )
    unknown = (each["skip_reason"] for each in content["dependencies"] if "skip_reason" in each)
    return Report(name="Python", looked_up=len(known), findings=tuple(findings), unknown=tuple(unknown))


def read_npm(file: Path) -> Report:
    content = _read(file)
    if "vulnerabilities" not in content:
        return Report(name="npm", looked_up=0, unknown=(content.get("message", "npm audit has written no report"),))
    findings = sorted({finding for each in content["vulnerabilities"].values() for finding in _advisories(each)})
    looked_up = content["metadata"]["dependencies"]["total"]
    return Report(name="npm", looked_up=looked_up, findings=tuple(findings))


def _advisories(vulnerable: Any) -> Iterator[Finding]:
    """Those of the package itself; what it only inherits is reported where it comes from."""
    for via in vulnerable["via"]:
        if isinstance(via, dict):
            yield Finding(via["url"].rpartition("/")[2], via["name"], f"{via['severity']}: {via['title']}")


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
