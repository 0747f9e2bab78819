import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.launch.supervised import HEALTHY, PARENT, SLEEPER, STUBBORN, Supervised, is_alive
from tests.waiting import wait_for

Start = Callable[..., Supervised]


def test_up_prints_its_addresses_and_stops_cleanly(start: Start, addresses: dict[str, str]) -> None:
    supervised = start(addresses, web=HEALTHY, parent=PARENT)
    supervised.wait_for_output(f"http://127.0.0.1:{supervised.port}/graphql")
    assert "\033" not in supervised.output()
    pids = supervised.wait_for_pids(2)
    supervised.child.send_signal(signal.SIGTERM)
    assert supervised.child.wait(4) == 0
    assert not any(map(is_alive, pids))


def test_up_stops_stubborn_children_in_ten_seconds_or_at_once_on_a_second_interrupt(
    start: Start, addresses: dict[str, str]
) -> None:
    patient = start(addresses, stubborn=STUBBORN, sleeper=SLEEPER)
    hurried = start(addresses, stubborn=STUBBORN)
    pids = patient.wait_for_pids(3) + hurried.wait_for_pids(2)
    patient.child.send_signal(signal.SIGTERM)
    began = time.monotonic()

    def ended_or_interrupted() -> bool:
        if hurried.child.poll() is None:
            hurried.child.send_signal(signal.SIGINT)
        return hurried.child.poll() is not None

    wait_for(ended_or_interrupted)
    assert time.monotonic() - began < 4
    assert patient.child.wait(10) == 0
    assert not any(map(is_alive, pids))


def test_a_killed_up_leaves_no_process_and_the_next_one_starts(start: Start) -> None:
    supervised = start(web=HEALTHY, parent=PARENT)
    supervised.wait_for_output("Tweeter is ready")
    assert supervised.record().pid == supervised.child.pid
    pids = supervised.wait_for_pids(2) + supervised.children()
    supervised.child.kill()
    supervised.child.wait()
    wait_for(lambda: not any(map(is_alive, pids)))

    again = start({}, supervised.directory, web=HEALTHY)
    again.wait_for_output("Tweeter is ready")
    again.child.send_signal(signal.SIGTERM)
    assert again.child.wait(10) == 0


def test_up_stops_while_its_servers_start(start: Start) -> None:
    supervised = start(sleeper=SLEEPER)
    supervised.wait_for_output("starting mongod")
    pids = supervised.children()
    supervised.child.send_signal(signal.SIGTERM)
    assert supervised.child.wait(5) == 0
    assert not any(map(is_alive, pids))
    assert not (supervised.directory / "pids").exists()


def test_unread_output_does_not_block_up(start: Start, addresses: dict[str, str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "output")
    reader = os.open(tmp_path / "output", os.O_RDONLY | os.O_NONBLOCK)
    try:
        supervised = start(addresses, tmp_path, loud="sh -c 'seq 100000; echo $$ >> pids; exec sleep 1000'")
        pids = supervised.wait_for_pids(1)
        supervised.child.send_signal(signal.SIGTERM)
        assert supervised.child.wait(5) == 0
        assert not any(map(is_alive, pids))
    finally:
        os.close(reader)
