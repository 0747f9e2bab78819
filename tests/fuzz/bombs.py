"""Documents whose fragments double, nest, cross and chain, under every field of the roots of the schema."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
)

from tests.fuzz.operations import SCHEMA

# How fragment F{0} on a type spreads the fragments of the next level, {1} for F and {2} for G. None selects a field. So
# each multiplies the work of a traversal that revisits fragments, and adds nothing to the answer.
BESIDE = {
    "once": "...{1}",
    "twice": "...{1} ...{1}",
    "three times": "...{1} ...{1} ...{1}",
    "crossed": "...{1} ...{2}",
    "in inline fragments": "... {{ ...{1} }} ... {{ ... {{ ...{1} }} }}",
    "in typed inline fragments": "... on {on} {{ ...{1} }} ... on {on} {{ ...{2} }}",
    "if a variable says so": "...{1} @include(if: $yes) ...{1} @skip(if: $no) ...{2}",
    "in inline fragments, if a variable says so": "... @include(if: $yes) {{ ...{1} }} ... @skip(if: $no) {{ ...{2} }}",
}
DECLARED = "($yes: Boolean = true, $no: Boolean = false)"


# The same below a field that leads from the type back to itself. {0} ends in the selections of the type.
BELOW = {
    "below a field": "{0} {{ ...{1} }} {3}",
    "below a field, twice": "{0} {{ ...{1} ...{1} }} {3}",
    "below a field and beside it": "{0} {{ ...{1} }} {3} ...{1}",
    "below a field, crossed": "{0} {{ ...{1} ...{2} }} {3}",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A type whose selections get the fragments, and the surrounding document."""

    operation: str
    type: str
    head: str  # ends within a selection set of that type
    tail: str
    back: tuple[str, str] | None  # before and after a nested selection of the same type

    @property
    def kinds(self) -> list[str]:
        return [*BESIDE, *(BELOW if self.back else ())]

    def document(self, levels: list[str]) -> str:
        """Return a document that is valid except for its size. Each level spreads the next by `BESIDE` or `BELOW`."""
        fragments = []
        has_g = True
        for place, name in enumerate(levels):
            level = BESIDE[name] if name in BESIDE else BELOW[name]
            before, after = self.back or ("", "")
            selected = level.format(before, f"F{place + 1}", f"G{place + 1}", after, on=self.type)
            fragments += [f"fragment {one}{place} on {self.type} {{ {selected} }}" for one in ("FG" if has_g else "F")]
            has_g = "{2}" in level
        last = len(levels)
        fragments += [f"fragment {one}{last} on {self.type} {{ __typename }}" for one in ("FG" if has_g else "F")]
        text = f"{self.head} __typename ...F0 ...G0 {self.tail} {' '.join(fragments)}"
        return f"{self.operation} {DECLARED if '$' in text else ''} {text}"


def places(given: Mapping[str, str]) -> dict[str, Place]:
    """Return every field of a composite type once, by its shortest path from a root, and the root of queries.

    `given` holds literals of arguments by name. Every field of a root is its own shortest path.
    """
    found = {"Query": Place("query", "Query", "{", "}", back=None)}
    roots = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}
    waiting = deque((operation, root, "{", "}") for root, operation in roots.items())
    while waiting:  # ends: a type or a field is added once
        operation, name, head, tail = waiting.popleft()
        for member in _members(SCHEMA.type_map[name]):
            for field, of in _composite(member):
                path = f"{member.name}.{field}"
                if path not in found:
                    condition = f"... on {member.name} {{" if member.name not in roots else ""
                    before = f"{head} {condition} {field}{arguments(member.fields[field], given)} {{"
                    after = f"}} {tail}" if not condition else f"}} }} {tail}"
                    found[path] = Place(operation, of.name, before, after, _way_back(of.name, given))
                    waiting.append((operation, of.name, before, after))
    return found


def _way_back(name: str, given: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the shortest path of fields from a type to itself, as the text before and after the inner selections."""
    waiting = deque([(name, "", "")])
    seen = set()
    while waiting:  # ends: a type or a field is added once
        kind, before, after = waiting.popleft()
        for member in _members(SCHEMA.type_map[kind]):
            for field, of in _composite(member):
                opened = f"{before} ... on {member.name} {{ {field}{arguments(member.fields[field], given)}"
                if of.name == name:
                    return opened, f"}} {after}"
                if of.name not in seen:
                    seen.add(of.name)
                    waiting.append((of.name, f"{opened} {{", f"}} }} {after}"))
    return None


def _members(kind: Any) -> list[GraphQLObjectType]:
    return [kind] if isinstance(kind, GraphQLObjectType) else list(SCHEMA.get_possible_types(kind))


def _composite(kind: GraphQLObjectType) -> Iterator[tuple[str, Any]]:
    for name, field in kind.fields.items():
        of = get_named_type(field.type)
        if isinstance(of, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            yield name, of


def arguments(field: GraphQLField, given: Mapping[str, str]) -> str:
    """Return a literal for each required argument. `given` holds some by name."""
    wanted = [
        f"{name}: {_literal(name, one.type, given)}" for name, one in field.args.items() if _must(one) or name in given
    ]
    return f"({', '.join(wanted)})" if wanted else ""


def _must(argument: Any) -> bool:
    return isinstance(argument.type, GraphQLNonNull)


def _literal(name: str, kind: Any, given: Mapping[str, str]) -> str:
    if name in given:
        return given[name]
    match kind:
        case GraphQLNonNull():
            return _literal(name, kind.of_type, given)
        case GraphQLList():
            return f"[{_literal(name, kind.of_type, given)}]"
        case GraphQLEnumType():
            return str(next(iter(kind.values)))
        case GraphQLInputObjectType():
            wanted = [
                f"{one}: {_literal(one, field.type, given)}" for one, field in kind.fields.items() if _must(field)
            ]
            return f"{{{', '.join(wanted)}}}"
    return {"Int": "1", "Float": "1.5", "Boolean": "true"}.get(kind.name, '"12345678"')
