"""Joins of one aggregation, for reads that the server does at once."""

from storage.mongo import Document


def join(
    name: str, source: str, *steps: Document, on: tuple[str, str] | None = None, let: Document | None = None
) -> Document:
    """What the steps make of a collection, put under the name; `on`: a field here, and the one there that equals it."""
    lookup: Document = {"from": source, "as": name, "pipeline": list(steps)}
    if on is not None:
        lookup["localField"], lookup["foreignField"] = on
    if let is not None:
        lookup["let"] = let
    return {"$lookup": lookup}


def followees(reader: int, *, limit: int | None = None) -> list[Document]:
    """Whom the reader follows."""
    limited: list[Document] = [{"$limit": limit}] if limit else []
    return [{"$match": {"follower": reader}}, *limited, {"$project": {"_id": 0, "followee": 1}}]
