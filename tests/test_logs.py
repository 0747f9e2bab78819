"""The form of a line of JSON, and which process writes it."""

import json
from pathlib import Path

import pytest

from logs import MAX_CHARACTERS, celery_process, encode_line


@pytest.mark.parametrize(
    ("arguments", "process"),
    [
        ("-A worker worker --queues maintenance", "worker"),
        ("-A worker beat --pidfile=", "beat"),
        ("--app worker flower --port=5555", "flower"),
        ("-A worker inspect ping", "celery"),
    ],
)
def test_the_process_is_that_of_the_command_line(arguments: str, process: str) -> None:
    assert celery_process(arguments.split()) == process


def test_a_line_begins_with_its_time_level_and_event() -> None:
    line = encode_line({"process": "web", "path": Path("/a"), "event": "e", "level": "info", "timestamp": "t"})
    assert list(json.loads(line)) == ["timestamp", "level", "event", "process", "path"]
    assert json.loads(line)["path"] == "/a"


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """A traceback ends with its error."""
    text = f"Traceback{'x' * 10 * MAX_CHARACTERS}ValueError"
    exception = json.loads(encode_line({"event": "e", "exception": text}))["exception"]
    assert exception.startswith("Traceback")
    assert exception.endswith("ValueError")
    assert len(exception) < MAX_CHARACTERS + 10
