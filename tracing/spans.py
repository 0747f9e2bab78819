"""Where the rooms open spans. `tracing/otel.py` does the work, and is imported only if traces are exported.

Attributes are ids, counts and names that the code knows. No text of a client is among them: no query, no variable, no
address, no token.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal, Protocol

Attribute = str | int | float | bool
Attributes = Mapping[str, Attribute]
Kind = Literal["server", "client", "consumer", "internal"]


class Span(Protocol):
    """A span that is recorded. `trace_id` has 32 hexadecimal digits."""

    @property
    def trace_id(self) -> str: ...

    def rename(self, name: str) -> None: ...

    def add(self, attributes: Attributes) -> None: ...

    def fail(self, kind: str) -> None:
        """Mark the span as failed. `kind` is the class of an error, or a code: no text."""

    def end(self) -> None: ...


class Tracer(Protocol):
    def is_recording(self) -> bool: ...

    def begin(self, name: str, kind: Kind, attributes: Attributes) -> Span | None:
        """Begin a span below the current one, and leave that current. None if no trace is recorded."""

    def continued(self, name: str, kind: Kind, traceparent: str) -> AbstractContextManager[Span | None]:
        """Open a span as the current one: below that of the `traceparent`, or of a new trace if it is empty."""

    def current(self, name: str, kind: Kind, attributes: Attributes) -> AbstractContextManager[Span | None]:
        """Open a span as the current one, below the current one. None if no trace is recorded."""

    def traceparent(self) -> str:
        """Return the current span in W3C's form, or an empty text."""


_tracer: Tracer | None = None  # of this process


def use(tracer: Tracer | None) -> None:
    """Let this process record spans with the tracer, or none."""
    global _tracer
    _tracer = tracer


def is_on() -> bool:
    return _tracer is not None


def is_recording() -> bool:
    """Return whether the current request or task is recorded."""
    return _tracer is not None and _tracer.is_recording()


def span(name: str, *, kind: Kind = "internal", **attributes: Attribute) -> AbstractContextManager[Span | None]:
    """Measure what runs within the context. Yields None if no trace is recorded."""
    return nullcontext() if _tracer is None else _tracer.current(name, kind, attributes)


def continued(name: str, *, kind: Kind, traceparent: str = "") -> AbstractContextManager[Span | None]:
    """Measure a request or a task: below the span that the `traceparent` names, or as a trace of its own."""
    return nullcontext() if _tracer is None else _tracer.continued(name, kind, traceparent)


def begin(name: str, *, kind: Kind, attributes: Attributes) -> Span | None:
    """Begin a span that its caller ends."""
    return None if _tracer is None else _tracer.begin(name, kind, attributes)


def traceparent() -> str:
    """Return the current span in W3C's form, for a message. It is empty if no trace is recorded."""
    return "" if _tracer is None else _tracer.traceparent()


@contextmanager
def recording(tracer: Tracer) -> Iterator[None]:
    """Use the tracer within the context."""
    use(tracer)
    try:
        yield
    finally:
        use(None)
