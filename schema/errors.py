"""Result unions: the success of a mutation, and the domain errors that it may raise.

A new error is one class in the domain, listed by the mutations that may raise it. Its GraphQL type is made from it.
"""

from typing import Annotated, Any, Union

import strawberry
from strawberry.types.field import StrawberryField

from compat.strawberry.schema import describe_enum_value
from domain import errors
from domain.errors import FieldErrorCode


@strawberry.interface(description="An outcome that a client is expected to show to its user.")
class Error:
    message: str = strawberry.field(description="A sentence in English for the user.")


strawberry.enum(FieldErrorCode, description="What is wrong with a field.")
for code, description in {
    FieldErrorCode.REQUIRED: "It is empty and must not be.",
    FieldErrorCode.TOO_SHORT: "It has too few characters.",
    FieldErrorCode.TOO_LONG: "It has too many characters or bytes.",
    FieldErrorCode.INVALID: "It has the wrong format.",
    FieldErrorCode.TAKEN: "Another account has it.",
    FieldErrorCode.NOT_FOUND: "It names something that does not exist.",
}.items():
    describe_enum_value(FieldErrorCode, code, description)


@strawberry.type(description="What is wrong with one field of an input.")
class FieldError:
    field: str = strawberry.field(description="The name of the input's field, such as `firstName`.")
    code: FieldErrorCode = strawberry.field(description="What is wrong with it, for programs.")
    message: str = strawberry.field(description="The problem as a sentence in English for the user.")


class _OnRefused:
    """Turns one domain error into the union member of the same name."""

    def __init__(self, error: type[errors.Refused], member: type[Error]) -> None:
        self.exception_type = error
        self.error_type = member

    def handle(self, exception: errors.Refused, *, field: StrawberryField, info: Any) -> Error:
        return self.error_type(message=str(exception))


class _OnInvalidInput(_OnRefused):
    def handle(self, exception: errors.Refused, *, field: StrawberryField, info: Any) -> Error:
        assert isinstance(exception, errors.InvalidInput)
        problems = [
            FieldError(field=problem.field, code=problem.code, message=problem.message) for problem in exception.fields
        ]
        return InvalidInput(message=str(exception), fields=problems)


@strawberry.type(description=errors.InvalidInput.__doc__)
class InvalidInput(Error):
    fields: list[FieldError] = strawberry.field(description="All fields with a problem.")


_HANDLERS: dict[type[errors.Refused], _OnRefused] = {
    errors.InvalidInput: _OnInvalidInput(errors.InvalidInput, InvalidInput)
}


def result(name: str, success: type, *failures: type[errors.Refused], description: str) -> Any:
    """Return the result union of a mutation: its success, and the failures that it may raise."""
    members = (success, *(_member_of(failure) for failure in failures))
    return Annotated[Union[members], strawberry.union(name, description=description)]  # noqa: UP007  # made at runtime


def exception_handlers() -> list[Any]:
    """Return a handler for each error that a result union names."""
    return list(_HANDLERS.values())


def _member_of(error: type[errors.Refused]) -> type[Error]:
    if error not in _HANDLERS:
        assert error.__doc__, f"{error.__name__} needs a docstring: it describes the GraphQL type"
        member = strawberry.type(type(error.__name__, (Error,), {}), description=error.__doc__)
        _HANDLERS[error] = _OnRefused(error, member)
    return _HANDLERS[error].error_type
