"""What a check finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from settings import Settings


class Level(Enum):
    """FAILED means that something does not work, WARNING that it may not for long, or is unsafe."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` holds no secret. `advice` says what to do, if anything is."""

    check: str
    level: Level
    text: str
    advice: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def ok(check: str, text: str) -> Finding:
    return Finding(check, Level.OK, text)


def warning(check: str, text: str, advice: str) -> Finding:
    return Finding(check, Level.WARNING, text, advice)


def failed(check: str, text: str, advice: str = "") -> Finding:
    return Finding(check, Level.FAILED, text, advice)
