"""How many values the variables of a request may hold."""

from collections.abc import Mapping

MAX_VALUES = 1_000  # at all levels. `nodes` takes a hundred ids, and no input has ten fields


def excess_of_values(variables: Mapping[str, object] | None) -> str | None:
    """Returns what is wrong with the variables; None if they hold at most MAX_VALUES values.

    graphql-core looks at each value before a resolver can count them, and takes half a second for those of 1 MiB. This
    looks at MAX_VALUES of them.
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
