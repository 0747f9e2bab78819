"""Clients over WebSocket that subscribe again if their subscription ends, as the web client does."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.deployment.proxy import Proxy
from tests.talk import Ended, talking

AGAIN_AFTER_S = 0.1
QUIET_S = 3_600.0  # a feed may be quiet for long
RESTARTS = {1001, 1006, 1012, 1013}  # going away, closed without a word, a restart, not ready
INVITING = {"INTERRUPTED"}  # codes with which a subscription asks its client to read the feed and to subscribe again


@dataclass
class Watcher:
    """`wrong` are ends that a client cannot answer by subscribing again."""

    token: str
    texts: set[str] = field(default_factory=set)
    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def watch(self, proxy: Proxy) -> None:
        """Run until cancelled."""
        while True:  # ends: the run cancels it
            with suppress(InvalidHandshake, OSError, ConnectionClosed):
                try:
                    async with talking(proxy.url, self.token, trust=proxy.trust()) as talk:
                        updates = await talk.begin()
                        while True:  # ends: with the subscription
                            self.texts.add((await updates.next(within_s=QUIET_S))["feedUpdates"]["text"])
                except Ended as end:
                    self._note(end)
            await asyncio.sleep(AGAIN_AFTER_S)

    def _note(self, end: Ended) -> None:
        for code in end.codes or ["completed"]:
            self.ends[str(code)] += 1
            if code not in RESTARTS and code not in INVITING:
                self.wrong.append(str(code))
