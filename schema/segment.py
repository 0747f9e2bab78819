"""A post's text, cut into plain text, mentions and links."""

import strawberry

from domain import segments
from domain.segments import SegmentKind

strawberry.enum(SegmentKind)


@strawberry.type
class Segment:
    kind: SegmentKind
    text: str = strawberry.field(description="Exactly the part of the post's text that this segment covers.")
    alias: str | None = strawberry.field(description="For a mention: the alias, without the @.")
    url: str | None = strawberry.field(description="For a link: where it leads.")


def segments_of(post_text: str) -> list[Segment]:
    return [Segment(kind=part.kind, text=part.text, alias=part.alias, url=part.url) for part in segments.cut(post_text)]
