"""Tells which fields a query selects, so that only those are loaded."""

from compat.strawberry.schema import selected_nodes
from schema.context import Info
from schema.execution.fragments import below, fields_in


def selects(info: Info, *path: str) -> bool:
    """Return whether the path of field names below the current field is selected.

    Directives are not evaluated, so a field under `@skip` may be loaded in vain.
    """
    fields, fragments = selected_nodes(info)
    for name in path:
        fields = [field for field, _ in fields_in(below(fields), fragments) if field.name.value == name]
    return bool(fields)
