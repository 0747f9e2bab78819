"""Descriptions of enum values that the domain defines, which knows no GraphQL."""

from enum import Enum

from strawberry.types.enum import StrawberryEnumDefinition


def described(enum: type[Enum], value: Enum, description: str) -> None:
    """Describe one value of an enum that is part of the schema."""
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    (found,) = [each for each in definition.values if each.name == value.name]
    found.description = description
