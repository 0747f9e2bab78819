"""Structured logging to standard output: each line has an event and ids, in logfmt or as JSON."""

import io
import logging
import sys
from collections.abc import Callable, MutableMapping
from threading import local
from typing import Any, Literal, TextIO, cast

import orjson
import structlog

Format = Literal["logfmt", "json"]
Line = MutableMapping[str, Any]

KEY_ORDER = ["timestamp", "level", "event"]
MAX_CHARACTERS = 12_000  # of one value of a line of JSON
CELERY_PROCESSES = ("worker", "beat", "flower")


def configure(level: str, log_format: Format = "logfmt", *, process: str = "") -> None:
    """Route structlog and the standard library's loggers to one format.

    As JSON, the lines name the `process`, and text that is printed becomes the lines of an event `output`.
    """
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # a cached logger cannot be observed by tests; a line costs some µs more
    )
    out = logging.StreamHandler(sys.stdout if log_format == "logfmt" else _Printed.uncaught(sys.stdout))
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                *_renderers(log_format, process),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [out]
    root.setLevel(level.upper())
    for noisy in ("pymongo", "kombu", "celery.beat", "celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(noisy).setLevel(logging.DEBUG if level == "debug" else max(logging.WARNING, root.level))
    logging.getLogger("asgi_correlation_id").setLevel(logging.ERROR)  # it warns of each invalid id
    # At every level: commands contain password hashes; headers and frames of WebSockets contain tokens.
    logging.getLogger("pymongo.command").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(max(logging.INFO, root.level))
    if log_format == "json":
        logging.captureWarnings(True)
        _catch_prints()


def celery_process(arguments: list[str]) -> str:
    """Return which process the command line of `celery` starts, without the program: worker, beat, flower or celery."""
    options = zip(arguments, ["", *arguments], strict=False)
    named = (each for each, before in options if before not in ("-A", "--app") and each in CELERY_PROCESSES)
    return next(named, "celery")


def encode_line(line: Line) -> bytes:
    """Return the line as JSON, its time, level and event first. What is no JSON is given as its text."""
    ordered = {key: line[key] for key in KEY_ORDER if key in line} | dict(line)
    bounded = {key: _cut(value) if isinstance(value, str) else value for key, value in ordered.items()}
    return orjson.dumps(bounded, default=str, option=orjson.OPT_NON_STR_KEYS)


def _cut(text: str) -> str:
    """Return the text with at most MAX_CHARACTERS: the supervisor splits lines of 64 KiB."""
    half = MAX_CHARACTERS // 2
    return text if len(text) <= MAX_CHARACTERS else f"{text[:half]}\n…\n{text[-half:]}"


def _renderers(log_format: Format, process: str) -> list[Callable[[Any, str, Line], Any]]:
    if log_format == "logfmt":
        return [structlog.processors.LogfmtRenderer(key_order=KEY_ORDER, bool_as_flag=False)]

    def render(_: Any, __: str, line: Line) -> str:
        return encode_line({"process": process, **line}).decode()

    return [render]


class _Printed(io.TextIOBase):
    """Stands for a standard stream. Each line that is printed becomes an event, so that no line is in another form."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._rest = ""
        self._is_writing = local()

    @staticmethod
    def uncaught(stream: TextIO) -> TextIO:
        return stream.stream if isinstance(stream, _Printed) else stream

    def write(self, text: str) -> int:
        """Log the lines that are complete. A failure to log is printed, too, and must not be logged again."""
        if getattr(self._is_writing, "now", False):
            return self.stream.write(text)
        self._is_writing.now = True
        try:
            *lines, self._rest = (self._rest + text).split("\n")
            for line in filter(str.strip, lines):
                structlog.get_logger("output").info("output", text=line)
        finally:
            self._is_writing.now = False
        return len(text)

    def flush(self) -> None:
        """Write nothing: a line is written when it is complete."""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.stream.fileno()


class _PrintedOnly(_Printed):
    """A stream without a descriptor.

    Why: signal handlers of Celery write to the descriptor of `sys.__stdout__`, if it has one, past `write`. What they
    say is in worker.py's events.
    Upstream: `safe_say` in https://github.com/celery/celery/blob/v5.7.0/celery/apps/worker.py
    """

    def fileno(self) -> int:
        return cast(int, None)


def _catch_prints() -> None:
    for name, kind in (("stdout", _Printed), ("stderr", _Printed), ("__stdout__", _PrintedOnly)):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Printed):
            setattr(sys, name, kind(stream))
