"""DateTime, as the contract writes it: UTC, milliseconds, a trailing Z."""

from datetime import UTC, datetime

import strawberry
from strawberry.types.scalar import ScalarDefinition


def _write(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, ISO 8601 with milliseconds and a trailing Z.",
        serialize=_write,
        parse_value=datetime.fromisoformat,
    ),
}
