"""The offset of a clock: computed, measured on a real server, and logged by processes whose clock is wrong."""

import asyncio
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from pymongo.errors import PyMongoError

from launch.ports import free_port
from settings import Settings
from storage import Storage
from storage.clock import measure_offset_s, offset_s, watching_clock
from storage.mongo import Mongo
from tasks.broker import Broker, make_celery
from tasks.messages import MAINTENANCE, Message
from tests.pipeline.stack import Stack
from tests.waiting import PATIENT_S, wait_for

AHEAD_S = 7_200
TRUNCATED_S = 0.002  # MongoDB returns whole milliseconds


class Ahead(Stack):
    """Start processes whose clock is ahead."""

    def command(self, name: str) -> str:
        return f"faketime -f +{AHEAD_S}s {super().command(name)}"


@pytest.mark.parametrize(("ours", "offset"), [(1_000.0, 0.0), (1_002.5, 2.5), (998.25, -1.75)])
def test_an_offset_is_how_far_our_clock_is_ahead(ours: float, offset: float) -> None:
    assert offset_s(ours, datetime.fromtimestamp(1_000, UTC)) == offset


async def test_the_offset_of_a_server_on_this_machine_is_about_zero(storage: Storage) -> None:
    """The error is within half the round trip, even for a slow answer."""
    offset, uncertain_s = await measure_offset_s(storage.mongo)
    assert -uncertain_s - TRUNCATED_S <= offset <= uncertain_s + TRUNCATED_S


async def test_a_comparison_that_swallows_its_cancellation_delays_no_stop() -> None:
    begun = asyncio.Event()

    class Swallowing:
        async def hello(self) -> None:
            begun.set()
            try:
                await asyncio.sleep(3_600)
            except asyncio.CancelledError:
                raise PyMongoError from None

    async with asyncio.timeout(PATIENT_S):
        async with watching_clock(cast(Mongo, Swallowing())):
            await begun.wait()


def test_a_process_whose_clock_differs_logs_a_warning(mongodb_url: str, redis_url: str, tmp_path: Path) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed (Debian: apt install faketime)")
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="ahead", data_dir=tmp_path)
    running = Ahead(settings.replace(port=free_port()), tmp_path)
    try:
        running.start("web")
        running.start("worker")
        running.wait_until_ready()
        broker = Broker(make_celery(redis_url))
        broker.publish([Message("feed.trim", ([],), MAINTENANCE)])  # a worker opens its storage for its first task
        broker.close()
        for name in ("web", "worker"):
            wait_for(lambda name=name: "clock.differs" in running.log(name))  # type: ignore[misc]
            told = re.search(r"ahead_of_mongodb_s=([\d.]+)", running.log(name))
            assert told is not None
            assert float(told[1]) == pytest.approx(AHEAD_S, abs=60)
        shown = httpx.get(f"{running.url}/metrics").text
        gauge = re.search(r"^tweeter_clock_offset_seconds ([\d.]+)$", shown, re.MULTILINE)
        assert gauge is not None
        assert float(gauge[1]) == pytest.approx(AHEAD_S, abs=60)
    finally:
        running.stop()


def test_a_correct_clock_is_not_logged(served: Stack) -> None:
    assert "tweeter_clock_offset_seconds" in httpx.get(f"{served.url}/metrics").text
    assert "clock.differs" not in served.log("web")
