"""Outcomes that a client shows its user, and how the domain's errors become them."""

from typing import Any

import strawberry
from strawberry.schema import ExceptionHandler
from strawberry.types.field import StrawberryField

from domain import errors


@strawberry.interface(description="An outcome that a client is expected to show to its user.")
class Error:
    message: str


@strawberry.type
class FieldError:
    field: str
    message: str


@strawberry.type
class InvalidInput(Error):
    fields: list[FieldError]


@strawberry.type
class AliasTaken(Error):
    pass


@strawberry.type
class InvalidCredentials(Error):
    pass


@strawberry.type
class SessionNotFound(Error):
    pass


@strawberry.type
class PostNotFound(Error):
    pass


@strawberry.type
class UserNotFound(Error):
    pass


@strawberry.type
class CannotFollowSelf(Error):
    pass


class OnInvalidInput(ExceptionHandler[errors.InvalidInput, InvalidInput]):
    def handle(self, exception: errors.InvalidInput, *, field: StrawberryField, info: Any) -> InvalidInput:
        problems = [FieldError(field=problem.field, message=problem.message) for problem in exception.fields]
        return InvalidInput(message=str(exception), fields=problems)


class OnRefused:
    """One error of the domain, as the union member of the same name."""

    def __init__(self, error: type[errors.Refused], member: type[Error]) -> None:
        self.exception_type = error
        self.error_type = member
        self._member = member

    def handle(self, exception: errors.Refused, *, field: StrawberryField, info: Any) -> Error:
        return self._member(message=str(exception))


EXCEPTION_HANDLERS: list[ExceptionHandler[Any, Any]] = [
    OnInvalidInput(),
    OnRefused(errors.AliasTaken, AliasTaken),
    OnRefused(errors.InvalidCredentials, InvalidCredentials),
    OnRefused(errors.SessionNotFound, SessionNotFound),
    OnRefused(errors.PostNotFound, PostNotFound),
    OnRefused(errors.UserNotFound, UserNotFound),
    OnRefused(errors.CannotFollowSelf, CannotFollowSelf),
]
