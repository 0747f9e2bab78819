"""The audits of GraphQL over HTTP by its authors, against a real web process."""

from typing import Any

import pytest

from tests.node import run_node
from tests.pipeline.stack import Stack

AUDITS = 61


@pytest.fixture(scope="module")
def audits(served: Stack) -> list[dict[str, Any]]:
    audited: list[dict[str, Any]] = run_node("audits.mjs", f"{served.url}/graphql")
    return audited


def test_every_audit_passes(audits: list[dict[str, Any]]) -> None:
    assert [audit for audit in audits if audit["failure"]] == []


def test_every_audit_is_run(audits: list[dict[str, Any]]) -> None:
    assert len({audit["id"] for audit in audits}) == AUDITS
