"""Runs the web process: uvicorn, configured with limits for untrusted clients."""

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

import structlog

from monitoring.admin_server import admin_server
from monitoring.metric_files import MergedFiles
from monitoring.metrics_directory import sharing_metrics
from monitoring.web_readiness import web_is_ready
from serving.middleware.bodies import MAX_BODY_BYTES
from serving.server.http import HTTPProtocol
from serving.server.listening import bind
from serving.server.process import WebConfig, run
from serving.server.websockets import WebSocketProtocol

# With several processes, one that does not answer within this time is killed and restarted. On a busy machine a process
# needs seconds to start, so with uvicorn's default of five none might ever be ready.
ANSWERS_WITHIN_S = 30
FILES_BESIDE = 500  # descriptors for MongoDB, Redis, pages and libraries

RAISE_THE_LIMIT = (
    "raise the limit (`ulimit -n`, systemd's LimitNOFILE) or lower MAX_CONNECTIONS: clients beyond it are not answered"
)

log = structlog.get_logger()


def serve(
    *,
    host: str,
    port: int,
    processes: int,
    max_connections: int,
    keep_alive_s: int,
    stop_within_s: int,
    loop_stuck_s: float,
    log_level: str,
    app: str = "app:app",
    metrics: Path | None = None,
    admin_host: str = "127.0.0.1",
    admin_port: int = 0,
    metrics_token: str = "",
) -> None:
    """Serve until told to stop.

    `max_connections` is the limit of each process. `metrics` is the directory in which several processes share their
    metrics. Without it, each process shows its own. If there is an `admin_port`, it shows them, too.

    Raises:
        AddressError: The address cannot be bound.
        AdminPortError: The admin port cannot be listened on.
        MetricsDirectoryError: The directory cannot be made.
    """
    config = WebConfig(
        app,
        host=host,
        port=port,
        workers=processes,
        loop="uvloop",
        http=HTTPProtocol,
        ws=WebSocketProtocol,
        ws_max_size=MAX_BODY_BYTES,
        ws_per_message_deflate=False,  # messages are small, and compression would cost 40 KB per connection
        limit_concurrency=max_connections,
        timeout_keep_alive=keep_alive_s,
        timeout_graceful_shutdown=stop_within_s,
        timeout_worker_healthcheck=ANSWERS_WITHIN_S,
        loop_stuck_s=loop_stuck_s,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,  # logs.py configures uvicorn's loggers, too
        log_level=log_level,
    )
    wanted = max_connections + FILES_BESIDE
    if (allowed := raise_file_limit(wanted)) < wanted:
        log.warning(
            "files.too_few",
            max_connections=max_connections,
            needed=wanted,
            allowed=allowed,
            do=RAISE_THE_LIMIT,
        )
    with bind(host, port) as sockets:
        log.info("web.starting", host=host, port=port, processes=processes)
        # The directory is named after the port, which no other server can listen on now.
        with ExitStack() as stack:
            if metrics and (processes > 1 or admin_port):
                directory = stack.enter_context(sharing_metrics(metrics / str(port)))
                if admin_port:
                    stack.enter_context(
                        admin_server(
                            admin_host,
                            admin_port,
                            variable="ADMIN_PORT",
                            registry=MergedFiles(directory).registry(),
                            ready=partial(web_is_ready, host, port, token=metrics_token),
                            token=metrics_token,
                        )
                    )
            run(config, sockets)


def raise_file_limit(wanted: int) -> int:
    """Raise the limit of open files as far as the system allows; many begin with 1,024. Return the limit in force."""
    soft, hard = (sys.maxsize if n == RLIM_INFINITY else n for n in getrlimit(RLIMIT_NOFILE))
    if soft < wanted:
        soft = min(wanted, hard)
        setrlimit(RLIMIT_NOFILE, (soft, getrlimit(RLIMIT_NOFILE)[1]))
    return soft
