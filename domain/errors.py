"""Errors that clients see. Errors of a single rule stand next to that rule."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Refused(Exception):
    """An expected failure: a member of the mutation's result union, which the client shows to its user.

    Each subclass gives its name and its docstring to a GraphQL type.
    """


class OperatorError(Exception):
    """A failure that an operator can fix. Commands print its one-line message without a traceback and exit with 2."""


class FieldErrorCode(Enum):
    """The machine-readable reason why a field is refused. Messages may change, codes do not."""

    REQUIRED = "REQUIRED"
    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    INVALID = "INVALID"
    TAKEN = "TAKEN"
    NOT_FOUND = "NOT_FOUND"


class Problem(NamedTuple):
    """The reason why a value is refused, without the name of its field."""

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
    """There is no such post, or it is not the viewer's to change."""

    def __init__(self, message: str = "You have no such post.") -> None:
        super().__init__(message)


class Blocked(Refused):
    """One of the two accounts has blocked the other."""

    def __init__(self) -> None:
        super().__init__("One of the two accounts has blocked the other.")


class UserNotFound(Refused):
    """There is no such account."""

    def __init__(self) -> None:
        super().__init__("There is no such account.")


class CannotFollowSelf(Refused):
    """The account is the viewer's own."""

    def __init__(self) -> None:
        super().__init__("You cannot follow yourself.")


class CannotMuteSelf(Refused):
    """The account is the viewer's own."""

    def __init__(self) -> None:
        super().__init__("You cannot mute yourself.")


class CannotBlockSelf(Refused):
    """The account is the viewer's own."""

    def __init__(self) -> None:
        super().__init__("You cannot block yourself.")


class NotFollowed(Refused):
    """The viewer does not follow the account."""

    def __init__(self) -> None:
        super().__init__("You do not follow this account.")


class SessionNotFound(Refused):
    """The viewer has no such session."""

    def __init__(self) -> None:
        super().__init__("You have no such session.")


SESSION_ENDED = "The session has expired or was ended. Sign in again."


class Unauthenticated(Exception):
    """The request needs a signed-in viewer."""


class Interrupted(Exception):
    """The subscription ends because it may have missed posts. The client should wait `retry_after_ms` milliseconds."""

    def __init__(self, retry_after_ms: int = 0) -> None:
        self.retry_after_ms = retry_after_ms
        super().__init__("Posts may have been missed. Subscribe again, then read the feed again.")


class BadUserInput(Exception):
    """An argument that a correct client never sends: a malformed cursor or id, or a page size out of bounds."""


class NeedsMigration(Exception):
    """The stored data has an older version than the write needs. `tweeter migrate` raises it."""

    def __init__(self) -> None:
        super().__init__("This server does not offer it yet: its operator has to run `tweeter migrate`.")


class PicturesUnavailable(Exception):
    """The store of pictures does not answer in time, or refuses. `reason` is for the log."""

    retry_after = 2  # seconds

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__("Pictures cannot be stored or shown at the moment. Try again soon.")


class RateLimited(Exception):
    """A rate limit is reached. The next request is admitted after `retry_after` whole seconds."""

    def __init__(self, wait_s: float) -> None:
        self.retry_after = int(wait_s) + 1
        super().__init__(f"Too often: try again in {self.retry_after} s.")
