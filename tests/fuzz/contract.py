"""Hooks that schemathesis loads: values of our scalar, and the check of answers against our contract.

Its own check treats UNAUTHENTICATED and RATE_LIMITED as failures of the server.
"""

from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, Response
from schemathesis.graphql import nodes

from tests.fuzz.answers import CODES

# schemathesis sends no files, so what is sent for a file is text: an error of the client (tests/threads send files).
schemathesis.graphql.scalar("Upload", st.text().map(nodes.String))


@schemathesis.check
def no_error_of_ours(_: CheckContext, response: Response, case: Case[Any]) -> None:
    assert response.status_code < 500
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] in CODES, f"{case.operation.label}: {error}"
