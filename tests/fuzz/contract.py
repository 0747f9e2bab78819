"""Hooks that schemathesis loads: the check of answers against our contract.

Its own check treats UNAUTHENTICATED and RATE_LIMITED as failures of the server.
"""

from typing import Any

import schemathesis
from schemathesis import Case, CheckContext, Response

from tests.fuzz.answers import CODES


@schemathesis.check
def no_error_of_ours(_: CheckContext, response: Response, case: Case[Any]) -> None:
    assert response.status_code < 500
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] in CODES, f"{case.operation.label}: {error}"
