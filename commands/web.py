"""`tweeter web`: runs the web processes only."""

import asyncio

import click

import logs
from composition.documents import check_documents
from composition.storage import refuse_unusable
from composition.tracing import check_tracing
from serving.server.listening import check as check_port
from serving.server.serve import serve
from settings import Settings


@click.command()
def web() -> None:
    """Run the web processes only, on the servers of MONGODB_URL and REDIS_URL."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format, process="web")
    # Checked once here and not in each process, since a failing process would be restarted for ever.
    settings.check_addresses()
    check_documents(settings)
    check_tracing(settings)
    check_port(settings.host, settings.port)  # before waiting for the servers
    asyncio.run(refuse_unusable(settings))
    serve(
        host=settings.host,
        port=settings.port,
        processes=settings.web_concurrency,
        max_connections=settings.max_connections,
        keep_alive_s=settings.keep_alive_s,
        stop_within_s=settings.stop_within_s,
        loop_stuck_s=settings.loop_stuck_s,
        log_level=settings.log_level,
        metrics=settings.data_dir / "metrics",
        admin_host=settings.admin_host,
        admin_port=settings.admin_port,
        metrics_token=settings.metrics_token,
    )
