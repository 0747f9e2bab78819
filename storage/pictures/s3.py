"""Files of pictures in a bucket of Amazon S3 or of another server of its protocol."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from obstore.exceptions import BaseError
from obstore.store import S3Store

from domain.errors import PicturesUnavailable
from storage.mongodb_errors import Misconfigured
from storage.pictures.addresses import S3Address, parse_media_store
from storage.pictures.files import PART, OpenFile, range_of
from storage.pictures.s3_errors import FINAL, explain_s3

WEBP = {"Content-Type": "image/webp"}
ATTEMPT_WITHIN_S = 4
ANSWER_WITHIN_S = 8.0  # with all attempts; shorter than REQUEST_TIMEOUT_S by default
CONNECT_WITHIN_S = 2
RETRIES = 2
RETRY_BACKOFF: Any = {"init_backoff": timedelta(seconds=0.1), "max_backoff": timedelta(seconds=1), "base": 2}


def open_bucket(address: S3Address) -> S3Store:
    """Return the bucket. It connects at the first use. Without a key, the library looks for credentials then.

    It looks into the variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and asks the services
    that give credentials to machines and containers.
    """
    options: dict[str, Any] = {}
    if address.endpoint is not None:
        # Servers other than Amazon's usually have no host for each bucket.
        options |= {"endpoint": address.endpoint, "virtual_hosted_style_request": False}
    if address.region is not None:
        options["region"] = address.region
    if address.key is not None:
        options |= {"access_key_id": address.key, "secret_access_key": address.secret}
    return S3Store(
        address.bucket,
        prefix=address.prefix or None,
        client_options={
            "allow_http": (address.endpoint or "").startswith("http://"),
            "timeout": timedelta(seconds=ATTEMPT_WITHIN_S),
            "connect_timeout": timedelta(seconds=CONNECT_WITHIN_S),
        },
        retry_config={
            "max_retries": RETRIES,
            "retry_timeout": timedelta(seconds=ANSWER_WITHIN_S),
            "backoff": RETRY_BACKOFF,
        },
        **options,
    )


class S3Files:
    """A folder of the bucket. It implements `PictureFiles`."""

    def __init__(self, bucket: S3Store, folder: str) -> None:
        self._bucket = bucket
        self._folder = folder

    async def put(self, file: str, content: bytes) -> None:
        async with _answering():
            await self._bucket.put_async(f"{self._folder}/{file}", content, attributes=WEBP)

    async def open(self, file: str) -> OpenFile | None:
        if (found := await self._read(file, 0)) is None:
            return None
        size, first = found

        async def read(place: int) -> bytes:
            """Return the part that begins at this byte.

            Raises:
                PicturesUnavailable: The store does not answer, or the file was deleted meanwhile.
            """
            if (found := await self._read(file, place)) is None:
                raise PicturesUnavailable("a file was deleted while it was read")
            return found[1]

        return OpenFile(size, first, read)

    async def delete(self, picture: str) -> None:
        low, high = range_of(picture)
        async with _answering():
            if paths := await self._list(low, high, limit=None):
                await self._bucket.delete_async(paths)

    async def list_names(self, *, after: str, below: str, limit: int) -> list[str]:
        async with _answering():
            paths = await self._list(after, below, limit=limit)
        return [path.removeprefix(f"{self._folder}/") for path in paths]

    async def _read(self, file: str, place: int) -> tuple[int, bytes] | None:
        """Return the size of the file, and its part from the place on. None if there is no such file."""
        async with _answering():
            try:
                found = await self._bucket.get_async(f"{self._folder}/{file}", options={"range": (place, place + PART)})
                return found.meta["size"], bytes(await found.bytes_async())
            except FileNotFoundError:
                return None

    async def _list(self, after: str, below: str, *, limit: int | None) -> Sequence[str]:
        """Return paths between the two names. The protocol lists them in the order of their bytes."""
        found: list[str] = []
        end = f"{self._folder}/{below}"
        async for some in self._bucket.list(self._folder, offset=f"{self._folder}/{after}"):
            found += [path for one in some if (path := one["path"]) < end]
            if some[-1]["path"] >= end or (limit is not None and len(found) >= limit):
                break
        return found[:limit]


async def refuse_unusable_bucket(address: str) -> None:
    """Look once into the bucket. One that does not answer is accepted, because it may answer later.

    Raises:
        Misconfigured: There is no such bucket, or it refuses the credentials.
    """
    try:
        async with _answering():
            async for _ in open_bucket(parse_media_store(address)).list(chunk_size=1):
                break
    except PicturesUnavailable as error:
        if error.reason in FINAL:
            raise Misconfigured(f"MEDIA_STORE cannot be used: {error.reason}") from None


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    """Bound the time of a call, and translate its errors.

    Raises:
        PicturesUnavailable: The store does not answer, or refuses.
    """
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            yield
    except TimeoutError:
        raise PicturesUnavailable(f"no answer within {ANSWER_WITHIN_S:g} s") from None
    except (BaseError, OSError) as error:  # the library raises FileNotFoundError also for a missing bucket
        raise PicturesUnavailable(explain_s3(error)) from None
