"""Announcements of newer versions are read as far as possible and never ignored."""

import orjson
import pytest

from domain.announcements import Announcement, Gap, PostMade, RepostMade, RepostUndone
from storage.redis.announcements import _decode


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        (["SomethingNew", 1, 2], Gap()),
        (["PostMade", 1, 2], PostMade(1, 2)),
        (["RepostMade", 3, 2], RepostMade(3, 2)),
        (["RepostUndone", 3, 2], RepostUndone(3, 2)),
        (["PostMade", 1, 2, "new"], PostMade(1, 2)),
    ],
)
def test_an_unknown_announcement_is_a_gap(said: list[object], understood: Announcement) -> None:
    assert list(_decode(orjson.dumps(["a process", said])).announcements) == [understood]
