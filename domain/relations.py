"""Relations: what one account has decided about another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.errors import FieldError, FieldErrorCode, InvalidInput

MAX_MUTE = timedelta(days=36_525)  # 100 years


class RelationKind(Enum):
    """BLOCKED_BY is the mirror of BLOCK, so that a read asks one index, from the reader's side."""

    MUTE = "MUTE"
    BLOCK = "BLOCK"
    BLOCKED_BY = "BLOCKED_BY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One decision about the account `other`. Only a mute may have an end."""

    id: int
    other: int
    kind: RelationKind
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a viewer stands to one account: all relations between the two, in one record."""

    is_muted: bool = False
    muted_until: datetime | None = None
    has_blocked: bool = False
    is_blocked_by: bool = False


def check_mute_end(until: datetime | None, *, now: datetime) -> datetime | None:
    """Return the end of a mute in whole milliseconds, as it is stored. None means that the mute has no end.

    Raises:
        InvalidInput: The end is not in the future, or more than MAX_MUTE away.
    """
    if until is None:
        return None
    stored = until.replace(microsecond=until.microsecond // 1000 * 1000)
    if stored <= now:
        raise InvalidInput([_bad_end("The end of a mute must be in the future.")])
    if stored - now > MAX_MUTE:
        raise InvalidInput([_bad_end("A mute ends within 100 years. Leave the end out to mute the account for good.")])
    return stored


def _bad_end(message: str) -> FieldError:
    return FieldError("until", FieldErrorCode.INVALID, message)
