"""What a document of `posts` counts for: a reply for its parent and its author, a repost for its original, and so on.

A count is a sum that is stored with the target, and what was not added to it yet. A new document names its targets in
`uncounted`. A task adds it to their sums, and takes `uncounted` off, in one transaction. If a document without
`uncounted` is deleted, the same transaction inserts an act without a user: `{kind, post: target, d: -1}`.
"""

from collections.abc import Iterator

from storage.mongo import ClientSession, Collection, Document

POST = "post"  # for its author
REPLY = "reply"
REPOST = "repost"
QUOTE = "quote"
FIELDS = {REPLY: "reply_to", REPOST: "repost_of", QUOTE: "quote"}  # each names the target
COUNTING = dict.fromkeys(("author", "uncounted", *FIELDS.values()), 1)  # the fields that `counts_for` reads


def author_target(author: int) -> int:
    """Return the account as a target. It is negative: a post may have the same id."""
    return -author


def counts_for(document: Document) -> Iterator[tuple[str, int]]:
    """Yield what the post or repost counts as, each with its target."""
    if document.get("repost_of") is None:
        yield POST, author_target(document["author"])
    for kind, field in FIELDS.items():
        if document.get(field) is not None:
            yield kind, document[field]


def targets_of(document: Document) -> list[int]:
    return sorted({target for _, target in counts_for(document)})


async def take_from_counts(acts: Collection, deleted: Document, *, within: ClientSession) -> None:
    """Take the deleted post or repost from the counts, in the transaction of its deletion. It has all of COUNTING."""
    if not deleted.get("uncounted"):
        taken = [{"kind": kind, "post": target, "d": -1} for kind, target in counts_for(deleted)]
        await acts.insert_many(taken, session=within)
