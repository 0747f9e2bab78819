"""GraphQL: types, arguments, unions, descriptions. A field's body is one to three lines."""

from schema.build import schema

__all__ = ["schema"]
