"""The default rate limits on two real processes, with a killed Redis and a forged X-Forwarded-For."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.rates import Rates
from launch import Server
from seeding.accounts import ensure_accounts
from settings import Settings
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewUser
from tests.pipeline.stack import Stack, stack

LOGIN = 'mutation ($alias: String!) { login(input: {alias: $alias, password: "wrong horse"}) { __typename } }'
GUESSES = Rates().guess.per_address


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.replace(rate_limits="on")


@pytest.fixture
async def ada(storage: Storage) -> str:
    await ensure_accounts(Maintenance(storage).bulk, [NewUser("ada", "Ada", "Marlowe")])
    return "ada"


async def guess(http: httpx.AsyncClient, running: Stack, **headers: str) -> Any:
    answer = await http.post(
        f"{running.url}/graphql", json={"query": LOGIN, "variables": {"alias": "ada"}}, headers=headers
    )
    assert answer.status_code == 200
    return answer.json()


def is_refused(answer: Any) -> bool:
    return "errors" in answer and answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


@pytest.mark.usefixtures("ada")
async def test_two_web_processes_count_together_until_redis_dies(
    settings: Settings, redis_server: Server, tmp_path: Path
) -> None:
    assert GUESSES is not None
    (tmp_path / "other").mkdir()
    with stack(settings, tmp_path, "web") as one, stack(settings, tmp_path / "other", "web") as other:
        async with httpx.AsyncClient(timeout=60) as http:
            for number in range(GUESSES.amount):
                lie = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
                assert not is_refused(await guess(http, (one, other)[number % 2], **lie))
            for each in (one, other):
                assert is_refused(await guess(http, each, **{"X-Forwarded-For": "203.0.113.1"}))

            redis_server.kill()
            for each in (one, other, one, other):
                assert not is_refused(await guess(http, each))
            for each in (one, other):
                assert each.log("web").count("rates.redis_away") == 1
                assert each.log("web").count("forwarded.unheeded") == 1
