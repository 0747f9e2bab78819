"""Starts the export of traces that the settings ask for. The library is imported only then."""

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from importlib.util import find_spec

from settings import BadSetting, Settings


def check_tracing(settings: Settings) -> None:
    """Check that traces can be exported if they are wanted.

    Raises:
        BadSetting: The extra is not installed.
    """
    if settings.otel_exporter_otlp_endpoint and (
        find_spec("opentelemetry") is None or find_spec("opentelemetry.exporter.otlp.proto.http") is None
    ):
        raise BadSetting("OTEL_EXPORTER_OTLP_ENDPOINT needs the extra `tracing`: install `tweeter[tracing]`")


def tracing_of(settings: Settings, *, service: str) -> AbstractContextManager[None]:
    """Export the traces of this process within the context, if the settings ask for it.

    Raises:
        BadSetting: The extra is not installed.
    """
    if not settings.otel_exporter_otlp_endpoint:
        return nullcontext()
    check_tracing(settings)
    exported: AbstractContextManager[None] = import_module("tracing.otel").exporting(
        settings.otel_exporter_otlp_endpoint, ratio=settings.otel_traces_sampler_arg, service=service
    )
    return exported
