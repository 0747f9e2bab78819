"""Builds `$lookup` stages of an aggregation."""

from collections.abc import Iterable

import bson
from bson.raw_bson import RawBSONDocument

from storage.mongo import Document


def join(
    name: str, source: str, *steps: Document, on: tuple[str, str] | None = None, let: Document | None = None
) -> Document:
    """Return a stage that runs `steps` on the collection `source` and stores the result as `name`.

    `on` is a pair of equal fields: the local one and that of `source`.
    """
    lookup: Document = {"from": source, "as": name, "pipeline": list(steps)}
    if on is not None:
        lookup["localField"], lookup["foreignField"] = on
    if let is not None:
        lookup["let"] = let
    return {"$lookup": lookup}


def followees(reader: int, *, limit: int | None = None) -> list[Document]:
    """Return the stages that list the reader's followees."""
    limited: list[Document] = [{"$limit": limit}] if limit else []
    return [{"$match": {"follower": reader}}, *limited, {"$project": {"_id": 0, "followee": 1}}]


def encoded(stages: Iterable[Document]) -> tuple[RawBSONDocument, ...]:
    """Return the stages in the form in which they are sent, to be kept and used by many commands."""
    return tuple(RawBSONDocument(bson.encode(stage)) for stage in stages)
