"""Buckets: the likes of one post within one hour have one bucket, and so have its reposts. A bucket is 16 bytes.

Within an index, a bucket stands for its group: a read that wants the newest act of each group examines one key a group.
"""

from domain.ids import first_id_of_hour
from domain.notifications import GroupKey


def bucket_of(at: int, post: int) -> bytes:
    """Return the bucket of what was done with the post at the time of the id `at`: the hour's first id, then the post.

    Buckets are ordered by hour.
    """
    return to_bucket(GroupKey(first_id_of_hour(at), post))


def to_bucket(key: GroupKey) -> bytes:
    return key.begin.to_bytes(8, "big") + key.post.to_bytes(8, "big")


def key_of(bucket: bytes) -> GroupKey:
    return GroupKey(int.from_bytes(bucket[:8], "big"), int.from_bytes(bucket[8:], "big"))
