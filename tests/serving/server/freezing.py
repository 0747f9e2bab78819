"""A program for tests: an application that blocks its event loop on request, served like the product."""

import os
import re
import sys
import time

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from serving.server.serve import serve


async def healthz(_: Request) -> Response:
    return PlainTextResponse(str(os.getpid()))


async def freeze(request: Request) -> Response:
    match request.path_params["how"]:
        case "python":
            while True:  # ends: the watchdog ends the process
                pass
        case "call":
            time.sleep(3_600)  # noqa: ASYNC251  # that is what it is for
        case "lock":  # in C, holding the GIL, so that no other thread runs
            re.fullmatch(r"(a|a)*b", "a" * 64)
    raise AssertionError("unreachable")


app = Starlette(routes=[Route("/healthz", healthz), Route("/freeze/{how}", freeze)])

if __name__ == "__main__":
    port, processes, stuck_s = (int(argument) for argument in sys.argv[1:])
    serve(
        host="127.0.0.1",
        port=port,
        processes=processes,
        max_connections=100,
        keep_alive_s=75,
        stop_within_s=5,
        loop_stuck_s=stuck_s,
        log_level="info",
        app="tests.serving.server.freezing:app",
    )
