"""Fixtures: a server of the S3 protocol, and folders of each kind of store."""

from collections.abc import Iterator
from itertools import count

import pytest

from storage import Storage
from storage.pictures.addresses import parse_media_store
from storage.pictures.files import PictureFiles
from storage.pictures.gridfs import GridFSFiles
from storage.pictures.s3 import S3Files, open_bucket
from storage.pictures.stores import BucketFiles
from tests.s3 import media_store, start_s3

NUMBERS = count(1)  # each test has a folder of its own


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = start_s3(tmp_path_factory.mktemp("s3"))
    yield server.url
    server.stop()


@pytest.fixture(params=["gridfs", "s3", "s3 after gridfs"])
def files(request: pytest.FixtureRequest, storage: Storage) -> PictureFiles:
    gridfs = GridFSFiles(storage.mongo, "media")
    if request.param == "gridfs":
        return gridfs
    bucket = open_bucket(parse_media_store(media_store(request.getfixturevalue("endpoint"), prefix="/some/where")))
    s3 = S3Files(bucket, f"media{next(NUMBERS)}")
    return s3 if request.param == "s3" else BucketFiles(s3, gridfs)
