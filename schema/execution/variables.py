"""Bounds the number of values in the variables of a request."""

from collections.abc import Mapping

MAX_VALUES = 1_000  # at all levels. `nodes` takes a hundred ids, and no input has ten fields


def excess_of_values(variables: Mapping[str, object] | None) -> str | None:
    """Return an error message, or None if the variables hold at most MAX_VALUES values.

    graphql-core coerces each value before a resolver can count them, and takes half a second for 1 MiB. This function
    looks at MAX_VALUES values only.
    """
    found = 0
    waiting: list[object] = [variables or {}]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            found += len(value)
            if found > MAX_VALUES:
                return f"The variables hold more than {MAX_VALUES:,} values."
            waiting += value.values() if isinstance(value, dict) else value
    return None
