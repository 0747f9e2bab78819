"""Tells which fields a query selects, so that only those are loaded, and which arguments it gives."""

from graphql import VariableNode

from compat.strawberry.schema import selected_nodes
from schema.context import Info
from schema.execution.fragments import below, fields_in


def selects(info: Info, *path: str) -> bool:
    """Return whether the path of field names below the current field is selected.

    Directives are not evaluated, so a field under `@skip` may be loaded in vain.
    """
    *above, name = path
    return name in selected(info, *above)


def selected(info: Info, *path: str) -> set[str]:
    """Return the names of the fields that are selected below the path, as `selects` does for one."""
    fields, fragments = selected_nodes(info)
    for name in path:
        fields = [field for field, _ in fields_in(below(fields), fragments) if field.name.value == name]
    return {field.name.value for field, _ in fields_in(below(fields), fragments)}


def gives(info: Info, argument: str) -> bool:
    """Return whether the query gives the argument of the current field, so that it does not have its default."""
    (field, *_), _ = selected_nodes(info)  # all nodes of a field have the same arguments
    values = [given.value for given in field.arguments or () if given.name.value == argument]
    return any(not isinstance(value, VariableNode) or value.name.value in info.variable_values for value in values)
