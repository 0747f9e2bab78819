"""Multipart uploads: accepted in the form of the specification, and refused with a reason in any other."""

from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from domain.images import MAX_IMAGE_BYTES
from serving.middleware.bodies import MAX_BODY_BYTES, MAX_FORM_BYTES
from storage import Storage
from tests.client import Client, parts, preflighted, sign_up
from tests.pictures import SVG, picture
from tests.world import World

REGISTER = """mutation ($input: RegisterInput!) { register(input: $input) {
    __typename ... on Session { user { imageUrl } } ... on Error { message }
} }"""
UPDATE = """mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
    __typename ... on ProfileUpdated { user { imageUrl } } ... on Error { message }
} }"""
ANN = {"alias": "ann", "firstName": "Ann", "lastName": "", "password": "correct horse"}
VARIABLES = {"input": ANN | {"image": None}}
OPERATIONS = orjson.dumps({"query": REGISTER, "variables": VARIABLES}).decode()
MAP = '{"0": ["variables.input.image"]}'
FILE = ("image", picture())

Parts = list[tuple[str, tuple[str | None, str | bytes]]]


def whole(*, operations: str = OPERATIONS, map: str = MAP) -> Parts:
    return [("operations", (None, operations)), ("map", (None, map)), ("0", FILE)]


async def post(client: Client, sent: Any, headers: Mapping[str, str] | None = None) -> httpx.Response:
    return await client.http.post("/graphql", files=sent, headers=preflighted() if headers is None else headers)


async def refusal(client: Client, response: httpx.Response) -> str:
    """Return the error message.

    Raises:
        AssertionError: The answer is not an error, or something was executed.
    """
    assert response.status_code in (200, 400, 415)
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert await client('{ user(alias: "ann") { alias } }') == {"user": None}
    return str(error["message"])


async def test_a_file_takes_the_place_of_a_null(client: Client) -> None:
    answer = (await post(client, whole())).json()["data"]["register"]
    assert answer["user"]["imageUrl"].startswith("/media/images/")


async def test_a_multipart_request_may_have_no_file(client: Client) -> None:
    sent = [("operations", (None, OPERATIONS)), ("map", (None, "{}"))]
    answer = (await post(client, sent)).json()["data"]["register"]
    assert answer["user"]["imageUrl"].startswith("/media/monograms/")


async def test_a_file_may_replace_a_whole_variable(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    query = "mutation ($file: Upload, $list: [Upload]) { updateProfile(input: {image: $file}) { __typename } }"
    for variables, paths in [({"file": None}, ["file"]), ({"file": None, "list": [None, None]}, ["file", "list.1"])]:
        operations = orjson.dumps({"query": query.replace(", $list: [Upload]", ""), "variables": variables}).decode()
        sent = whole(operations=operations, map=orjson.dumps({"0": [f"variables.{path}" for path in paths]}).decode())
        answer = (await post(client, sent, preflighted(ann.token))).json()
        assert answer["data"]["updateProfile"] == {"__typename": "ProfileUpdated"}


@pytest.mark.parametrize(
    ("name", "media_type", "content", "outcome"),
    [
        ("evil.svg", "image/svg+xml", picture(), "Session"),
        ("../../etc/passwd\0.php", "text/html", picture("JPEG"), "Session"),
        ("me.png", "image/png", picture("GIF"), "Session"),
        ("me.png", "image/png", SVG, "InvalidInput"),
        ("me.jpg", "image/jpeg", b"<html>", "InvalidInput"),
    ],
)
async def test_the_name_and_type_of_a_file_are_ignored(
    client: Client, name: str, media_type: str, content: bytes, outcome: str
) -> None:
    answer = await post(client, [*whole()[:2], ("0", (name, content, media_type))])
    assert answer.json()["data"]["register"]["__typename"] == outcome


# -- other sites -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic YW5uOmFubg=="},
        {"GraphQL-Require-Preflight": ""},
        {"Cookie": "a=b", "Origin": "https://elsewhere.example", "X-Requested-With": "form"},
    ],
)
async def test_a_form_that_needs_no_preflight_is_refused(client: Client, headers: dict[str, str]) -> None:
    message = await refusal(client, await post(client, whole(), headers))
    assert "GraphQL-Require-Preflight: 1" in message


@pytest.mark.parametrize("header", ["GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"])
async def test_a_form_with_a_header_that_needs_a_preflight_is_accepted(client: Client, header: str) -> None:
    assert (await post(client, whole(), {header: "1"})).json()["data"]["register"]["__typename"] == "Session"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "", "text/plain;a=json"])
async def test_no_other_request_without_a_preflight_is_executed(client: Client, media_type: str) -> None:
    response = await client.http.post("/graphql", content=OPERATIONS, headers={"Content-Type": media_type})
    await refusal(client, response)
    form = {"query": REGISTER, "variables": orjson.dumps(VARIABLES).decode()}
    await refusal(client, await client.http.post("/graphql", data=form, headers={"Content-Type": media_type}))


