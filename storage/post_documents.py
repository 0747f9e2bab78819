"""The documents of the collection `posts`: posts, and reposts of them.

A repost has `repost_of` and no text. It is fanned out, pulled and cleaned up as a post is. Its id names its place in
feeds, and no post: what looks a post up by its id adds NO_REPOST.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.notifications import notified_by
from domain.records import MAX_PATH, Media, Post
from domain.segments import cut_segments, tags_in
from domain.threads import StoryKind
from domain.words import post_words
from storage.buckets import bucket_of
from storage.counted import targets_of
from storage.mongo import Document

NO_REPOST: Document = {"repost_of": None}  # also matches documents without the field
# For all readers. Only the author sees the state of the delivery.
READABLE = dict.fromkeys(
    ("author", "text", "reply_to", "reply_to_author", "root", "path", "quote", "quote_author", "media"), 1
)
VISIBLE = READABLE | dict.fromkeys(("in_flight", "targets", "delivered", "completed_at"), 1)
# The field `kind`, by which a story is read. Posts that answer nothing do without it, also those of older versions.
KIND_OF = {StoryKind.POST: None, StoryKind.REPLY: "reply", StoryKind.REPOST: "repost"}
FEED_ROW = READABLE | {"repost_of": 1, "original_author": 1}


def new_post(
    number: int,
    *,
    author: int,
    text: str,
    reply_to: Post | None = None,
    quote: Post | None = None,
    mentioned: Sequence[int] = (),
    media: Sequence[Media] = (),
) -> Document:
    """Return a post in flight. What it knows of other posts is set once: they never change, and may be deleted."""
    document = {"_id": number, "author": author, "text": text, **found_by(text), **_in_flight()}
    if reply_to is not None:
        document |= {
            "kind": KIND_OF[StoryKind.REPLY],
            "reply_to": reply_to.id,
            "reply_to_author": reply_to.author,
            "root": reply_to.id if reply_to.root is None else reply_to.root,
            "path": [reply_to.id, *reply_to.path][:MAX_PATH],
        }
    if quote is not None:
        document |= {"quote": quote.id, "quote_author": quote.author}
    if media:
        document["media"] = [{"id": one.id, **new_media(one)} for one in media]
    if notifies := notified_by(author, reply_to=reply_to, quote=quote, mentioned=mentioned):
        document["notifies"] = notifies
    return document | {"uncounted": targets_of(document)}


def new_repost(number: int, *, author: int, of: Post) -> Document:
    """Return a repost in flight. It notifies the author of the post, unless that is the account itself."""
    document = {
        "_id": number,
        "author": author,
        "kind": KIND_OF[StoryKind.REPOST],
        "repost_of": of.id,
        "original_author": of.author,
        **({} if author == of.author else {"bucket": bucket_of(number, of.id)}),
        **_in_flight(),
    }
    return document | {"uncounted": targets_of(document)}


def found_by(text: str) -> Document:
    """Return the fields by which a post is found: its tags and its words. A post without any has no such field."""
    segments = cut_segments(text)
    found = {"tags": tags_in(segments), "words": post_words(segments)}
    return {name: values for name, values in found.items() if values}


def to_post(document: Document) -> Post:
    return Post(
        id=document["_id"],
        author=document["author"],
        text=document["text"],
        in_flight=document.get("in_flight", False),
        targets=document.get("targets", 0),
        delivered=document.get("delivered", 0),
        completed_at=document.get("completed_at"),
        reply_to=document.get("reply_to"),
        reply_to_author=document.get("reply_to_author"),
        root=document.get("root"),
        path=tuple(document.get("path", ())),
        quote=document.get("quote"),
        quote_author=document.get("quote_author"),
        media=tuple(to_media(one["id"], one) for one in document.get("media", ())),
    )


def new_media(media: Media) -> Document:
    """Return what is stored of a picture beside its id, in its own document and in its post's."""
    return {
        "file": media.file,
        "width": media.width,
        "height": media.height,
        "alt": media.alt,
        "placeholder": media.placeholder,
    }


def to_media(number: int, document: Document) -> Media:
    return Media(
        id=number,
        file=document["file"],
        width=document["width"],
        height=document["height"],
        alt=document["alt"],
        placeholder=bytes(document["placeholder"]),
    )


def _in_flight() -> Document:
    return {"in_flight": True, "sent_at": datetime.now(UTC)}
