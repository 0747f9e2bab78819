"""What the queries of `storage.feed.many_followees` and `storage.feed.few_followees` share."""

from dataclasses import dataclass

from domain.pages import ReadOrder
from storage.feed.entry_range import posts_of_range
from storage.feed.joins import join
from storage.feed.spans import Span
from storage.mongo import Document
from storage.post_documents import FEED_ROW
from storage.session_claims import SessionClaim

SLACK = 5  # additional rows to read of each source, since some may be stale or hidden


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """A query for the first `wanted` events of a span, or some more. About `hidden` rows among them are not shown.

    With a `claim`, it also reads the session, so that the claim can be checked.
    """

    reader: int
    span: Span
    order: ReadOrder
    wanted: int
    hidden: int = 0
    claim: SessionClaim | None = None

    @property
    def most(self) -> int:
        """How many rows each source returns at most."""
        return self.wanted + self.hidden + SLACK


def pulled(query: FeedQuery) -> Document:
    """Return the stage that joins the first posts of the `authors` in the range."""
    return join(
        "pulled",
        "posts",
        {"$match": posts_of_range(query.span, query.order)},
        {"$sort": {"_id": query.order.value}},
        {"$limit": query.most},
        {"$project": FEED_ROW},
        on=("authors", "author"),
        let={"end": "$end"},
    )


def delivered() -> Document:
    """Return the stage that joins the posts of the entries."""
    return join("delivered", "posts", {"$project": FEED_ROW}, on=("entries.post", "_id"))


def within_bounds(conditions: list[Document | str]) -> list[Document]:
    """Return the stages that set whether all conditions hold. If not, the lists of what is joined next are emptied."""
    all_have_posts = {"$eq": [{"$size": "$entries.post"}, {"$size": "$entries"}]}
    return [
        {"$set": {"is_within_bounds": {"$and": [all_have_posts, "$is_known", *conditions]}}},
        {"$set": {name: {"$cond": ["$is_within_bounds", f"${name}", []]} for name in ("authors", "entries")}},
    ]


def shown(*names: str) -> Document:
    """Return the last stage."""
    both = ("floor", "has_relations", "end", "is_known", "is_backlog", "is_within_bounds", "delivered", "followees")
    return {"$project": dict.fromkeys((*both, "sessions", *names), 1)}
