"""A receiver of OTLP over HTTP, which decodes the real messages."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

PROTOBUF = "application/x-protobuf"


@dataclass(frozen=True, slots=True)
class Received:
    """A span as it was sent. `service` is that of its process."""

    service: str
    name: str
    trace: bytes
    id: bytes
    parent: bytes
    kind: int
    is_failed: bool
    attributes: dict[str, object]


@dataclass(slots=True)
class Receiver:
    url: str
    raw: bytes = b""
    _spans: list[Received] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def spans(self, **wanted: object) -> list[Received]:
        """Return the spans whose fields have these values."""
        with self._lock:
            return [span for span in self._spans if all(getattr(span, key) == value for key, value in wanted.items())]

    def take(self, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        with self._lock:
            self.raw += body
            for resource in request.resource_spans:
                named = {each.key: each.value.string_value for each in resource.resource.attributes}
                for scope in resource.scope_spans:
                    for span in scope.spans:
                        values = {
                            each.key: getattr(each.value, each.value.WhichOneof("value") or "string_value")
                            for each in span.attributes
                        }
                        self._spans.append(
                            Received(
                                service=named["service.name"],
                                name=span.name,
                                trace=span.trace_id,
                                id=span.span_id,
                                parent=span.parent_span_id,
                                kind=span.kind,
                                is_failed=span.status.code == 2,
                                attributes=values,
                            )
                        )


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Receive spans within the context."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            is_right = self.path == "/v1/traces" and self.headers["content-type"] == PROTOBUF
            if is_right:
                receiver.take(gzip.decompress(body) if self.headers["content-encoding"] == "gzip" else body)
            self.send_response(200 if is_right else 400)
            self.send_header("content-type", PROTOBUF)
            self.end_headers()
            self.wfile.write(ExportTraceServiceResponse().SerializeToString())

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
