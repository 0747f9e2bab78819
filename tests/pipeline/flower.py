"""Flower as a real process, with requests with or without the password."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from settings import Settings
from tests.pipeline.stack import Stack, stack
from tests.waiting import wait_until

USER, PASSWORD = "ann", "correct:horse"


class Flower:
    def __init__(self, running: Stack, browser: httpx.AsyncClient) -> None:
        self.running = running
        self._browser = browser

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.running.settings.flower_port}"

    async def get(self, path: str, *, user: str = USER, password: str = PASSWORD) -> httpx.Response:
        return await self._browser.get(f"{self.url}{path}", auth=(user, password) if user else None)

    async def until_ready(self) -> None:
        async def answers() -> bool:
            assert self.running.running["flower"].poll() is None, self.running.log("flower")
            with suppress(httpx.TransportError):
                return (await self.get("/healthcheck")).status_code == 200
            return False

        await wait_until(answers, seconds=60)

    async def tasks(self) -> dict[str, dict[str, Any]]:
        """Return the tasks by id."""
        return dict((await self.get("/api/tasks?limit=1000")).json())


@asynccontextmanager
async def open_flower(settings: Settings, directory: Path) -> AsyncIterator[Flower]:
    with stack(settings, directory, "flower") as running:
        async with httpx.AsyncClient(timeout=30) as browser:
            flower = Flower(running, browser)
            await flower.until_ready()
            yield flower
