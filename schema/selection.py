"""Tells which fields a query selects, so that only those are loaded, and which arguments it gives."""

from collections.abc import Iterable, Set

from graphql import FieldNode, VariableNode

from compat.strawberry.schema import selected_nodes
from schema.context import Info
from schema.execution.documents import memory_of
from schema.execution.fragments import Fragments, below, fields_in

MAX_KEPT = 100  # sets of names of an operation; the variables of `@include` and `@skip` choose which nodes are merged


def selects(info: Info, *path: str) -> bool:
    """Return whether the path of field names below the current field is selected.

    Directives are not evaluated, so a field under `@skip` may be loaded in vain.
    """
    *above, name = path
    return name in selected(info, *above)


def selected(info: Info, *path: str) -> Set[str]:
    """Return the names of the fields that are selected below the path, as `selects` does for one.

    They are kept on the operation for its next requests.
    """
    fields, fragments = selected_nodes(info)
    kept: dict[object, Set[str]] = memory_of(info.operation).setdefault("selected", {})
    key = path, *map(id, fields)
    names = kept.get(key)
    if names is None:
        names = _selected(fields, fragments, path)
        if len(kept) < MAX_KEPT:
            kept[key] = names
    return names


def _selected(fields: Iterable[FieldNode], fragments: Fragments, path: Iterable[str]) -> Set[str]:
    for name in path:
        fields = [field for field, _ in fields_in(below(fields), fragments) if field.name.value == name]
    return frozenset(field.name.value for field, _ in fields_in(below(fields), fragments))


def gives(info: Info, argument: str) -> bool:
    """Return whether the query gives the argument of the current field, so that it does not have its default."""
    (field, *_), _ = selected_nodes(info)  # all nodes of a field have the same arguments
    values = [given.value for given in field.arguments or () if given.name.value == argument]
    return any(not isinstance(value, VariableNode) or value.name.value in info.variable_values for value in values)
