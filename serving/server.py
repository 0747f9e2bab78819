"""The web process: uvicorn, with what it must be told so that no stranger can hurt it."""

import sys
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit

import uvicorn

from serving.bodies import MAX_BODY_BYTES
from serving.connections import Connection, Socket

KEPT_ALIVE_S = 5
STOPS_WITHIN_S = 3
# Of several processes, one that does not answer for so long is killed and started again. On a busy machine it takes
# seconds to begin: with uvicorn's own five, none might ever have.
ANSWERS_WITHIN_S = 30
FILES_BESIDE = 500  # those of MongoDB, Redis, pages and libraries


def serve(*, host: str, port: int, processes: int, max_connections: int, log_level: str) -> None:
    """Until told to stop. `max_connections` is for each process."""
    raise_file_limit(max_connections + FILES_BESIDE)
    uvicorn.run(
        "app:app",
        host=host,
        port=port,
        workers=processes,
        loop="uvloop",
        http=Connection,
        ws=Socket,
        ws_max_size=MAX_BODY_BYTES,
        ws_per_message_deflate=False,  # messages are small, and each connection would keep 40 KB for it
        limit_concurrency=max_connections,
        timeout_keep_alive=KEPT_ALIVE_S,
        timeout_graceful_shutdown=STOPS_WITHIN_S,
        timeout_worker_healthcheck=ANSWERS_WITHIN_S,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level=log_level,
    )


def raise_file_limit(wanted: int) -> None:
    """As far as the system lets us: many begin with 1,024."""
    soft, hard = (sys.maxsize if n == RLIM_INFINITY else n for n in getrlimit(RLIMIT_NOFILE))
    if soft < wanted:
        setrlimit(RLIMIT_NOFILE, (min(wanted, hard), getrlimit(RLIMIT_NOFILE)[1]))
