"""The endpoints for operators and their programs: liveness, readiness and metrics."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from monitoring.metrics_of_web import WebMetrics
from serving.http_errors import RETRY_SOON
from serving.operators import error_for_stranger
from serving.probes import Probes
from serving.sampling import Sampler

STATE = {True: "ok", False: "unreachable"}


async def healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")


class Health:
    def __init__(self, probes: Probes, sampler: Sampler, metrics: WebMetrics, *, metrics_token: str) -> None:
        self._probes = probes
        self._sampler = sampler
        self._metrics = metrics
        self._metrics_token = metrics_token

    async def readyz(self, request: Request) -> Response:
        """Report whether requests can be served. For operators, also report which server does not answer."""
        mongodb, redis = await asyncio.gather(self._probes.mongodb.get(), self._probes.redis.get())
        is_stranger = error_for_stranger(request, self._metrics_token) is not None
        content = {"ready": mongodb} if is_stranger else {"mongodb": STATE[mongodb], "redis": STATE[redis]}
        status, headers = (200, None) if mongodb else (503, RETRY_SOON)
        return JSONResponse(content, status_code=status, headers=headers)

    async def show_metrics(self, request: Request) -> Response:
        if error := error_for_stranger(request, self._metrics_token):
            return error.response()
        await self._sampler.refresh()
        return PlainTextResponse(self._metrics.text(), media_type="text/plain; version=0.0.4")
