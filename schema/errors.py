"""Outcomes that a client shows its user, and how the domain's errors become them."""

from typing import Any

import strawberry
from strawberry.schema import ExceptionHandler
from strawberry.types.field import StrawberryField

from domain import errors
from domain.errors import FieldErrorCode
from schema.described import described


@strawberry.interface(description="An outcome that a client is expected to show to its user.")
class Error:
    message: str = strawberry.field(description="A sentence in English for the user.")


strawberry.enum(FieldErrorCode, description="What is wrong with a field.")
for code, description in {
    FieldErrorCode.REQUIRED: "It is empty and must not be.",
    FieldErrorCode.TOO_SHORT: "It has too few characters.",
    FieldErrorCode.TOO_LONG: "It has too many characters or bytes.",
    FieldErrorCode.INVALID: "It is of a form that is not taken.",
    FieldErrorCode.TAKEN: "Somebody else has it.",
    FieldErrorCode.NOT_FOUND: "It names something that is not there.",
}.items():
    described(FieldErrorCode, code, description)


@strawberry.type(description="What is wrong with one field of an input.")
class FieldError:
    field: str = strawberry.field(description="The name of the input's field, as `firstName`.")
    code: FieldErrorCode = strawberry.field(description="What is wrong with it, for programs.")
    message: str = strawberry.field(description="The same as a sentence in English for the user.")


@strawberry.type(description="Fields of the input have values that are not taken. Nothing was changed.")
class InvalidInput(Error):
    fields: list[FieldError] = strawberry.field(description="Every bad field at once.")


@strawberry.type(description="Another account has the alias, in whatever case.")
class AliasTaken(Error):
    pass


@strawberry.type(description="The alias or the password is wrong; it is not told which.")
class InvalidCredentials(Error):
    pass


@strawberry.type(description="The viewer has no such session.")
class SessionNotFound(Error):
    pass


@strawberry.type(description="The viewer has no such post.")
class PostNotFound(Error):
    pass


@strawberry.type(description="There is no such account.")
class UserNotFound(Error):
    pass


@strawberry.type(description="The account is the viewer's own.")
class CannotFollowSelf(Error):
    pass


class OnInvalidInput(ExceptionHandler[errors.InvalidInput, InvalidInput]):
    def handle(self, exception: errors.InvalidInput, *, field: StrawberryField, info: Any) -> InvalidInput:
        problems = [
            FieldError(field=problem.field, code=problem.code, message=problem.message) for problem in exception.fields
        ]
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
