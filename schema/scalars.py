"""DateTime in UTC with milliseconds and a trailing Z, and Upload, a file sent beside the JSON."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart request. Its name and type are dropped, because the client can claim anything."""

    content: bytes = field(repr=False)


def write_instant(instant: datetime) -> str:
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return in_utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(value: object) -> datetime:
    """Return the instant in UTC.

    Raises:
        GraphQLError: The value is no instant, or has no time zone.
    """
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
        if instant is not None and instant.tzinfo is not None:
            return instant.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise GraphQLError("An instant is written as 2030-01-31T12:00:00.000Z, with its time zone.")


def _take(value: object) -> Upload:
    """Return the uploaded file.

    Raises:
        GraphQLError: The value is anything else.
    """
    if not isinstance(value, Upload):
        raise GraphQLError("A file is sent beside the JSON, with the GraphQL multipart request specification.")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, ISO 8601 with milliseconds and a trailing Z.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=write_instant,
        parse_value=read_instant,
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file sent with the GraphQL multipart request specification.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        parse_value=_take,
    ),
}
