"""With LOG_FORMAT=json, `tweeter up` writes nothing but JSON objects, and says of each who has written it."""

import json
from collections.abc import Callable

from launch.terminal import as_json_line
from tests.launch.supervised import Supervised

SAYS = 'sh -c \'echo "{\\"event\\": \\"of a part\\"}"; echo "no JSON"; echo "[1]"; exec sleep 600\''


def test_each_line_of_the_supervisor_is_an_object(start: Callable[..., Supervised], addresses: dict[str, str]) -> None:
    supervised = start(addresses | {"LOG_FORMAT": "json"}, part=SAYS)
    supervised.wait_for_output('"text":"[1]"')
    supervised.end()
    lines = [json.loads(line) for line in supervised.output().splitlines()]
    assert {"event": "of a part"} in lines
    said = [line["text"] for line in lines if line.get("process") == "part"]
    assert said == ["no JSON", "[1]"]
    assert "stopping" in [line["text"] for line in lines if line.get("process") == "tweeter"]


def test_a_line_in_another_encoding_is_shown() -> None:
    assert json.loads(as_json_line("part", b"\xff"))["text"] == "�"
