"""Passwords: argon2id, off the event loop."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

PARALLEL_HASHES = 2  # each takes 64 MiB and a core for some 50 ms


class PasswordHashing:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(PARALLEL_HASHES, thread_name_prefix="argon2")
        self._dummy_hash = self._hasher.hash("nobody")

    async def hash(self, password: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def match(self, forms: Sequence[str], password_hash: str | None) -> str | None:
        """Return the form that the hash is of, the first of several; None for an account without a hash.

        Every form is verified, whether or not there is a hash or another form matches: the time that this takes tells
        how many forms there are and nothing else.
        """
        loop, known = asyncio.get_running_loop(), password_hash or self._dummy_hash
        matched = [form for form in forms if await loop.run_in_executor(self._threads, self._verify, known, form)]
        return matched[0] if matched and password_hash is not None else None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (Argon2Error, InvalidHashError):
            return False
