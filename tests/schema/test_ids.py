"""An `id` identifies its object, since normalising clients (Relay, Apollo, graphcache) keep one record per id."""

import re
from pathlib import Path

import pytest
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    NoDeprecatedCustomRule,
    parse,
    validate,
)

from domain.notifications import NotificationKind
from schema import schema
from schema.global_ids import IdKind, decode_as
from tests.client import Client, post_id, sign_up
from tests.world import World

# Types that are not a Node but whose `id` identifies the object.
KINDS = {f"{kind.title()}Notification" for kind in NotificationKind.__members__}
OWN = {"ActiveSession", "Media", "Notification"} | KINDS
CHANGES = """
    mutation ($post: ID!, $session: ID!) {
        deletePost(input: {id: $post}) { ... on PostDeleted { id deletedPostId } }
        endSession(input: {id: $session}) { ... on SessionEnded { id endedSessionId } }
    }
"""
DOCUMENT = re.compile(r"`(?:\s|#[^\n]*\n)*((?:query|mutation|subscription|fragment)\b[^`]*)`")


def with_id() -> set[str]:
    """Return the types with an `id` that is not deprecated."""
    found = set()
    for name, kind in schema._schema.type_map.items():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and "id" in kind.fields:
            found |= set() if kind.fields["id"].deprecation_reason else {name}
    return found


def nodes() -> set[str]:
    node = schema._schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {"Node", *(kind.name for kind in schema._schema.get_implementations(node).objects)}


def test_every_id_identifies_its_object() -> None:
    """A field with another object's id needs another name, like deletedPostId. A new type with an id goes to OWN."""
    assert with_id() == nodes() | OWN


async def test_a_deletion_returns_the_deleted_id(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = post_id(await world.post(ann.user))
    listed = await client("{ sessions { id } }", token=ann.token)
    (session,) = [each["id"] for each in listed["sessions"]]
    answer = await client(CHANGES, variables={"post": post, "session": session}, token=ann.token)
    assert answer == {
        "deletePost": {"id": post, "deletedPostId": post},
        "endSession": {"id": session, "endedSessionId": session},
    }
    assert decode_as(IdKind.SESSION, session)


IS_NO_DOCUMENT = {"gql", ".test", ".testing"}


def documents(root: Path) -> dict[str, DocumentNode]:
    """Return the documents of the web client and the playground, by the files that hold them."""
    files = [
        file for file in (root / "web" / "src").rglob("*.ts*") if not (IS_NO_DOCUMENT & {*file.parts, *file.suffixes})
    ]
    found = {}
    for file in files:
        for number, match in enumerate(DOCUMENT.finditer(file.read_text())):
            found[f"{file.relative_to(root)}:{number}"] = parse(match[1])
    return found


def test_our_own_clients_use_no_deprecated_field(root: Path) -> None:
    found = documents(root)
    assert len(found) > 20
    fragments = [
        definition
        for document in found.values()
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    ]
    for name, document in found.items():
        others = [each for each in fragments if each not in document.definitions]
        whole = DocumentNode(definitions=(*document.definitions, *others))
        errors = validate(schema._schema, whole, [NoDeprecatedCustomRule])
        assert not errors, f"{name}: {errors[0].message}"


DEPRECATED = [
    (f"{name}.{path}", field.deprecation_reason)
    for name, kind in schema._schema.type_map.items()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    for path, field in kind.fields.items()
    if field.deprecation_reason
]


@pytest.mark.parametrize(("path", "reason"), DEPRECATED)
def test_deprecations_name_their_replacement(path: str, reason: str) -> None:
    kind = schema._schema.type_map[path.partition(".")[0]]
    assert isinstance(kind, GraphQLObjectType)
    (replacement,) = re.findall(r"\b[uU]se (\w+)\.$", reason)
    assert kind.fields[replacement].deprecation_reason is None


def test_there_are_deprecations() -> None:
    assert len(DEPRECATED) >= 4
