"""Checks for the canary tests of compat/."""

from collections.abc import Callable
from inspect import signature
from typing import Any


def check_signature(function: Callable[..., Any], *names: str) -> None:
    """Fail if the parameters have other names or another order, `self` included."""
    found = tuple(signature(function).parameters)
    assert found == names, f"{function.__qualname__} takes {found} now: read upstream's change before adapting compat/"


def check_attributes(thing: object, *names: str) -> None:
    """Fail if an attribute is missing."""
    gone = [name for name in names if not hasattr(thing, name)]
    assert not gone, f"{thing!r} has no {', '.join(gone)} any more: read upstream's change before adapting compat/"
