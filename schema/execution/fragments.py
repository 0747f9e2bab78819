"""The traversal of selections and the fragments that they spread. All other traversals are built on it.

Clients write the document, so the traversal enters each fragment once. It takes as many steps as the document has
selections, even if fragments spread each other many times.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)

Fragments = Mapping[str, FragmentDefinitionNode]


class Selected(NamedTuple):
    node: SelectionNode
    condition: str | None  # the innermost type condition around it


def unfold(selection_sets: Iterable[SelectionSetNode], fragments: Fragments) -> Iterator[Selected]:
    """Yield the selections of the selection sets, without those below their fields.

    A fragment comes before its contents. Each named fragment is entered once. Directives are not evaluated.
    """
    seen: set[str] = set()
    waiting: list[tuple[SelectionSetNode, str | None]] = [(one, None) for one in selection_sets]
    while waiting:
        selection_set, condition = waiting.pop()
        for node in selection_set.selections:
            yield Selected(node, condition)
            if isinstance(node, FieldNode):
                continue
            part: InlineFragmentNode | FragmentDefinitionNode
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in seen:
                    continue
                seen.add(node.name.value)
                part = fragments[node.name.value]
            else:
                assert isinstance(node, InlineFragmentNode), f"a selection of an unknown kind: {node.kind}"
                part = node
            named = part.type_condition
            waiting.append((part.selection_set, named.name.value if named else condition))


def fields_in(
    selection_sets: Iterable[SelectionSetNode], fragments: Fragments
) -> Iterator[tuple[FieldNode, str | None]]:
    """Yield the fields among the selections that `unfold` yields, each with its type condition."""
    return ((node, condition) for node, condition in unfold(selection_sets, fragments) if isinstance(node, FieldNode))


def below(fields: Iterable[FieldNode]) -> list[SelectionSetNode]:
    """Return the selection sets of fields that are executed as one."""
    return [field.selection_set for field in fields if field.selection_set]
