"""Removes values that graphql-core quotes in its errors, since they may be passwords."""

import re

# `Variable '$input' has invalid value: Expected value of type …, found: {…}.`, `String cannot … a non string value: 5`
_QUOTED = re.compile(r"(?is)(?:[,.?]? found|(?<!has invalid)( value)): .*")


def without_values(message: str) -> str:
    return _QUOTED.sub(r"\1.", message)
