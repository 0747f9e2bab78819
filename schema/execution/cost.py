"""The cost of an operation: a polynomial in the page sizes that its variables set, computed once per document.

The worst case counts: selections under `@skip` and `@include` are included, and an object that may be of several types
has the dearest one.

Kept by hand: graphql-complexity walks the document with every request; here it is walked once for all variables.
"""

from collections.abc import Iterable, Mapping
from math import ceil, prod
from operator import itemgetter
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
)

from domain.pages import MAX_PAGE
from schema.execution.fragments import below, fields_in
from schema.execution.prices import KEY_CHARACTERS_PER_POINT, Price, price_of
from schema.page_info import DEFAULT_PAGE

Variables = Mapping[str, Any]


class Size(NamedTuple):
    """The number of items that variables ask for: the largest, and at least `least`.

    The size of a bad variable does not matter: execution fails.
    """

    variables: tuple[tuple[str, float], ...]  # with the size if a variable is not set
    least: float = 0

    def of(self, variables: Variables) -> float:
        return max(self.least, *(_asked(variables.get(name, unset)) for name, unset in self.variables))


Cost = Mapping[tuple[Size, ...], float]  # the factor of each product of sizes
Selected = tuple[SelectionSetNode, ...]  # merged selection sets: fields of one name are executed once


class Field(NamedTuple):
    parent: GraphQLNamedType
    nodes: list[FieldNode]  # all nodes that select the field; they have the same arguments


def points(cost: Cost, variables: Variables) -> int:
    return ceil(_evaluate(cost, variables))


class Pricing:
    """The price of an operation in a valid document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._defaults = {node.variable.name.value: node.default_value for node in operation.variable_definitions or ()}
        self._known: dict[tuple[int, ...], Cost] = {}  # by identities of selection sets: a fragment is priced once
        root = schema.get_root_type(operation.operation)
        assert root is not None, "the schema has the kind of every valid operation"
        self._root = root
        self._reads_pages = False
        self._whole: Selected = (operation.selection_set,)

    def cost(self) -> Cost:
        return self._of(self._whole, self._root)

    def reads_pages(self) -> bool:
        """Return whether any selected field counts as a read: a page, or nodes by their ids."""
        self.cost()
        return self._reads_pages

    def own(self) -> float:
        """Return the points of the root fields themselves, without their selections."""
        return sum(self._priced(field)[1].own for field in self._fields(self._whole, self._root).values())

    def dearest(self, variables: Variables) -> str:
        """Return the path of the deepest field that has at least half of the points."""
        half = _evaluate(self.cost(), variables) / 2
        selected: Selected = self._whole
        parent: GraphQLNamedType = self._root
        times, path = 1.0, list[str]()
        while selected:
            weighed = [
                (times * _evaluate(self._of_field(field), variables), name, field)
                for (_, name), field in self._fields(selected, parent).items()
            ]
            weight, name, field = max(weighed, key=itemgetter(0))
            if weight < half:
                break
            path.append(name)
            definition, price = self._priced(field)
            items = self._items(field, price)
            times *= items.of(variables) if isinstance(items, Size) else items
            selected, parent = tuple(below(field.nodes)), get_named_type(definition.type)
        return ".".join(path)

    def _of(self, selected: Selected, parent: GraphQLNamedType) -> Cost:
        key = tuple(map(id, selected))
        if key not in self._known:
            self._known[key] = self._of_object(self._fields(selected, parent).values(), parent)
        return self._known[key]

    def _of_object(self, fields: Iterable[Field], parent: GraphQLNamedType) -> Cost:
        """Return the cost of an object with these fields. If it may have several types, the dearest one counts."""
        if not is_abstract_type(parent):
            return _sum(map(self._of_field, fields))
        always: list[Cost] = []
        by_type: dict[str, list[Cost]] = {}
        for field in fields:
            costs = always if is_abstract_type(field.parent) else by_type.setdefault(field.parent.name, [])
            costs.append(self._of_field(field))
        return _sum([*always, _largest(map(_sum, by_type.values()))])

    def _of_field(self, field: Field) -> Cost:
        definition, price = self._priced(field)
        inner = self._of(tuple(below(field.nodes)), get_named_type(definition.type))
        each = _sum([{(): price.each}, inner])
        key = len(_key(field.nodes[0])) // KEY_CHARACTERS_PER_POINT
        return _sum([{(): price.own + key}, _times(each, self._items(field, price))])

    def _fields(self, selected: Selected, parent: GraphQLNamedType) -> dict[tuple[str, str], Field]:
        """Return the selected fields by type and response name, with fragments unfolded."""
        found: dict[tuple[str, str], Field] = {}
        for node, condition in fields_in(selected, self._fragments):
            of = self._schema.type_map[condition] if condition else parent
            found.setdefault((of.name, _key(node)), Field(of, [])).nodes.append(node)
        return found

    def _priced(self, field: Field) -> tuple[GraphQLField, Price]:
        assert is_composite_type(field.parent)
        name = field.nodes[0].name.value
        definition = self._schema.get_field(field.parent, name)
        assert definition is not None, "the schema has every field of a valid document"
        price = price_of(self._schema, field.parent, name, definition)
        self._reads_pages |= bool(price.sized_by)
        return definition, price

    def _items(self, field: Field, price: Price) -> float | Size:
        if not price.sized_by:
            return price.items
        arguments = field.nodes[0].arguments or ()
        given = [argument.value for argument in arguments if argument.name.value in price.sized_by]
        names = [value.name.value for value in given if isinstance(value, VariableNode)]
        literals = [_literal(value) for value in given if not isinstance(value, VariableNode)]
        if not names:
            return max(literals, default=DEFAULT_PAGE)
        return Size(tuple((name, _literal(self._defaults.get(name))) for name in names), max(literals, default=0))


def _key(node: FieldNode) -> str:
    """Return the response name of the field."""
    return (node.alias or node.name).value


def _evaluate(cost: Cost, variables: Variables) -> float:
    return sum(factor * prod(size.of(variables) for size in sizes) for sizes, factor in cost.items())


def _sum(costs: Iterable[Cost]) -> Cost:
    found: dict[tuple[Size, ...], float] = {}
    for cost in costs:
        for sizes, factor in cost.items():
            found[sizes] = found.get(sizes, 0) + factor
    return found


def _largest(costs: Iterable[Cost]) -> Cost:
    """Return a cost that is at least as high as each of the costs, for all sizes."""
    found: dict[tuple[Size, ...], float] = {}
    for cost in costs:
        for sizes, factor in cost.items():
            found[sizes] = max(factor, found.get(sizes, 0))
    return found


def _times(cost: Cost, items: float | Size) -> Cost:
    if isinstance(items, Size):
        return {(items, *sizes): factor for sizes, factor in cost.items()}
    return {sizes: factor * items for sizes, factor in cost.items()}


def _asked(value: object) -> float:
    if isinstance(value, list):
        return _at_most_a_page(len(value))
    return _at_most_a_page(value) if isinstance(value, int | float) else DEFAULT_PAGE


def _literal(value: ValueNode | None) -> float:
    match value:
        case ListValueNode():
            return _at_most_a_page(len(value.values))
        case IntValueNode():
            return _at_most_a_page(float(value.value))
    return DEFAULT_PAGE


def _at_most_a_page(number: float) -> float:
    return number if 0 <= number <= MAX_PAGE else MAX_PAGE
