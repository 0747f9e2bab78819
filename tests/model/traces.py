"""Formats steps as lines of text."""

from collections.abc import Iterable
from typing import Any

from tests.model.store import FILLING, Step, is_filling


def describe(who: str, step: Step, result: Any) -> str:
    called = show_call(step.action.__name__, step.args)
    return f"{who:28} {called}" + ("" if result is None else f" -> {_show(result)}")


def show_call(name: str, args: Iterable[Any]) -> str:
    return f"{name}({', '.join(map(_show, args))})"


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return show_call("" if type(value) is tuple else type(value).__name__, value)
    if isinstance(value, int) and value >= FILLING:
        return f"FILLING+{value - FILLING}" if is_filling(value) else "NEVER"
    return str(value)
