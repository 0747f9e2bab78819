"""Live processes that do not hear each other are detected and miss nothing."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from launch import Server, start_redis
from live.heartbeat import Clocks, Heartbeat
from live.hub import Pace
from storage.presence import ProcessPresence
from tests.client import Someone
from tests.live.process import QUICK, Process, process
from tests.waiting import wait_until

SOON = replace(QUICK, silence_s=5)
EVERY_S, SILENCE_S = 10.0, 15.0
DAY_S = 86_400.0


@dataclass
class Watch:
    """Compare with one other process every EVERY_S, by a clock of the test."""

    missed: list[float] = field(default_factory=list)
    now: float = 0.0
    heard_at: float | None = None
    beats: int = 1

    def __post_init__(self) -> None:
        self.clocks = Clocks()
        self._heartbeat = Heartbeat(
            cast(Any, None),
            name="this",
            clocks=self.clocks,
            last_heard=lambda _: self.heard_at,
            is_listening=lambda: True,
            miss=self.missed.append,
            every_s=EVERY_S,
            silence_s=SILENCE_S,
        )

    def look(self, *, is_heard: bool = False, is_alive: bool = True, is_present: bool = True) -> None:
        self.now += EVERY_S
        self.beats += is_alive
        self.heard_at = self.now if is_heard else None  # the listener forgets a silent process
        others = {"other": row("other", age_s=self.now + DAY_S, beats=self.beats)} if is_present else {}
        self._heartbeat.look(others, redis="")


def row(name: str, *, age_s: float = 0.0, beats: int = 1, lag_s: float = 0.0) -> ProcessPresence:
    return ProcessPresence(
        process=name, place="here:1", redis="", beats=beats, age_s=age_s, beat_age_s=0.0, lag_s=lag_s
    )


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    monkeypatch.setattr("live.heartbeat.monotonic", lambda: 0.0)
    watch = Watch()
    monkeypatch.setattr("live.heartbeat.monotonic", lambda: watch.now)
    for _ in range(3):
        watch.look(is_heard=True)
    return watch


def test_a_live_but_silent_process_is_noted_as_a_gap_repeatedly(watch: Watch) -> None:
    heard_at = watch.now
    for _ in range(3):
        watch.look()
    assert watch.missed == [heard_at]
    watch.look()
    assert watch.missed == [heard_at, watch.now - EVERY_S]


@pytest.mark.parametrize("looks", [1, 3])
def test_a_process_that_is_heard_again_is_a_gap_until_then(watch: Watch, looks: int) -> None:
    """Its announcements may have gone to another Redis server meanwhile."""
    for _ in range(looks):
        watch.look()
    complete_until = watch.now if looks == 3 else watch.now - EVERY_S
    watch.look(is_heard=True)
    assert watch.missed[-1] == complete_until
    count = len(watch.missed)
    watch.look(is_heard=True)
    assert len(watch.missed) == count


@pytest.mark.parametrize("is_present", [True, False])
def test_a_process_that_dies_unheard_is_a_gap_until_its_end(watch: Watch, is_present: bool) -> None:
    for _ in range(3):
        watch.look()
    complete_until = watch.now
    watch.look(is_alive=False, is_present=is_present)
    assert watch.missed[-1] == complete_until


def test_the_slowest_clock_may_be_that_of_this_process(watch: Watch) -> None:
    """Ids of this process come from its own clock, which may be the slowest."""
    watch.clocks.compare(row("this", lag_s=100.0), [row("other", lag_s=-100.0)])
    assert watch.clocks.slowest_s == 0
    watch.clocks.compare(row("this", lag_s=-100.0), [row("other", lag_s=100.0)])
    assert watch.clocks.slowest_s == 200


@pytest.fixture
def pace() -> Pace:
    return SOON


@pytest.fixture
def other_redis(tmp_path: Path) -> Server:
    return start_redis(tmp_path / "other")


async def test_two_redis_servers_are_logged_and_no_post_is_missed(
    mongodb_url: str, one: Process, other_redis: Server, people: tuple[Someone, Someone]
) -> None:
    ann, bob = people
    try:
        with capture_logs() as logs:
            async with process(mongodb_url, other_redis.url, pace=SOON) as elsewhere:
                here, there = await one.begin(bob), await elsewhere.begin(bob)
                posted = set()
                for _ in range(20):
                    posted |= {(await one.post(ann)).id, (await elsewhere.post(ann)).id}
                for updates in (here, there):
                    assert set(await updates.reach(40)) == posted
                    assert len(updates.posts) == 40
                assert not here.task.done()

                async def are_said() -> bool:
                    return len([line for line in logs if line["event"] == "live.process_not_heard"]) == 2

                await wait_until(are_said)
    finally:
        other_redis.stop()
    said = next(line for line in logs if line["event"] == "live.process_not_heard")
    assert "REDIS_URL" in said["remedy"]
    assert said["redis"] != said["its_redis"]


async def beats(one: Process) -> list[int]:
    """Return the number of heartbeats of each process."""
    rows = one.storage.mongo.collection("presence").find({})
    return sorted([row["beats"] async for row in rows])


async def test_processes_that_start_and_stop_on_one_redis_cause_no_warning(
    mongodb_url: str, redis_url: str, one: Process
) -> None:
    async def have_beaten() -> bool:
        found = await beats(one)
        return len(found) == 2 and found[0] > 5

    async def is_alone() -> bool:
        return len(await beats(one)) == 1

    with capture_logs() as logs:
        for _ in range(3):
            async with process(mongodb_url, redis_url, pace=SOON):
                await wait_until(have_beaten)
            await wait_until(is_alone)
    assert {line["event"] for line in logs} & {"live.process_not_heard", "announcements.silence"} == set()
