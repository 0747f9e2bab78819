"""What a query selects, so that nothing else is loaded."""

from compat.strawberry.schema import selected_nodes
from schema.context import Info
from schema.execution.fragments import below, fields_in


def selects(info: Info, *path: str) -> bool:
    """Whether the path of field names, from the present field downwards, is selected anywhere.

    Directives are not evaluated: what `@skip` leaves out may be loaded in vain.
    """
    fields, fragments = selected_nodes(info)
    for name in path:
        fields = [field for field, _ in fields_in(below(fields), fragments) if field.name.value == name]
    return bool(fields)
