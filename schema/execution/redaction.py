"""What graphql-core quotes of a request in its errors, a password perhaps, is left out of them."""

import re

# `Variable '$input' has invalid value: Expected value of type …, found: {…}.`, `String cannot … a non string value: 5`
_QUOTED = re.compile(r"(?is)(?:[,.?]? found|(?<!has invalid)( value)): .*")


def without_values(message: str) -> str:
    return _QUOTED.sub(r"\1.", message)
