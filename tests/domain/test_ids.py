"""Ids increase within one process, contain their time, and stay below the watermarks."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import EPOCH, MAX_ID, first_id_at, instant_of
from storage.memory.ids import IdGenerator

ids = st.integers(0, MAX_ID)


def test_ids_of_one_process_increase() -> None:
    generator = IdGenerator()
    drawn = [generator.draw() for _ in range(20_000)]
    assert drawn == sorted(set(drawn))


def test_ids_drawn_in_threads_are_distinct_and_increase_in_each() -> None:
    generator = IdGenerator()
    with ThreadPoolExecutor(8) as threads:
        runs = list(threads.map(lambda _: [generator.draw() for _ in range(1_000)], range(8)))
    assert all(run == sorted(run) for run in runs)
    assert len({number for run in runs for number in run}) == 8_000


def test_ids_increase_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = IdGenerator()
    before = generator.draw()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    after = [generator.draw() for _ in range(100)]
    assert [before, *after] == sorted({before, *after})


def test_an_id_holds_the_time_at_which_it_was_drawn() -> None:
    before = datetime.now(UTC)
    drawn = instant_of(IdGenerator().draw())
    assert before - timedelta(milliseconds=1) <= drawn <= datetime.now(UTC)


def test_ids_last_beyond_2085() -> None:
    assert first_id_at(datetime(2085, 1, 1, tzinfo=UTC)) < MAX_ID
    assert instant_of(MAX_ID).year == 2089
    assert instant_of(0) == EPOCH


@given(ids)
def test_the_first_id_of_an_instant_is_its_lowest(number: int) -> None:
    first = first_id_at(instant_of(number))
    assert first <= number < first_id_at(instant_of(number) + timedelta(milliseconds=1))
    assert instant_of(first) == instant_of(number)
