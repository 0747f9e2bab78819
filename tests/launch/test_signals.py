import signal

import pytest

from launch.signals import StoppedBySignal, listening, undisturbed


def test_a_signal_is_answered_once_what_must_not_be_disturbed_is_done() -> None:
    done = []

    def start() -> None:
        with listening(), undisturbed():
            signal.raise_signal(signal.SIGTERM)
            done.append("what must not be disturbed")

    with pytest.raises(StoppedBySignal):
        start()
    assert done


def test_what_was_not_listened_to_is_left_as_it_was() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with undisturbed():
        assert signal.getsignal(signal.SIGTERM) == before[signal.SIGTERM]
    assert {number: signal.getsignal(number) for number in before} == before
