"""The mutations' inputs."""

from datetime import datetime
from typing import Any

import strawberry

from domain.accounts import MAX_ALIAS, ProfileChange, Registration
from domain.bios import MAX_BIO, MAX_BIO_BYTES, MAX_BIO_LINES
from domain.idempotency import MAX_KEY_CHARACTERS
from domain.images import MAX_IMAGE_BYTES, MAX_PIXELS
from domain.media import MAX_IN_POST
from domain.names import MAX_NAME
from domain.passwords import MAX_PASSWORD_BYTES, MIN_PASSWORD
from domain.text import MAX_POST_BYTES, MAX_POST_CHARACTERS
from schema.scalars import Upload

ALIAS = f"1 to {MAX_ALIAS} letters (a to z), digits and underscores."
FIRST_NAME = f"1 to {MAX_NAME} characters."
LAST_NAME = f"Up to {MAX_NAME} characters; may be empty."
BIO = f"Up to {MAX_BIO} characters as people count them (graphemes), {MAX_BIO_LINES} lines and {MAX_BIO_BYTES:,} bytes."
NEW_PASSWORD = f"At least {MIN_PASSWORD} characters, at most {MAX_PASSWORD_BYTES:,} bytes."
UNCHANGED = "If null or omitted, it does not change."
IMAGE = (
    f"A JPEG, PNG, WebP or GIF of up to {MAX_IMAGE_BYTES // 1024**2} MiB and {MAX_PIXELS // 10**6} million pixels; "
    "it is cropped to a square at its centre."
)
KEY = (
    f"A key that the client chooses, up to {MAX_KEY_CHARACTERS} characters: ASCII letters, digits and signs. "
    "If the same account sends it again within a day, no second post is made and the first is returned."
)


def secret(description: str, **options: Any) -> Any:
    """Return a field that is left out of the repr."""
    made = strawberry.field(description=description, **options)
    made.repr = False
    return made


@strawberry.input(description="A new account.")
class RegisterInput:
    alias: str = strawberry.field(description=ALIAS)
    first_name: str = strawberry.field(description=FIRST_NAME)
    last_name: str = strawberry.field(description=LAST_NAME)
    password: str = secret(NEW_PASSWORD)
    image: Upload | None = strawberry.field(default=None, description=IMAGE)

    def registration(self) -> Registration:
        return Registration(
            alias=self.alias,
            first_name=self.first_name,
            last_name=self.last_name,
            password=self.password,
            image=self.image.content if self.image else None,
        )


@strawberry.input(description="Who signs in.")
class LoginInput:
    alias: str = strawberry.field(description="The account's alias, in upper or lower case.")
    password: str = secret("The account's password.")


@strawberry.input(description="The viewer's current password and a new one.")
class ChangePasswordInput:
    current_password: str = secret("The current password.")
    new_password: str = secret(NEW_PASSWORD)


@strawberry.input(description="Which session to end.")
class EndSessionInput:
    id: strawberry.ID = strawberry.field(description="The id of one of the viewer's sessions.")


@strawberry.input(description="Changes to the viewer's account. An omitted field does not change.")
class UpdateProfileInput:
    first_name: str | None = strawberry.field(default=None, description=f"{FIRST_NAME} {UNCHANGED}")
    last_name: str | None = strawberry.field(
        default=None, description=f"{LAST_NAME} {UNCHANGED} An empty text removes it."
    )
    bio: str | None = strawberry.field(default=None, description=f"{BIO} {UNCHANGED} An empty text removes it.")
    image: Upload | None = strawberry.field(
        default=strawberry.UNSET, description=f"{IMAGE} Null removes the current image. If omitted, it does not change."
    )

    def change(self) -> ProfileChange:
        return ProfileChange(
            first_name=self.first_name,
            last_name=self.last_name,
            bio=self.bio,
            image=self.image.content if self.image else None,
            removes_image=self.image is None,
        )


@strawberry.input(description="A new post.")
class CreatePostInput:
    text: str = strawberry.field(
        description=f"Up to {MAX_POST_CHARACTERS} characters as people count them (graphemes) and {MAX_POST_BYTES:,} "
        "bytes; blank only if the post quotes another one or has pictures."
    )
    reply_to: strawberry.ID | None = strawberry.field(default=None, description="The post that this one answers.")
    quote: strawberry.ID | None = strawberry.field(default=None, description="The post that is quoted.")
    media: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description=f"Up to {MAX_IN_POST} pictures that the viewer has uploaded within a day, in their order. Each "
        "stands in one post.",
    )
    idempotency_key: str | None = secret(KEY, default=None)


@strawberry.input(description="Which post to delete.")
class DeletePostInput:
    id: strawberry.ID = strawberry.field(description="The id of one of the viewer's posts.")


@strawberry.input(description="Which post to repost.")
class RepostInput:
    post_id: strawberry.ID = strawberry.field(description="Of a post, also of the viewer's own.")


@strawberry.input(description="Which repost to take back.")
class UndoRepostInput:
    post_id: strawberry.ID = strawberry.field(description="Of the post that the viewer has reposted.")


@strawberry.input(description="Which post to like.")
class LikeInput:
    post_id: strawberry.ID = strawberry.field(description="Of a post, also of the viewer's own.")


@strawberry.input(description="Which post to like no longer.")
class UnlikeInput:
    post_id: strawberry.ID = strawberry.field(description="Of a post.")


@strawberry.input(description="Which post to bookmark.")
class BookmarkInput:
    post_id: strawberry.ID = strawberry.field(description="Of a post, also of the viewer's own.")


@strawberry.input(description="Which bookmark to remove.")
class RemoveBookmarkInput:
    post_id: strawberry.ID = strawberry.field(description="Of the post that the viewer has bookmarked.")


@strawberry.input(description="How far a list was read.")
class MarkReadInput:
    cursor: str = strawberry.field(
        description="A cursor of the list that was read. It goes forward only. A cursor of another list is "
        "BAD_USER_INPUT."
    )


@strawberry.input(description="Whom to follow.")
class FollowInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="Whom to unfollow.")
class UnfollowInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="What to change of a follow.")
class UpdateFollowInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account that the viewer follows.")
    shows_reposts: bool | None = strawberry.field(
        default=None, description=f"Whether the feed has the account's reposts. {UNCHANGED}"
    )
    is_in_feed: bool | None = strawberry.field(
        default=None, description=f"Whether the feed has the account at all. {UNCHANGED}"
    )


@strawberry.input(description="Whom to mute.")
class MuteInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")
    until: datetime | None = strawberry.field(
        default=None,
        description="In the future, within 100 years. The mute ends then, or up to a minute later. Null: until it is "
        "taken back.",
    )


@strawberry.input(description="Whom to mute no longer.")
class UnmuteInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="Whom to block.")
class BlockInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="Whom to block no longer.")
class UnblockInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="Up to which marker the viewer has read.")
class MarkNotificationsReadInput:
    marker: str = strawberry.field(description="The readMarker of the answer that was shown.")
