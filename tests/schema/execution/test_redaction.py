"""Errors describe a problem of a request without quoting its values."""

import pytest

from tests.client import Client

SECRET = "Distinctive-Horse-1"
LOGIN = "mutation ($input: LoginInput!) { login(input: $input) { __typename } }"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"password": SECRET}, "to include required field 'alias'."),
        ({"alias": "ann", "password": SECRET, "passwrod": 1}, "not to include unknown field 'passwrod'"),
        ({"alias": "ann", "password": [SECRET]}, "at .password: String cannot represent a non string value."),
        (f"value: {SECRET}", "has invalid value: Expected value of type 'LoginInput' to be an object."),
    ],
)
async def test_a_variable_is_not_quoted(client: Client, given: object, told: str) -> None:
    answer = await client.ask(LOGIN, variables={"input": given})
    assert answer.codes == ["BAD_USER_INPUT"]
    assert told in answer.errors[0]["message"]
    assert SECRET not in str(answer)


@pytest.mark.parametrize(
    "given",
    [f'{{password: "{SECRET}"}}', f'{{alias: "ann", password: ["{SECRET}"]}}', f'"{SECRET}"', f'{{x: "{SECRET}"}}'],
)
async def test_a_literal_is_not_quoted(client: Client, given: str) -> None:
    answer = await client.ask(LOGIN.replace("$input)", f"{given})").replace("($input: LoginInput!) ", ""))
    assert set(answer.codes) == {"GRAPHQL_VALIDATION_FAILED"}
    assert SECRET not in str(answer)
