"""The schema explains itself: every member has a description, with the bounds that the rules have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLScalarType,
    is_specified_scalar_type,
)

from domain import words
from domain.accounts import MAX_ALIAS
from domain.errors import FieldErrorCode
from domain.names import MAX_NAME
from domain.pages import MAX_PAGE
from domain.passwords import MAX_PASSWORD_BYTES, MIN_PASSWORD
from domain.search import MAX_QUERY, MAX_WORDS
from domain.tags import MAX_TAG, MAX_TAGS
from domain.text import MAX_POST_BYTES, MAX_POST_CHARACTERS
from resolvers.suggestions import KNOWN_AMONG
from schema import schema

TYPES = {
    name: kind
    for name, kind in schema._schema.type_map.items()
    if not name.startswith("__") and not is_specified_scalar_type(kind)
}


def members() -> Iterator[tuple[str, str]]:
    """Yield every type, field, argument, input field and value by its path, with its description."""
    for name, kind in TYPES.items():
        yield name, kind.description or ""
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", found.description or "") for value, found in kind.values.items())
        for path, field in getattr(kind, "fields", {}).items():
            yield f"{name}.{path}", field.description or ""
            for argument, found in getattr(field, "args", {}).items():
                yield f"{name}.{path}({argument})", found.description or ""


def default_sizes() -> Iterator[tuple[str, int]]:
    """Yield the path of each argument `first`, with its default."""
    for name, kind in TYPES.items():
        fields = kind.fields if isinstance(kind, GraphQLObjectType) else {}
        for path, field in fields.items():
            if "first" in field.args:
                yield f"{name}.{path}(first)", field.args["first"].default_value


class Text(ast.Constant):
    """A literal of a text."""

    value: str


DESCRIPTIONS = dict(members())
BOUNDS = {
    "Query.nodes(ids)": [MAX_PAGE],
    "Query.searchUsers(query)": [MAX_QUERY, MAX_WORDS],
    "Query.taggedPosts(tags)": [MAX_TAGS, MAX_TAG],
    "Query.searchTags(query)": [MAX_TAG],
    "Query.searchPosts": [words.MAX_POST_WORDS],
    "Query.searchPosts(query)": [words.MAX_QUERY, words.MAX_QUERY_WORDS],
    "User.knownFollowers": [KNOWN_AMONG],
    "RegisterInput.alias": [MAX_ALIAS],
    "RegisterInput.firstName": [MAX_NAME],
    "RegisterInput.lastName": [MAX_NAME],
    "RegisterInput.password": [MIN_PASSWORD, MAX_PASSWORD_BYTES],
    "ChangePasswordInput.newPassword": [MIN_PASSWORD, MAX_PASSWORD_BYTES],
    "UpdateProfileInput.firstName": [MAX_NAME],
    "CreatePostInput.text": [MAX_POST_CHARACTERS, MAX_POST_BYTES],
} | {path: [MAX_PAGE, size] for path, size in default_sizes()}


def test_there_are_members_of_every_kind() -> None:
    assert len(DESCRIPTIONS) > 150
    assert {"User.story(first)", "DeliveryState.COMPLETE", "LoginInput.alias", "LoginResult"} <= DESCRIPTIONS.keys()


@pytest.mark.parametrize("path", DESCRIPTIONS)
def test_every_member_is_described_in_sentences(path: str) -> None:
    description = DESCRIPTIONS[path]
    assert description.endswith((".", "?")), f"{path} has no description"
    assert description[0].isupper() or description[0].isdigit()


def test_descriptions_have_no_vague_pronouns() -> None:
    vague = re.compile(r"\b(some|any|no)body\b|\b(what|who|which|where|when)ever\b|\bwhere\b", re.IGNORECASE)
    assert [path for path, description in DESCRIPTIONS.items() if vague.search(description)] == []


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Yield the error codes that a module gives, in each of the ways that there are."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name="code_of"):
                returned = (each.value for each in ast.walk(node) if isinstance(each, ast.Return))
                yield from (value.value for value in returned if is_text(value))
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                yield code
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                yield from (value.value for key, value in pairs if is_text(key, "code") and is_text(value))
            case ast.Constant(value=str(code)) if re.fullmatch("PERSISTED_[A-Z_]+", code):
                yield code


def is_text(node: ast.expr | None, value: str | None = None) -> TypeGuard[Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and value in (None, node.value)


def test_every_error_code_is_described(root: Path) -> None:
    files = [file for room in ("schema", "serving") for file in (root / room).rglob("*.py")]
    codes = {code for file in files for code in codes_in(ast.parse(file.read_text()))}
    assert {"INTERNAL", "PERSISTED_QUERY_NOT_FOUND", "INTERRUPTED", "RATE_LIMITED", "BAD_USER_INPUT"} <= codes
    told = " ".join(DESCRIPTIONS.values())
    assert [code for code in sorted(codes) if not re.search(rf"\b{code}\b", told)] == []


@pytest.mark.parametrize("path", BOUNDS)
def test_descriptions_state_the_bounds(path: str) -> None:
    for bound in BOUNDS[path]:
        assert f"{bound:,}" in DESCRIPTIONS[path]


def test_every_custom_scalar_links_its_specification() -> None:
    scalars = {name: kind for name, kind in TYPES.items() if isinstance(kind, GraphQLScalarType)}
    assert scalars.keys() == {"DateTime", "Upload"}
    for kind in scalars.values():
        assert (kind.specified_by_url or "").startswith("https://")


def test_descriptions_name_the_error_codes() -> None:
    for code in ("BAD_USER_INPUT", "RATE_LIMITED", "INTERNAL", "UNAUTHENTICATED", "GRAPHQL_PARSE_FAILED"):
        assert code in DESCRIPTIONS["Query"]
    assert "UNAUTHENTICATED" in DESCRIPTIONS["Mutation"]
    assert "INTERRUPTED" in DESCRIPTIONS["Subscription"]


def test_descriptions_explain_null_in_a_profile_change() -> None:
    for field in ("firstName", "lastName"):
        assert "If null or omitted, it does not change." in DESCRIPTIONS[f"UpdateProfileInput.{field}"]
    assert "Null removes the current image. If omitted, it does not change." in DESCRIPTIONS["UpdateProfileInput.image"]


def test_every_code_of_a_field_is_in_the_schema() -> None:
    kind = TYPES["FieldErrorCode"]
    assert isinstance(kind, GraphQLEnumType)
    assert set(kind.values) == {code.name for code in FieldErrorCode}
    field_error = TYPES["FieldError"]
    assert isinstance(field_error, GraphQLObjectType)
    assert str(field_error.fields["code"].type) == "FieldErrorCode!"
    assert not any(isinstance(each, GraphQLInputObjectType) and "code" in each.fields for each in TYPES.values())
