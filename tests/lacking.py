"""What a test needs of the machine and does not find there."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """A person may do without; continuous integration may not."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
