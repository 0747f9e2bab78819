"""The query for a reader with up to MAX_MERGED_RANGES followees: one list of all its edges takes the place of three
joins.

A join costs the server as much as reading ten posts, also if it finds nothing. So the posts of pulled accounts, and the
facts that decide about reposts and relations, are joined only if the caller expects any. If there are `authors` to pull
after all, the caller asks again. If facts are needed after all, `storage.feed.facts` reads them.
"""

from functools import lru_cache

from bson.raw_bson import RawBSONDocument

from domain.pages import ReadOrder
from storage.feed import facts, in_flight
from storage.feed.entry_range import end_of_range, entries_of, reader_of
from storage.feed.feed_query import FeedQuery, delivered, pulled, shown, within_bounds
from storage.feed.joins import encoded, join
from storage.mongo import MAX_MERGED_RANGES, Document, Stage
from storage.post_documents import READABLE
from storage.viewpoints import EDGE, join_relations

KEPT = 64  # lists of encoded stages


def of_few_followees(query: FeedQuery, *, is_backlog: bool, pulls: bool, facts_repeat_after: int | None) -> list[Stage]:
    """Return the stages.

    The row says whether there are `too_many_edges`. It has the authors, so that the caller sees if there are any.

    Args:
        query: What is asked for.
        is_backlog: Look for posts in flight from the reader's side.
        pulls: Join the posts of the `authors`.
        facts_repeat_after: Join the facts: the distance in which a repost of the same post is hidden. None: do not.
    """
    at_most, joins_facts = MAX_MERGED_RANGES, facts_repeat_after is not None
    bounds = (in_flight.ACCOUNTS, in_flight.FOLLOWEES, in_flight.FEW, at_most)
    stages: list[Stage] = [
        *reader_of(query.reader, query.span, query.claim),
        entries_of(query.reader, query.span, query.order, most=query.most),
        _edges(query.reader, at_most, EDGE if joins_facts else {"_id": 0, "followee": 1}),
        *_unchanging(query.order, query.most, is_backlog, bounds),
    ]
    if pulls:
        stages.append(pulled(query))
    if facts_repeat_after is not None:
        stages += _posts_of_reposts(pulls, facts_repeat_after, facts.EARLIER)
        stages.append(join_relations(query.reader, "accounts"))
    return [*stages, *_last(pulls, joins_facts)]


def _edges(reader: int, at_most: int, fields: Document) -> Document:
    return join(
        "edges",
        "follows",
        {"$match": {"follower": reader}},
        {"$sort": {"push_from": -1}},  # makes the server use the index that has all these fields
        {"$limit": at_most + 1},
        {"$project": fields | {"push_from": 1}},
    )


@lru_cache(KEPT)
def _unchanging(
    order: ReadOrder, most: int, is_backlog: bool, bounds: tuple[int, int, int, int]
) -> tuple[RawBSONDocument, ...]:
    """Return the stages that are the same for all readers and spans. Building them takes longer than sending them."""
    is_pulled = {"$filter": {"input": "$edges", "cond": {"$gt": ["$$this.push_from", "$pushed_until"]}}}
    followees_pulled = {"$map": {"input": is_pulled, "in": "$$this.followee"}}
    *_, at_most = bounds
    return encoded(
        [
            *end_of_range(order, most=most),
            *(in_flight.among_edges() if is_backlog else in_flight.among_accounts_of_edges()),
            {"$set": {"authors": {"$setUnion": ["$followed_in_flight", followees_pulled]}}},
            {"$set": {"too_many_edges": {"$gt": [{"$size": "$edges"}, at_most]}}},
            *within_bounds([{"$not": "$too_many_edges"}]),
            delivered(),
        ]
    )


@lru_cache(KEPT)
def _posts_of_reposts(pulls: bool, repeat_after: int, earlier: int) -> tuple[RawBSONDocument, ...]:
    """Return the stages that join the reposted posts and earlier reposts of them, and list the accounts that decide."""
    sources = ["$delivered", *(["$pulled"] if pulls else [])]
    rows = {"$concatArrays": sources}
    is_repost = {"$gt": ["$$this.repost_of", None]}
    within = {"$and": [{"$gte": ["$_id", "$$from"]}, {"$lt": ["$_id", "$$until"]}]}
    window = {
        "from": {"$subtract": [{"$min": "$reposts._id"}, repeat_after]},
        "until": {"$max": "$reposts._id"},
    }
    named = [f"{source}.{field}" for source in sources for field in facts.NAMED]
    reposters = {"$setIntersection": ["$earlier.author", "$edges.followee"]}
    return encoded(
        [
            {"$set": {"reposts": {"$filter": {"input": rows, "cond": is_repost}}}},
            join("originals", "posts", {"$project": READABLE}, on=("reposts.repost_of", "_id")),
            join(
                "earlier",
                "posts",
                {"$match": {"$expr": within}},
                {"$limit": earlier + 1},
                {"$project": facts.REPOST},
                on=("reposts.repost_of", "repost_of"),
                let=window,
            ),
            {"$set": {"accounts": {"$setUnion": [*named, "$originals.reply_to_author", reposters]}}},
        ]
    )


@lru_cache(KEPT)
def _last(pulls: bool, joins_facts: bool) -> tuple[RawBSONDocument, ...]:
    names = ["authors", "too_many_edges"]
    if pulls:
        names.append("pulled")
    if joins_facts:
        names += ["originals", "earlier", "edges", "relations"]
    return encoded([{"$set": {"followees": "$edges.followee"}}, shown(*names)])
