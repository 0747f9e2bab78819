"""Hashes and verifies passwords with argon2id, in threads off the event loop."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

PARALLEL_HASHES = 2  # each takes 64 MiB and some 50 ms of CPU


class PasswordHashing:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(PARALLEL_HASHES, thread_name_prefix="argon2")
        self._dummy_hash = self._hasher.hash("nobody")

    async def hash(self, password: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def match(self, forms: Sequence[str], password_hash: str | None) -> str | None:
        """Return the first form that matches the hash. None if none does or the account has no hash.

        Every form is verified, even if there is no hash or another form matches. So the time reveals only the number of
        forms.
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
