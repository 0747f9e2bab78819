import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from launch.signals import StoppedBySignal, listening, signals_delayed
from tests.launch.supervised import ROOT
from tests.waiting import wait_for

WAITING = """
import time
from launch.make_interrupt import make_has_given_up
given_up = make_has_given_up()
print("waiting", flush=True)
while not given_up(): time.sleep(0.02)  # ends: the test sends the signal
print("stopped", flush=True)
"""


def test_a_signal_is_delayed_until_the_end_of_the_context() -> None:
    done = []

    def start() -> None:
        with listening(), signals_delayed():
            signal.raise_signal(signal.SIGTERM)
            done.append("what must not be disturbed")

    with pytest.raises(StoppedBySignal):
        start()
    assert done


def test_ignored_signals_stay_ignored() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with signals_delayed():
        assert signal.getsignal(signal.SIGTERM) == before[signal.SIGTERM]
    assert {number: signal.getsignal(number) for number in before} == before


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let child processes receive SIGINT, also if the tests run in the background of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_command_of_make_notices_a_signal_that_only_make_received(tmp_path: Path, end: signal.Signals) -> None:
    (tmp_path / "waiting.py").write_text(WAITING)
    (tmp_path / "Makefile").write_text(f"run:\n\t@PYTHONPATH='{ROOT}' exec '{sys.executable}' waiting.py > told\n")
    told = tmp_path / "told"
    make = subprocess.Popen(["make", "run"], cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(lambda: told.exists() and told.read_text() == "waiting\n")
        make.send_signal(end)
        wait_for(lambda: told.read_text().endswith("stopped\n"))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)
        make.wait(30)
