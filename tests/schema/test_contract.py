"""The schema has everything in the contract, with the same types. It may only add to it."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    print_ast,
)

from schema import schema

CONTRACT = build_schema((Path(__file__).parent / "contract.graphql").read_text())
OURS = build_schema(schema.as_str())

Types = dict[str, str]


def written(schema: GraphQLSchema) -> Types:
    """Return the parts of a schema by path: types, fields, arguments with defaults, values, members, interfaces."""
    promises: Types = {}
    for name, kind in schema.type_map.items():
        if not name.startswith("__"):
            promises[name] = type(kind).__name__
            promises |= {f"{name}.{path}": value for path, value in parts(kind).items()}
    return promises


def parts(kind: GraphQLNamedType) -> Types:
    match kind:
        case GraphQLEnumType():
            return dict.fromkeys(kind.values, "value")
        case GraphQLUnionType():
            return {member.name: "member" for member in kind.types}
        case GraphQLInputObjectType():
            return {name: with_default(field) for name, field in kind.fields.items()}
        case GraphQLObjectType() | GraphQLInterfaceType():
            found = {f"implements {interface.name}": "interface" for interface in kind.interfaces}
            for name, field in kind.fields.items():
                found[name] = str(field.type)
                found |= {f"{name}({argument})": with_default(value) for argument, value in field.args.items()}
            return found
    return {}


def with_default(value: GraphQLArgument | GraphQLInputField) -> str:
    """Return the default. For a client, a default of null is the same as none."""
    default = value.ast_node.default_value if value.ast_node else None
    written = print_ast(default) if default else "null"
    return f"{value.type} = {written}"


PROMISES = written(CONTRACT)


@pytest.mark.parametrize("path", PROMISES)
def test_the_schema_fulfils_the_contract(path: str) -> None:
    assert written(OURS).get(path, "missing") == PROMISES[path]


def test_every_member_of_a_result_has_a_test() -> None:
    """A new member of a union needs a test that produces it, and then a line here."""
    members = {name: set(parts(kind)) for name, kind in OURS.type_map.items() if name.endswith("Result")}
    assert members == {
        "RegisterResult": {"Session", "AliasTaken", "InvalidInput"},
        "LoginResult": {"Session", "InvalidCredentials"},
        "ChangePasswordResult": {"PasswordChanged", "InvalidCredentials", "InvalidInput"},
        "EndSessionResult": {"SessionEnded", "SessionNotFound"},
        "UpdateProfileResult": {"ProfileUpdated", "InvalidInput"},
        "CreatePostResult": {"PostCreated", "InvalidInput", "PostNotFound", "Blocked"},
        "UploadMediaResult": {"MediaUploaded", "InvalidInput"},
        "DescribeMediaResult": {"MediaDescribed", "InvalidInput"},
        "DeletePostResult": {"PostDeleted", "PostNotFound"},
        "RepostResult": {"Reposted", "PostNotFound", "Blocked"},
        "UndoRepostResult": {"RepostUndone", "PostNotFound"},
        "LikeResult": {"Liked", "PostNotFound", "Blocked"},
        "UnlikeResult": {"Unliked", "PostNotFound"},
        "BookmarkResult": {"Bookmarked", "PostNotFound", "Blocked"},
        "RemoveBookmarkResult": {"BookmarkRemoved", "PostNotFound"},
        "FollowResult": {"Followed", "UserNotFound", "CannotFollowSelf", "Blocked"},
        "UnfollowResult": {"Unfollowed", "UserNotFound"},
        "UpdateFollowResult": {"FollowUpdated", "UserNotFound", "NotFollowed"},
        "MuteResult": {"UserMuted", "UserNotFound", "CannotMuteSelf", "InvalidInput"},
        "UnmuteResult": {"UserUnmuted", "UserNotFound"},
        "BlockResult": {"UserBlocked", "UserNotFound", "CannotBlockSelf"},
        "UnblockResult": {"UserUnblocked", "UserNotFound"},
    }


@pytest.mark.parametrize("path", ["User.alias", "Query.feed", "Mutation.follow", "Session.token", "Delivery.targets"])
def test_the_contracts_descriptions_are_in_the_schema(path: str) -> None:
    name, field = path.split(".")
    described = [built.type_map[name].fields[field].description for built in (CONTRACT, OURS)]  # type: ignore[attr-defined]
    assert described[1].startswith(described[0]), "the schema may say more"
