"""Materialise: makes a set of pulled edges pushed, and writes their older posts as entries.

The steps:
(a) Mark each edge FILLING with the token of this run. From now on, fan-out writes to it, and reads still pull it.
(b) Read the authors' newest posts.
(c) Insert them as entries.
(d) Lower the edges that still hold the token.

A run may die at any step. Its edges stay FILLING, which is correct and only slower to read. The next run continues.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from domain.records import Follow
from domain.watermarks import NEVER
from storage import Storage
from storage.mongo import Document


async def materialise(
    storage: Storage, edges: Sequence[int], *, seen: Document | int, down_to: int, depth: int
) -> Counter[int]:
    """Fill the edges whose watermark matches `seen` with at most `depth` posts in all, from the post id `down_to` on.

    The edges get one common watermark, so they should belong to one reader or to one author. Returns the number of
    entries written for each reader. The caller sends the tasks that trim the feeds (tasks/trimming.py).
    """
    async with storage.mongo.causal() as session:
        token = await storage.feed.edges.mark_filling(edges, seen, session=session)
        readers: dict[int, list[int]] = defaultdict(list)
        for edge in await storage.feed.edges.find_marked(edges, token, session=session):
            readers[edge.followee].append(edge.follower)
        if not readers:
            return Counter()
        posts = await storage.posts.newest(readers, down_to=down_to, limit=depth, session=session)
        rows = [(reader, post, author) for post, author in posts for reader in readers[author]]
        await storage.feed.entries.insert_entries(rows)
        to = posts[-1][0] if len(posts) == depth else down_to
        await storage.feed.edges.lower(edges, token, to, session=session)
        return Counter(reader for reader, _, _ in rows)


async def push_again(storage: Storage, edges: Sequence[Follow], *, down_to: int, depth: int) -> Counter[int]:
    """Make pulled edges pushed, except those of celebrities and of dormant readers.

    If an account becomes a celebrity, it is marked first, and then its pushed edges are raised. The same holds for a
    reader that becomes dormant. An edge that is lowered only after that would be missed. So both marks are checked
    again at the end.
    """
    pushable = await _pushable(storage, edges)
    if not pushable:
        return Counter()
    written = await materialise(storage, [edge.id for edge in pushable], seen=NEVER, down_to=down_to, depth=depth)
    still = {edge.id for edge in await _pushable(storage, pushable)}
    raised = [edge for edge in pushable if edge.id not in still]
    if raised:
        await storage.feed.edges.stop_pushing([edge.id for edge in raised])
        # A third move may have made them pushable again, and passed them while they were pushed.
        written += await push_again(storage, raised, down_to=down_to, depth=depth)
    return written


async def _pushable(storage: Storage, edges: Sequence[Follow]) -> list[Follow]:
    celebrities = await storage.users.celebrities_among({edge.followee for edge in edges})
    dormant = await storage.readers.dormant_among({edge.follower for edge in edges})
    return [edge for edge in edges if edge.followee not in celebrities and edge.follower not in dormant]
