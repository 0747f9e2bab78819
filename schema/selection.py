"""What a query selects, so that nothing else is loaded."""

from collections.abc import Iterable, Iterator

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionNode

from schema.context import Info


def selects(info: Info, *path: str) -> bool:
    """Whether the path of field names, from the present field downwards, is selected anywhere.

    Directives are not evaluated: what `@skip` leaves out may be loaded in vain.
    """
    raw = info._raw_info
    nodes: list[SelectionNode] = [
        node for field in raw.field_nodes for node in (field.selection_set.selections if field.selection_set else ())
    ]
    for name in path:
        found = [field for field in _fields(nodes, raw.fragments) if field.name.value == name]
        if not found:
            return False
        nodes = [node for field in found for node in (field.selection_set.selections if field.selection_set else ())]
    return True


def _fields(nodes: Iterable[SelectionNode], fragments: dict[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for node in nodes:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(node.selection_set.selections, fragments)
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value].selection_set.selections, fragments)
