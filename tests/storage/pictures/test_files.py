"""Every kind of store keeps files whole, lists them in order, and deletes exactly those of one picture."""

import random

import pytest

from domain.errors import PicturesUnavailable
from storage.pictures.files import PART, PictureFiles
from storage.pictures.stores import BucketFiles
from tests.waiting import bounded

END = "~"


async def content_of(files: PictureFiles, file: str) -> bytes | None:
    found = await files.open(file)
    if found is None:
        return None
    content = await found.content()
    assert len(content) == found.size
    return content


async def listed(files: PictureFiles, *, after: str = "", below: str = END, limit: int = 1_000) -> list[str]:
    """Return all names, read in batches as sweeps do."""
    names: list[str] = []
    for _ in bounded():
        some = await files.list_names(after=names[-1] if names else after, below=below, limit=limit)
        assert len(some) <= limit
        if not some:
            break
        names += some
    return names


@pytest.mark.parametrize("size", [1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 7])
async def test_a_file_is_read_whole_in_parts(files: PictureFiles, size: int) -> None:
    content = random.Random(size).randbytes(size)
    await files.put("a1/640", content)
    found = await files.open("a1/640")
    assert found is not None
    assert found.size == size
    parts = [part async for part in found.parts()]
    assert b"".join(parts) == content
    assert max(map(len, parts)) <= PART
    assert len(parts) == -(-size // PART)


async def test_a_file_that_does_not_exist_is_none(files: PictureFiles) -> None:
    await files.put("a1/640", b"content")
    for name in ("a1/1600", "a1", "a", "a1/64", "A1/640", "b/640"):
        assert await files.open(name) is None


async def test_deleting_a_picture_deletes_its_files_and_no_others(files: PictureFiles) -> None:
    kept = ["a/1", "a11/1", "a1a/1", "a10/1", "b1/1", "A1/1"]
    for name in [*kept, "a1/640", "a1/1600", "a1/x"]:
        await files.put(name, b"content")
    for _ in range(2):
        await files.delete("a1")
        assert await listed(files) == sorted(kept)
        assert await content_of(files, "a1/640") is None
        assert [await content_of(files, name) for name in kept] == [b"content"] * len(kept)


async def test_names_are_listed_in_order_between_two_names_in_batches(files: PictureFiles) -> None:
    dice = random.Random(7)
    names = sorted({f"{dice.randrange(16**4):04x}/{side}" for _ in range(12) for side in (640, 1_600)})
    for name in dice.sample(names, len(names)):
        await files.put(name, b"x")
    for limit in (1, 2, 5, len(names), 1_000):
        assert await listed(files, limit=limit) == names
    for after, below in [(names[3], END), ("", names[9]), (names[2], names[5]), (names[5], names[2]), ("8", "a")]:
        assert await listed(files, after=after, below=below, limit=4) == [
            name for name in names if after < name < below
        ]


async def test_a_large_file_is_listed_once_and_batches_go_on_after_it(files: PictureFiles) -> None:
    for name in ("a/1", "b/1", "c/1"):
        await files.put(name, bytes(4 * PART))
    assert await listed(files, limit=2) == ["a/1", "b/1", "c/1"]


async def test_a_file_that_is_deleted_while_it_is_read_is_an_error(files: PictureFiles) -> None:
    await files.put("a/1", bytes(3 * PART))
    found = await files.open("a/1")
    assert found is not None
    await files.delete("a")
    with pytest.raises(PicturesUnavailable):
        await found.content()


@pytest.mark.parametrize("files", ["s3 after gridfs"], indirect=True)
async def test_what_was_in_gridfs_before_stays_there_and_goes_from_there(files: PictureFiles) -> None:
    assert isinstance(files, BucketFiles)
    gridfs, s3 = files._before, files._bucket
    await gridfs.put("a/1", b"before")
    await files.put("b/1", b"now")
    assert [await content_of(files, name) for name in ("a/1", "b/1")] == [b"before", b"now"]
    assert await listed(files, limit=1) == ["a/1", "b/1"]
    assert (await gridfs.open("b/1"), await s3.open("a/1")) == (None, None)
    await files.delete("a")
    assert await listed(files) == ["b/1"]
    assert await gridfs.open("a/1") is None
