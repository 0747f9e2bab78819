"""GraphQL: types, arguments, unions, descriptions. The body of a field has one to three lines."""

from schema.build import schema

__all__ = ["schema"]
