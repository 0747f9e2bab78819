import contextlib
import os
import time
from datetime import UTC, datetime
from queue import Full, Queue
from threading import Thread

import orjson

COLOURS = (36, 33, 32, 35, 34, 31)
NAME_WIDTH = 7
KEPT_LINES = 5_000
FLUSH_SECONDS = 1.0


class Terminal:
    """Writes lines of many sources, each with the name of its source.

    Sources never wait for the reader. If the output is not read (a pipe, Ctrl-S), lines are dropped and counted, so
    neither the sources nor the shutdown hang.
    """

    def __init__(self, file: int, *, as_json: bool = False) -> None:
        """`file` is the descriptor to write to. If `as_json`, each line is a JSON object that names its source."""
        self._as_json = as_json
        self._file = file
        self._coloured = os.isatty(file) and not os.environ.get("NO_COLOR")
        self._colours: dict[str, int] = {}
        self._lines: Queue[bytes | None] = Queue(KEPT_LINES)
        self._dropped = 0
        self._writer = Thread(target=self._write_all, daemon=True, name="terminal")
        self._writer.start()

    def say(self, text: str) -> None:
        for line in text.splitlines():
            if self._as_json and not line:
                continue
            self.show("tweeter", line.encode(errors="replace"))

    def show(self, name: str, line: bytes) -> None:
        try:
            if self._dropped:
                self._lines.put_nowait(self._line("tweeter", b"... %d lines dropped" % self._dropped))
                self._dropped = 0
            self._lines.put_nowait(self._line(name, line.rstrip(b"\r\n")))
        except Full:
            self._dropped += 1

    def close(self) -> None:
        """Wait up to a second until the last lines are written."""
        with contextlib.suppress(Full):
            self._lines.put_nowait(None)
        self._writer.join(FLUSH_SECONDS)

    def _line(self, name: str, line: bytes) -> bytes:
        if self._as_json:
            return as_json_line(name, line) + b"\n"
        prefix = f"{name:<{NAME_WIDTH}} |"
        if self._coloured:
            colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
            prefix = f"\033[{colour}m{prefix}\033[0m"
        return prefix.encode() + b" " + line + b"\n"

    def _write_all(self) -> None:
        while (line := self._lines.get()) is not None:
            with contextlib.suppress(OSError):  # the reader has gone, so further lines are dropped
                _write(self._file, line)


def as_json_line(name: str, line: bytes) -> bytes:
    """Return the line of the source as it is if it is a JSON object, or else as the text of an event."""
    with contextlib.suppress(orjson.JSONDecodeError):
        if isinstance(orjson.loads(line), dict):
            return line
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = line.decode(errors="replace")
    return orjson.dumps({"timestamp": now, "level": "info", "event": "output", "process": name, "text": text})


def _write(file: int, line: bytes) -> None:
    # Not print: a thread stuck in a buffered write would hold the file's lock and break the interpreter's exit.
    while line:
        try:
            line = line[os.write(file, line) :]
        except BlockingIOError:
            time.sleep(0.05)
