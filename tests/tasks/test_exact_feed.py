"""The invariant on a real MongoDB: a feed is what its definition says, at every moment.

That is also if tasks died half-way, ran twice or were lost, and with conversations in every order of their steps.
"""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage import create_indexes, open_storage
from tasks import fan_out
from tests.tasks.machine import Feeds
from tests.tasks.talks import REPEAT_AFTER, Talks


@pytest.fixture
def eager_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "OVERDUE_AFTER", timedelta(seconds=-60))


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch, eager_sweeps: None) -> None:
    """Set bounds so small that every world crosses them."""
    monkeypatch.setattr(fan_out, "FAN_OUT_CHUNK", 1)
    monkeypatch.setattr("tasks.messages.CHUNKS_PER_TASK", 2)
    monkeypatch.setattr(fan_out, "FLOOD", 2)
    monkeypatch.setattr("tasks.celebrities.PROMOTE_BATCH", 2)
    monkeypatch.setattr("tasks.celebrities.DEMOTE_BATCH", 2)
    monkeypatch.setattr("tasks.readers.SLEEP_BATCH", 2)
    monkeypatch.setattr("tasks.feeds.DELETE_BATCH", 2)
    monkeypatch.setattr("tasks.trimming.TRIM_EVERY", 2)
    monkeypatch.setattr("tasks.celebrities.DEMOTE_DEPTH", 2)
    monkeypatch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 2)
    monkeypatch.setattr("storage.feed.by_source.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("storage.feed.few_followees.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("storage.feed.many_followees.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("storage.feed.in_flight.ACCOUNTS", 2)
    monkeypatch.setattr("storage.feed.in_flight.FOLLOWEES", 2)
    monkeypatch.setattr("storage.feed.in_flight.FEW", 1)
    monkeypatch.setattr("tasks.feeds.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("tasks.readers.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("tasks.cleaning.CLEAN_BATCH", 2)
    monkeypatch.setattr("storage.feed.by_source.SLACK", 1)
    monkeypatch.setattr("storage.feed.by_source.REFILL", 2)
    monkeypatch.setattr("storage.feed.facts.EARLIER", 2)
    monkeypatch.setattr("storage.feed.facts.FOLLOWEES", 2)
    monkeypatch.setattr("tasks.removals.REPOSTS_BATCH", 2)
    monkeypatch.setattr("storage.feed.feed_query.SLACK", 1)


MACHINES: dict[str, type[Feeds]] = {"posts": Feeds, "conversations": Talks}


@pytest.fixture(params=["posts-pymongo", "posts-motor", "conversations-pymongo"])
def machine(request: pytest.FixtureRequest, mongodb_url: str) -> Iterator[type[Feeds]]:
    with asyncio.Runner() as runner:
        kind, driver = request.param.split("-")
        opened = open_storage(
            mongodb_url, database="machine", driver=driver, session_ttl_days=30, repeat_after=REPEAT_AFTER
        )
        storage = runner.run(opened.__aenter__())
        runner.run(create_indexes(storage.mongo))

        yield type("OnThisDatabase", (MACHINES[kind],), {"runner": runner, "storage": storage})
        runner.run(opened.__aexit__(None, None, None))


@pytest.mark.usefixtures("small_steps")
def test_the_feed_equals_the_oracle_at_every_moment(machine: type[Feeds]) -> None:
    examples = int(os.environ.get("EXACT_FEED_EXAMPLES", "10"))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
