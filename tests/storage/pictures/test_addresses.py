"""Addresses of stores of pictures: what is read, and refusals that show no secret."""

import pytest

from settings import Settings
from storage.pictures.addresses import S3Address, parse_media_store
from tests.bad_settings import refusal_of

SECRET = "dist1nctive"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("s3://bucket", S3Address("bucket")),
        ("s3://my.bucket-1/a/b/", S3Address("my.bucket-1", "a/b")),
        ("s3://bucket?region=eu-central-1", S3Address("bucket", region="eu-central-1")),
        (
            "s3://k%2Fy:se%40cret@bucket/p?endpoint=http://127.0.0.1:9000&region=none",
            S3Address("bucket", "p", "http://127.0.0.1:9000", "none", "k/y", "se@cret"),
        ),
        ("s3://bucket?endpoint=https%3A%2F%2Fhost", S3Address("bucket", endpoint="https://host")),
    ],
)
def test_an_address_is_read(url: str, read: S3Address) -> None:
    assert parse_media_store(url) == read
    assert Settings.from_environment({"MEDIA_STORE": url}).media_store == url


@pytest.mark.parametrize(
    "url",
    [
        "bucket",
        "s3:bucket",
        "s3://",
        "s3:///path",
        "gs://bucket",
        f"http://key:{SECRET}@host",
        f"s3://key:{SECRET}@",
        f"s3://key:{SECRET}@B",
        f"s3://{SECRET}@bucket",
        f"s3://key:{SECRET}@bucket:80",
        f"s3://key:{SECRET}@bucket#x",
        f"s3://key:{SECRET}@bucket?secret=x",
        f"s3://key:{SECRET}@bucket?endpoint=",
        f"s3://key:{SECRET}@bucket?endpoint=host:9000",
        f"s3://bucket?endpoint=https://key:{SECRET}@host",
        f"s3://key:{SECRET}@bucket?region=",
        f"s3://key:{SECRET}@bucket?region=a%20b",
        f"s3://key:{SECRET}/1@bucket",
    ],
)
def test_another_address_is_refused_in_one_line_without_a_secret(url: str) -> None:
    line = refusal_of("MEDIA_STORE", url)
    assert SECRET not in line


def test_a_secret_is_not_in_a_repr() -> None:
    assert SECRET not in repr(parse_media_store(f"s3://key:{SECRET}@bucket"))
