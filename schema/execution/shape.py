"""The size of a document, measured without the schema and before any other traversal.

Each fragment is measured once and counts as often as it is spread. Thirty fragments that double each other select a
billion fields, and are refused as fast as any other document.

Kept by hand: Strawberry's QueryDepthLimiter walks a fragment as often as it is spread.
"""

from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    TokenKind,
    ValidationRule,
)

from compat.graphql_core.validation import AbortingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    root_fields: int
    selections: int  # fields, spreads and inline fragments at all levels, after fragments are spread
    aliases: int
    depth: int  # levels of fields below a root field
    introspection_depth: int  # levels of fields below __schema or __type
    directives: int
    directives_at_once: int  # directives in one place
    digits: int  # digits of a number
    errors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of a selection set at all levels, after fragments are spread. `fields` counts its own level alone."""

    fields: int = 0
    selections: int = 0
    aliases: int = 0
    depth: int = 0  # levels of fields
    introspection_depth: int = 0

    def __add__(self, other: "Shape") -> "Shape":
        """Return the shape of both merged into one selection set."""
        return Shape(
            fields=self.fields + other.fields,
            selections=self.selections + other.selections,
            aliases=self.aliases + other.aliases,
            depth=max(self.depth, other.depth),
            introspection_depth=max(self.introspection_depth, other.introspection_depth),
        )


NOTHING = Shape()

# A node that selects, or is selected.
Part = OperationDefinitionNode | FragmentDefinitionNode | SelectionNode


class Measured:
    """A measured document. It need not be valid."""

    def __init__(self, document: DocumentNode) -> None:
        self.directives: list[int] = []  # in each place
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._shapes: dict[str, Shape] = {}
        for name in self._fragments:
            self._of_fragment(name)
        self.operations = [
            self._within(node) for node in document.definitions if isinstance(node, OperationDefinitionNode)
        ]

    def _of_fragment(self, name: str) -> Shape:
        if name not in self._shapes and name in self._fragments:
            self._shapes[name] = NOTHING  # for a fragment that spreads itself, which a later rule reports
            self._shapes[name] = self._within(self._fragments[name])
        return self._shapes.get(name, NOTHING)

    def _within(self, part: Part) -> Shape:
        variables = getattr(part, "variable_definitions", None) or ()
        self.directives += [len(node.directives or ()) for node in (part, *variables)]
        shape = NOTHING
        selected = getattr(part, "selection_set", None)
        for node in selected.selections if selected else ():
            shape += self._of(node)
        return shape

    def _of(self, node: SelectionNode) -> Shape:
        below = self._within(node)
        match node:
            case FragmentSpreadNode():
                below = self._of_fragment(node.name.value)
                return replace(below, selections=below.selections + 1)
            case InlineFragmentNode():
                return replace(below, selections=below.selections + 1)
            case FieldNode(alias=alias):
                is_introspection = node.name.value.startswith("__")
                return Shape(
                    fields=1,
                    selections=below.selections + 1,
                    aliases=below.aliases + (alias is not None),
                    depth=1 if is_introspection else below.depth + 1,
                    introspection_depth=below.depth if is_introspection else below.introspection_depth,
                )
        raise TypeError(f"a selection of an unknown kind: {node.kind}")


def excess(document: DocumentNode, bounds: Bounds) -> str | None:
    """Return a message for the first exceeded bound, or None."""
    measured = Measured(document)
    found = [
        (sum(measured.directives), bounds.directives, "directives"),
        (max(measured.directives, default=0), bounds.directives_at_once, "directives in one place"),
        (longest_number(document), bounds.digits, "digits in one number"),
    ]
    for shape in measured.operations:
        found += [
            (shape.fields, bounds.root_fields, "root fields"),
            (shape.selections, bounds.selections, "selections after its fragments are spread"),
            (shape.aliases, bounds.aliases, "aliases"),
            (shape.depth - 1, bounds.depth, "levels of fields below the root"),
            (shape.introspection_depth, bounds.introspection_depth, "levels of introspection"),
        ]
    for number, most, what in found:
        if number > most:
            return f"The document has {number:,} {what}; at most {most:,} are allowed."
    return None


def longest_number(document: DocumentNode) -> int:
    """Return the length of the longest number. Python's `int` raises ValueError for more than 4,300 digits."""
    token = document.loc.start_token if document.loc else None
    longest = 0
    while token is not None:
        if token.kind in (TokenKind.INT, TokenKind.FLOAT):
            longest = max(longest, len(token.value or ""))
        token = token.next
    return longest


def bounds_rule(bounds: Bounds) -> type[ValidationRule]:
    """Return a rule that aborts validation: at once if the document exceeds a bound, else after `bounds.errors`."""

    class WithinBounds(AbortingRule):
        most_errors = bounds.errors

        def enter_document(self, node: DocumentNode, *_: object) -> None:
            if problem := excess(node, bounds):
                self.abort(problem)

    return WithinBounds