# -- other forms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        [("operations", (None, OPERATIONS)), ("0", FILE)],
        [("map", (None, MAP)), ("0", FILE)],
        [("operations", (None, OPERATIONS)), ("map", (None, MAP))],
        [*whole(), ("1", FILE)],
        [*whole(), ("note", (None, "hello"))],
        [("operations", ("blob", OPERATIONS)), ("map", (None, MAP))],
        [("operations", (None, OPERATIONS)), ("map", (None, MAP)), ("1", FILE)],
        *(
            whole(map=map)
            for map in [
                "",
                "nonsense",
                "[]",
                "5",
                "null",
                "{}",
                '{"1": ["variables.input.image"]}',
                '{"0": [], "1": []}',
                '{"0": "variables.input.image"}',
                '{"0": null}',
                '{"0": [null]}',
                '{"0": [["variables"]]}',
                '{"0": [""]}',
                '{"0": ["."]}',
                '{"0": ["query"]}',
                '{"0": ["operationName"]}',
                '{"0": ["variables"]}',
                '{"0": ["variables.input"]}',
                '{"0": ["variables.input.alias"]}',
                '{"0": ["variables.input.alias.0"]}',
                '{"0": ["variables.input.picture"]}',
                '{"0": ["variables.input.image.0"]}',
                '{"0": ["variables.image"]}',
                '{"0": ["0.variables.input.image"]}',
                '{"0": ["variables.input.image", "variables.input.image"]}',
                '{"0": ["variables.input.__class__"]}',
            ]
        ),
        *(whole(operations=operations) for operations in ["", "nonsense", "[]", f"[{OPERATIONS}]", "5", "null", "{}"]),
        whole(operations=orjson.dumps({"query": REGISTER}).decode()),
        whole(operations=orjson.dumps({"query": REGISTER, "variables": [None]}).decode()),
        whole(operations=orjson.dumps({"variables": VARIABLES}).decode()),
    ],
)
async def test_a_malformed_form_is_refused(client: Client, sent: Parts) -> None:
    await refusal(client, await post(client, sent))


@pytest.mark.parametrize("name", ["alias", "firstName", "password"])
async def test_a_file_for_another_type_is_bad_input(client: Client, name: str) -> None:
    operations = orjson.dumps({"query": REGISTER, "variables": {"input": ANN | {name: None}}}).decode()
    response = await post(client, whole(operations=operations, map=f'{{"0": ["variables.input.{name}"]}}'))
    assert "PNG" not in await refusal(client, response)


@pytest.mark.parametrize("image", ["aGVsbG8=", 5, True, {}, {"content": "x"}, []])
async def test_a_value_in_the_json_is_not_a_file(client: Client, image: Any) -> None:
    answer = await client.ask(REGISTER, variables={"input": ANN | {"image": image}})
    assert answer.codes == ["BAD_USER_INPUT"]
    assert "multipart" in answer.errors[0]["message"]


async def test_a_literal_in_the_document_is_not_a_file(client: Client) -> None:
    for literal in ('"aGVsbG8="', "5", "{}", "[]", "A"):
        answer = await client.ask(f"mutation {{ updateProfile(input: {{image: {literal}}}) {{ __typename }} }}")
        assert answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


BODY = httpx.Request("POST", "http://tweeter", files=parts(UPDATE, b"hello" * 10, {}))


@examples(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 1_000), st.binary(max_size=6)), min_size=1, max_size=5))
async def test_no_damaged_form_causes_an_internal_error(one_client: Client, damages: list[tuple[int, bytes]]) -> None:
    body = bytearray(BODY.read())
    for place, damage in damages:
        body[place : place + len(damage)] = damage
    headers = {"Content-Type": BODY.headers["content-type"]} | preflighted()
    response = await one_client.http.post("/graphql", content=bytes(body), headers=headers)
    codes = {error["extensions"]["code"] for error in response.json()["errors"]}
    assert codes <= {"BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "UNAUTHENTICATED"}


@pytest.mark.parametrize(
    "media_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        f"multipart/form-data; boundary={'x' * 9_000}",
        "multipart/form-data; boundary=\u00e9; charset=utf-7",
        "multipart/mixed; boundary=x",
    ],
)
async def test_no_boundary_causes_an_internal_error(client: Client, media_type: str) -> None:
    headers = {b"Content-Type": media_type.encode("latin-1"), b"GraphQL-Require-Preflight": b"1"}
    await refusal(client, await client.http.post("/graphql", content=BODY.read(), headers=headers))


# -- sizes -------------------------------------------------------------------------------------------------------------


async def test_an_image_may_have_the_maximum_size(client: Client, storage: Storage) -> None:
    image = picture() + bytes(MAX_IMAGE_BYTES)
    for size, outcome in [(MAX_IMAGE_BYTES + 1, "InvalidInput"), (MAX_IMAGE_BYTES, "Session")]:
        answer = await post(client, [*whole()[:2], ("0", ("image", image[:size]))])
        assert answer.json()["data"]["register"]["__typename"] == outcome


async def test_a_multipart_body_is_read_up_to_its_limit(client: Client) -> None:
    answer = await post(client, [*whole()[:2], ("0", ("image", bytes(MAX_FORM_BYTES)))])
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    operations = orjson.dumps({"query": REGISTER, "variables": VARIABLES, "padding": "x" * MAX_BODY_BYTES}).decode()
    await refusal(client, await post(client, whole(operations=operations)))
