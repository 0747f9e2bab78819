"""Materialise: make a set of pulled edges pushed, with their past written as entries.

(a) mark each edge FILLING with this run's token: from here on, fan-out writes to it and reads still pull it;
(b) then read the authors' newest posts; (c) insert them; (d) lower the edges that still hold the token.

A run may die anywhere: its edges stay FILLING, which is right and only slower to read, and the next run goes on.
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
    """Fill the edges that are as `seen` with at most `depth` posts in all, from the post id `down_to` on.

    The edges share one watermark, so they should be of one reader or of one author. Returns how many entries each
    reader was given. The caller has the feeds trimmed (tasks/trimming.py).
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
    """Make pulled edges pushed, except those of celebrities and those of dormant readers.

    An account that becomes a celebrity is marked first, then its pushed edges are raised; so is a reader who becomes
    dormant. An edge that was pulled at that moment and is lowered afterwards would be missed, so both are asked again.
    """
    pushable = await _pushable(storage, edges)
    if not pushable:
        return Counter()
    written = await materialise(storage, [edge.id for edge in pushable], seen=NEVER, down_to=down_to, depth=depth)
    still = {edge.id for edge in await _pushable(storage, pushable)}
    raised = [edge for edge in pushable if edge.id not in still]
    if raised:
        await storage.feed.edges.stop_pushing([edge.id for edge in raised])
        # Unless they may be pushed once more, after a third move that has passed them.
        written += await push_again(storage, raised, down_to=down_to, depth=depth)
    return written


async def _pushable(storage: Storage, edges: Sequence[Follow]) -> list[Follow]:
    celebrities = await storage.users.celebrities_among({edge.followee for edge in edges})
    dormant = await storage.readers.dormant_among({edge.follower for edge in edges})
    return [edge for edge in edges if edge.followee not in celebrities and edge.follower not in dormant]
