"""Failures that a client is told about. Those of one rule live next to the rule."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Refused(Exception):
    """An outcome that a client shows its user: a member of the mutation's result union.

    The name and the docstring of a subclass are those of the GraphQL type.
    """


class OperatorError(Exception):
    """A failure that an operator can put right. Commands show its one line without a traceback, and exit with 2."""


class FieldErrorCode(Enum):
    """What is wrong with a field, for programs: messages may change."""

    REQUIRED = "REQUIRED"
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    INVALID = "INVALID"
    TAKEN = "TAKEN"
    NOT_FOUND = "NOT_FOUND"


class Problem(NamedTuple):
    """What is wrong with a value, whichever field it is of."""

    code: FieldErrorCode
    message: str


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    code: FieldErrorCode
    message: str


class InvalidInput(Refused):
    """Fields of the input have values that are not accepted. Nothing was changed."""

    def __init__(self, fields: list[FieldError]) -> None:
        super().__init__(" ".join(error.message for error in fields))
        self.fields = fields


class AliasTaken(Refused):
    """Another account has the alias, in upper or lower case."""

    def __init__(self, alias: str) -> None:
        super().__init__(f"The alias {alias} is taken. Choose another one.")


class InvalidCredentials(Refused):
    """The alias or the password is wrong. The answer does not say which."""

    def __init__(self, message: str = "The alias or the password is wrong.") -> None:
        super().__init__(message)


class PostNotFound(Refused):
    """The viewer has no such post."""

    def __init__(self, message: str = "There is no such post of yours.") -> None:
        super().__init__(message)


class UserNotFound(Refused):
    """There is no such account."""

    def __init__(self) -> None:
        super().__init__("There is no such account.")


class CannotFollowSelf(Refused):
    """The account is the viewer's own."""

    def __init__(self) -> None:
        super().__init__("You cannot follow yourself.")


class SessionNotFound(Refused):
    """The viewer has no such session."""

    def __init__(self) -> None:
        super().__init__("There is no such session of yours.")


SESSION_ENDED = "The session has expired or was ended. Sign in again."


class Unauthenticated(Exception):
    """The request needs a signed-in viewer."""


class Interrupted(Exception):
    """A subscription ends because it may have missed posts. `retry_after_ms`: how long its client should wait."""

    def __init__(self, retry_after_ms: int = 0) -> None:
        self.retry_after_ms = retry_after_ms
        super().__init__("Posts may have been missed. Subscribe again, then read the feed again.")


class BadUserInput(Exception):
    """An argument that no client should have sent: a broken cursor or id, a page size out of bounds."""


class RateLimited(Exception):
    """Too much too soon. `retry_after`: whole seconds, after which one more is admitted."""

    def __init__(self, wait_s: float) -> None:
        self.retry_after = int(wait_s) + 1
        super().__init__(f"Too often: try again in {self.retry_after} s.")
