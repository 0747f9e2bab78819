"""Values of variables: hostile ones of the right type, and values of wrong types."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)
from hypothesis import strategies as st

from schema.global_ids import IdKind, encode

OPERATORS: Sequence[Any] = [
    {"$gt": ""},
    {"$ne": None},
    {"$where": "sleep(1000)"},
    {"$regex": ".*"},
    {"$expr": {"$eq": [1, 1]}},
    {"$oid": "0" * 24},
    {"__proto__": {"a": 1}},
    {"__typename": "User"},
]
CHARACTERS = {
    "NUL": "a\0b",
    "right to left": "\u202eabc\u2066",
    "zero width": "a\u200b\u200d\ufeffb",
    "a lone surrogate": "\ud800",
    "surrogates in the wrong order": "\udc00\ud800",
    "non-characters": "\uffff\U0010ffff",
    "many marks": "a" + "\u0301" * 1_000,
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "folds to more": "ßıİſK",
    "line ends": "\r\n\u2028\u2029\x85\x1b[2J",
    "digits of others": "١٢٣",
    "long": "x" * 20_000,
    "spaces": " " * 20_000 + "\u3000",
}
CODE = ["", "$where", "$gt", "a.b", "'\"`;--\\", "%s{0}${x}", "../../etc/passwd", "dXNlcg==", "ЫЫЫЫ", "null", "-1"]
NUMBERS = [0, -1, 1, 100, 101, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63, 2**64, 10**400]
BROKEN = [encode(kind, number) for kind in IdKind for number in (0, 1, 2**63 - 1)]

texts = st.sampled_from([*CHARACTERS.values(), *CODE]) | st.sampled_from(BROKEN) | st.text(max_size=50)
scalars = st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.integers() | st.floats() | texts
anything = st.sampled_from(OPERATORS) | st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=5
)


@st.composite
def variables(draw: st.DrawFn, kinds: Mapping[str, GraphQLInputType], real: Sequence[str]) -> dict[str, Any]:
    """Return values of the right types, possibly except one. They include the `real` ids, cursors and names."""
    drawn = {name: draw(_fitting(kind, real)) for name, kind in kinds.items()}
    spoiled = draw(st.none() | st.sampled_from([*kinds])) if kinds else None
    return drawn | {spoiled: draw(anything)} if spoiled else drawn


def _fitting(kind: Any, real: Sequence[str]) -> st.SearchStrategy[Any]:
    match kind:
        case GraphQLNonNull():
            return _fitting(kind.of_type, real)
        case GraphQLList():
            return st.lists(_fitting(kind.of_type, real), max_size=4)
        case GraphQLInputObjectType():
            return st.fixed_dictionaries({name: _fitting(field.type, real) for name, field in kind.fields.items()})
        case GraphQLEnumType():
            return st.sampled_from(sorted(kind.values))
        case GraphQLScalarType(name="Int"):
            return st.integers(1, 100) | st.integers(-(2**31), 2**31 - 1)
        case GraphQLScalarType(name="Float"):
            return st.floats()
        case GraphQLScalarType(name="Boolean"):
            return st.booleans()
    return st.sampled_from(real) | texts
