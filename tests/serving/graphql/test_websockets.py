"""graphql-transport-ws with its reference client, and with invalid messages, against a real web process."""

from typing import Any

import pytest

from tests.node import run_node
from tests.pipeline.stack import Stack


@pytest.fixture(scope="module")
def scenarios(served: Stack) -> dict[str, Any]:
    """Run the cases and return their results. Those that wait for a timeout of the server run concurrently."""
    told: dict[str, Any] = run_node("sockets.mjs", f"ws{served.url.removeprefix('http')}/graphql")
    return told


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("query", {"viewer": None}),
        ("mutation", {"logout": False}),
        ("variables", {"user": None}),
        ("namedOperation", {"__typename": "Query"}),
    ],
)
def test_an_operation_has_one_result_and_ends(scenarios: dict[str, Any], name: str, data: Any) -> None:
    assert scenarios[name] == {"results": [{"data": data}], "errors": []}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("unparsed", "GRAPHQL_PARSE_FAILED"),
        ("invalid", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription", "GRAPHQL_VALIDATION_FAILED"),
        ("unnamedOperation", "BAD_USER_INPUT"),
        ("unknownOperation", "BAD_USER_INPUT"),
    ],
)
def test_an_invalid_operation_ends_with_its_errors(scenarios: dict[str, Any], name: str, code: str) -> None:
    assert scenarios[name]["results"] == []
    assert {error["extensions"]["code"] for error in scenarios[name]["errors"]} == {code}


@pytest.mark.parametrize("name", ["badVariable", "fieldError"])
def test_an_error_of_the_execution_is_part_of_a_result(scenarios: dict[str, Any], name: str) -> None:
    (result,) = scenarios[name]["results"]
    assert [error["extensions"]["code"] for error in result["errors"]] == ["BAD_USER_INPUT"]


def test_one_connection_carries_many_operations(scenarios: dict[str, Any]) -> None:
    answered = {"results": [{"data": {"viewer": None}}], "errors": []}
    assert scenarios["manyAtOnce"] == [answered] * 50
    assert scenarios["afterAnError"][1] == answered
    (refused,) = [message for message in scenarios["oneTooMany"]["received"] if message["type"] == "error"]
    assert (refused["id"], refused["payload"][0]["extensions"]["code"]) == ("50", "BAD_USER_INPUT")


def test_a_completed_operation_sends_nothing_more(scenarios: dict[str, Any]) -> None:
    received = scenarios["completedEarly"]["received"]
    assert [(message["type"], message.get("payload")) for message in received] == [
        ("connection_ack", None),
        ("next", {"data": {"viewer": None}}),
        ("complete", None),
    ]


def test_the_reference_client_keeps_a_connection_alive_and_ends_it(scenarios: dict[str, Any]) -> None:
    assert scenarios["keptAlive"] == "pong"
    assert scenarios["disposed"] == {"code": 1000, "wasClean": True}


@pytest.mark.parametrize("name", ["ping", "pingWithPayload", "unaskedPong", "nullPayload", "completeOfNothing", "here"])
def test_unusual_valid_messages_do_not_close_the_connection(scenarios: dict[str, Any], name: str) -> None:
    assert scenarios[name]["code"] == 1000


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("beforeInit", 4401),
        ("noSubprotocol", 4406),
        ("noInit", 4408),
        ("sameId", 4409),
        ("sameLongId", 4409),
        ("initTwice", 4429),
        ("binary", 4400),
        ("noJson", 4400),
        ("tooLarge", 1009),
    ],
)
def test_a_protocol_violation_closes_with_its_code(scenarios: dict[str, Any], name: str, code: int) -> None:
    assert scenarios[name]["code"] == code


def test_a_page_of_another_origin_may_not_open_a_websocket(scenarios: dict[str, Any]) -> None:
    assert scenarios["elsewhere"] == {"status": 403, "received": []}
