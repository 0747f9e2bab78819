"""Buckets: the likes of one post within one hour have one bucket, and so have its reposts. A bucket is 16 bytes.

Within an index, a bucket stands for its group: a read that wants the newest act of each group examines one key a group.
"""

from domain.ids import first_id_of_hour


def bucket_of(at: int, post: int) -> bytes:
    """Return the bucket of what was done with the post at the time of the id `at`: the hour's first id, then the post.

    Buckets are ordered by hour.
    """
    return first_id_of_hour(at).to_bytes(8, "big") + post.to_bytes(8, "big")
