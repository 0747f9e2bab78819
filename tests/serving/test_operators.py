"""Only operators see the metrics and the detailed health."""

import httpx
import pytest

from app import create_app
from settings import BadSetting, Settings

TOKEN = "0123456789abcdef-token"
SETTINGS = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
HERE, THERE = "127.0.0.1", "192.0.2.7"
FORWARDED = [
    {"X-Forwarded-For": HERE},
    {"Forwarded": "for=127.0.0.1"},
    {"X-Real-IP": HERE},
    {"Via": "1.1 proxy"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Host": "tweeter.example"},
]
BEARER = {"Authorization": f"Bearer {TOKEN}"}


async def ask(settings: Settings, path: str, address: str, headers: dict[str, str]) -> httpx.Response:
    transport = httpx.ASGITransport(create_app(settings), client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://tweeter") as http:
        return await http.get(path, headers=headers)


async def sees(settings: Settings, address: str, headers: dict[str, str]) -> bool:
    """Return whether the caller sees operator data.

    Raises:
        AssertionError: Metrics and health disagree, or another caller sees operator data.
    """
    metrics = await ask(settings, "/metrics", address, headers)
    ready = await ask(settings, "/readyz", address, headers)
    assert ready.status_code == 503, "the status is public"
    is_shown = metrics.status_code == 200
    assert ("tweeter_" in metrics.text) == is_shown
    assert ready.json() == ({"mongodb": "unreachable", "redis": "unreachable"} if is_shown else {"ready": False})
    return is_shown


@pytest.mark.parametrize(
    ("address", "headers", "is_shown"),
    [
        *((address, {}, True) for address in (HERE, "127.8.9.1", "::1", "::ffff:127.0.0.1")),
        *((address, {}, False) for address in (THERE, "10.0.0.1", "2001:db8::1", "::ffff:192.0.2.7", "", "unix")),
        *((HERE, each, False) for each in FORWARDED),
        (THERE, BEARER, False),
        (HERE, FORWARDED[0] | BEARER, False),
    ],
)
async def test_without_a_token_only_local_programs_see_operator_data(
    address: str, headers: dict[str, str], is_shown: bool
) -> None:
    assert await sees(SETTINGS, address, headers) == is_shown
    assert await sees(SETTINGS.replace(trusted_proxies=HERE), address, headers) == is_shown


@pytest.mark.parametrize("address", [HERE, THERE])
@pytest.mark.parametrize(
    ("headers", "is_shown"),
    [
        (BEARER, True),
        ({"Authorization": f"bearer {TOKEN}"}, True),
        *((BEARER | each, True) for each in FORWARDED),
        ({}, False),
        ({"Authorization": TOKEN}, False),
        ({"Authorization": f"Basic {TOKEN}"}, False),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, False),
        ({"Authorization": f"Bearer {TOKEN}x"}, False),
        ({"Authorization": "Bearer "}, False),
    ],
)
async def test_with_a_token_only_its_senders_see_operator_data(
    address: str, headers: dict[str, str], is_shown: bool
) -> None:
    assert await sees(SETTINGS.replace(metrics_token=TOKEN), address, headers) == is_shown


async def test_a_stranger_gets_an_error_that_names_the_remedy() -> None:
    refused = await ask(SETTINGS.replace(metrics_token=TOKEN), "/metrics", HERE, {})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    refused = await ask(SETTINGS, "/metrics", THERE, {})
    assert refused.status_code == 403
    assert "METRICS_TOKEN" in refused.text


@pytest.mark.parametrize("text", ["short", "with a blank in it", "fünfzehn-und-eins", "x" * 15, '"quoted-token"'])
def test_a_token_can_be_sent_and_is_not_shown(text: str) -> None:
    with pytest.raises(BadSetting, match="METRICS_TOKEN must be at least 16") as error:
        Settings.from_environment({"METRICS_TOKEN": text})
    assert text not in str(error.value)
    assert TOKEN not in repr(Settings.from_environment({"METRICS_TOKEN": TOKEN}))
