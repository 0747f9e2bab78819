"""Records spans with OpenTelemetry's SDK and sends them by OTLP over HTTP, from a thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from tracing.spans import Attributes, Kind, Span, recording

PATH = "/v1/traces"  # below the endpoint, as OTLP's specification says
KINDS = {
    "server": trace.SpanKind.SERVER,
    "client": trace.SpanKind.CLIENT,
    "consumer": trace.SpanKind.CONSUMER,
    "internal": trace.SpanKind.INTERNAL,
}
TRACEPARENT = "traceparent"
_W3C = TraceContextTextMapPropagator()


class RecordedSpan:
    def __init__(self, recorded: trace.Span) -> None:
        self._recorded = recorded

    @property
    def trace_id(self) -> str:
        return trace.format_trace_id(self._recorded.get_span_context().trace_id)

    def rename(self, name: str) -> None:
        self._recorded.update_name(name)

    def add(self, attributes: Attributes) -> None:
        self._recorded.set_attributes(attributes)

    def fail(self, kind: str) -> None:
        self._recorded.set_attribute("error.type", kind)
        self._recorded.set_status(trace.StatusCode.ERROR)

    def end(self) -> None:
        self._recorded.end()


class OpenTelemetryTracer:
    def __init__(self, provider: TracerProvider) -> None:
        self._tracer = provider.get_tracer("tweeter")

    def is_recording(self) -> bool:
        return trace.get_current_span().is_recording()

    def begin(self, name: str, kind: Kind, attributes: Attributes) -> Span | None:
        if not self.is_recording():
            return None
        return RecordedSpan(self._tracer.start_span(name, kind=KINDS[kind], attributes=attributes))

    @contextmanager
    def continued(self, name: str, kind: Kind, traceparent: str) -> Iterator[Span | None]:
        parent = _W3C.extract({TRACEPARENT: traceparent}, context=Context()) if traceparent else Context()
        started = self._tracer.start_span(name, context=parent, kind=KINDS[kind])
        with self._used(started) as opened:
            yield opened

    @contextmanager
    def current(self, name: str, kind: Kind, attributes: Attributes) -> Iterator[Span | None]:
        if not self.is_recording():
            yield None
            return
        with self._used(self._tracer.start_span(name, kind=KINDS[kind], attributes=attributes)) as opened:
            yield opened

    def traceparent(self) -> str:
        carrier: dict[str, str] = {}
        _W3C.inject(carrier)
        return carrier.get(TRACEPARENT, "")

    @contextmanager
    def _used(self, started: trace.Span) -> Iterator[Span | None]:
        """Use the span as the current one. An error is noted by its class: its text may quote a client."""
        span = RecordedSpan(started) if started.is_recording() else None
        with trace.use_span(started, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield span
            except BaseException as error:
                if span is not None:
                    span.fail(type(error).__name__)
                raise


@contextmanager
def exporting(endpoint: str, *, ratio: float, service: str) -> Iterator[None]:
    """Record the `ratio` of the traces within the context, and send them to the endpoint. Send the last at its end."""
    provider = TracerProvider(
        resource=Resource.create({"service.name": service}), sampler=ParentBased(TraceIdRatioBased(ratio))
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH)))
    try:
        with recording(OpenTelemetryTracer(provider)):
            yield
    finally:
        provider.shutdown()
