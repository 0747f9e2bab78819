"""The policy, rates and services made from settings, and the secret settings."""

from datetime import timedelta

import pytest

from composition.tasks import policy_of, task_services_of
from composition.web import rates_of
from domain.rates import NO_RATES, Rates
from settings import Settings

SECRETS = {
    "mongodb_url": "mongodb://ann:Distinctive-1@db/?replicaSet=rs",
    "redis_url": "redis://:Distinctive-2@redis/0",
    "broker_url": "amqp://ann:Distinctive-5@rabbit/",
    "flower_basic_auth": "ann:Distinctive-3",
    "metrics_token": "Distinctive-4-Distinctive-4",
    "media_store": "s3://key:Distinctive-6@bucket",
}


def test_the_policy_has_the_values_of_the_settings() -> None:
    policy = policy_of(Settings(celebrity_threshold=7, feed_window=11, dormant_after_days=13))
    assert (policy.celebrity_threshold, policy.feed_window) == (7, 11)
    assert policy.dormant_after == timedelta(days=13)


def test_rates_are_on_unless_they_are_switched_off() -> None:
    assert rates_of(Settings()) == Rates()
    assert rates_of(Settings(rate_limits="off")) == NO_RATES


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_in_the_repr(name: str) -> None:
    assert "Distinctive" not in repr(Settings().replace(**{name: SECRETS[name]}))


def test_every_setting_that_can_hold_a_password_is_among_the_secrets() -> None:
    """A new address or credential must stay out of the repr, and needs a line above."""
    hidden = {name for name, setting in Settings.model_fields.items() if not setting.repr}
    suspicious = {name for name in Settings.model_fields if name.endswith(("url", "auth", "token", "secret"))}
    assert suspicious <= hidden
    assert hidden == SECRETS.keys()


async def test_a_worker_makes_the_indexes_before_it_runs_tasks(mongodb_url: str, redis_url: str) -> None:
    """Otherwise a first write would create `feeds` without its clustered index."""
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="services")
    async with task_services_of(settings) as services:
        database = services.storage.mongo.database
        (feeds,) = await (await database.list_collections(filter={"name": "feeds"})).to_list()
        assert feeds["options"]["clusteredIndex"]["key"] == {"_id": 1}
        assert services.policy == policy_of(settings)
