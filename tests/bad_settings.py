"""Variables with bad values."""

import pytest

from settings import BadSetting, Settings


def refusal_of(variable: str, value: str) -> str:
    """Return the error for the value, which is one line that names the variable."""
    with pytest.raises(BadSetting) as raised:
        Settings.from_environment({variable: value})
    message = str(raised.value)
    assert message.startswith(f"{variable} must be ")
    assert "\n" not in message
    assert raised.value.__context__ is None, "a traceback would show the value"
    return message
