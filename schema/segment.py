"""The text of a post or a bio, cut into plain text, mentions, links and tags."""

import strawberry

from compat.strawberry.schema import describe_enum_value
from domain import segments
from domain.segments import SegmentKind

strawberry.enum(SegmentKind, description="The kind of a part of a text.")
for value, description in {
    SegmentKind.TEXT: "Plain text.",
    SegmentKind.MENTION: "An alias after an @. The account may not exist.",
    SegmentKind.LINK: "A web address, http or https.",
    SegmentKind.TAG: "A tag after a #.",
}.items():
    describe_enum_value(SegmentKind, value, description)


@strawberry.type(description="A part of a post's text, or of a bio.")
class Segment:
    kind: SegmentKind = strawberry.field(description="The kind of the part.")
    text: str = strawberry.field(description="Exactly the part of the text that this segment covers.")
    alias: str | None = strawberry.field(description="For a mention: the alias, without the @.")
    url: str | None = strawberry.field(description="For a link: the address.")
    tag: str | None = strawberry.field(description="For a tag: the tag as it is written, without the #.")


def segments_of(text: str) -> list[Segment]:
    return [
        Segment(kind=part.kind, text=part.text, alias=part.alias, url=part.url, tag=part.tag)
        for part in segments.cut_segments(text)
    ]
