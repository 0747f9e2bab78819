"""Pictures of posts, and their upload."""

from base64 import b64encode
from functools import lru_cache

import strawberry

from domain import records
from domain.images import MAX_PIXELS
from domain.media import MAX_ALT, MAX_ALT_BYTES, MAX_FILE_BYTES, address, sizes_of, srcset
from schema.global_ids import IdKind, encode
from schema.scalars import Upload

KEPT = 2_000  # pictures
ALT = (
    f"What the picture shows, for those who do not see it. Up to {MAX_ALT:,} characters as people count them "
    f"(graphemes) and {MAX_ALT_BYTES:,} bytes."
)


@strawberry.type(description="A picture of a post. Once the post is there, it never changes.")
class Media:
    id: strawberry.ID = strawberry.field(
        description="An opaque id, for `CreatePostInput.media`. It is no id of a node."
    )
    url: str = strawberry.field(
        description="The path on this server of the largest size. The content of a path never changes."
    )
    srcset: str = strawberry.field(description="The same picture in all its sizes, as the srcset of an HTML image.")
    width: int = strawberry.field(description="The width of the largest size, in pixels.")
    height: int = strawberry.field(description="The height of the largest size, in pixels.")
    alt: str = strawberry.field(
        description=f"What the picture shows, for those who do not see it: up to {MAX_ALT:,} characters; may be empty."
    )
    placeholder: str = strawberry.field(
        description="A tiny version of the picture as a data URL, to be drawn blurred until the picture is there."
    )

    @classmethod
    @lru_cache(maxsize=KEPT)
    def of(cls, media: records.Media) -> "Media":
        """Return the object for the picture. Objects are cached, since a post comes by many readers."""
        return cls(
            id=strawberry.ID(encode(IdKind.MEDIA, media.id)),
            url=address(media.file, max(sizes_of(media.width, media.height))),
            srcset=srcset(media.file, media.width, media.height),
            width=media.width,
            height=media.height,
            alt=media.alt,
            placeholder=f"data:image/webp;base64,{b64encode(media.placeholder).decode()}",
        )


@strawberry.type(description="The picture is stored.")
class MediaUploaded:
    media: Media = strawberry.field(
        description="The picture. One post of the viewer can take it within a day; then it is deleted."
    )


@strawberry.type(description="The picture has the description.")
class MediaDescribed:
    media: Media = strawberry.field(description="The picture, which still has no post.")


@strawberry.input(description="A picture for a post.")
class UploadMediaInput:
    file: Upload = strawberry.field(
        description=f"A JPEG, PNG, WebP or GIF of up to {MAX_FILE_BYTES // 1024**2} MiB and {MAX_PIXELS // 10**6} "
        "million pixels. It is turned upright and converted to sRGB; of an animation, the first frame is kept. Its "
        "metadata is dropped."
    )
    alt: str = strawberry.field(default="", description=ALT)


@strawberry.input(description="A new description of a picture.")
class DescribeMediaInput:
    media_id: strawberry.ID = strawberry.field(description="Of a picture of the viewer's that has no post yet.")
    alt: str = strawberry.field(description=f"{ALT} Empty for none.")
