"""A minimal application on our sockets: `python -m tests.serving.alone HOST PORT PROCESSES`."""

import sys

from starlette.types import Receive, Scope, Send

from serving.server.listening import bind
from serving.server.process import WebConfig, run
from serving.server.serve import ANSWERS_WITHIN_S


async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


if __name__ == "__main__":
    host, port, processes = sys.argv[1:]
    config = WebConfig(
        "tests.serving.server.alone:app",
        workers=int(processes),
        timeout_worker_healthcheck=ANSWERS_WITHIN_S,
        loop_stuck_s=60,
        lifespan="off",
    )
    with bind(host, int(port)) as sockets:
        run(config, sockets)
