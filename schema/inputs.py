"""The mutations' inputs."""

from typing import Any

import strawberry

from domain.accounts import MAX_ALIAS, ProfileChange, Registration
from domain.idempotency import MAX_KEY_CHARACTERS
from domain.images import MAX_IMAGE_BYTES, MAX_PIXELS
from domain.names import MAX_NAME
from domain.passwords import MAX_PASSWORD_BYTES, MIN_PASSWORD
from domain.text import MAX_POST_BYTES, MAX_POST_CHARACTERS
from schema.scalars import Upload

ALIAS = f"1 to {MAX_ALIAS} letters (a to z), digits and underscores."
FIRST_NAME = f"1 to {MAX_NAME} characters."
LAST_NAME = f"Up to {MAX_NAME} characters; may be empty."
NEW_PASSWORD = f"At least {MIN_PASSWORD} characters, at most {MAX_PASSWORD_BYTES:,} bytes."
UNCHANGED = "Null or left out, it stays."
IMAGE = (
    f"A JPEG, PNG, WebP or GIF of up to {MAX_IMAGE_BYTES // 1024**2} MiB and {MAX_PIXELS // 10**6} million pixels; "
    "what exceeds a square is cut off on both sides."
)
KEY = (
    f"Of the client's choice, up to {MAX_KEY_CHARACTERS} characters: ASCII letters, digits and signs. "
    "Sent again by the same account within a day, it makes no second post and returns the first."
)


def secret(description: str, **options: Any) -> Any:
    """Return a field whose value no repr shows."""
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
    alias: str = strawberry.field(description="The account's alias, without regard to case.")
    password: str = secret("The account's password.")


@strawberry.input(description="The viewer's password, and another.")
class ChangePasswordInput:
    current_password: str = secret("The password as it is.")
    new_password: str = secret(NEW_PASSWORD)


@strawberry.input(description="Which session to end.")
class EndSessionInput:
    id: strawberry.ID = strawberry.field(description="Of one of the viewer's sessions.")


@strawberry.input(description="What to change of the viewer's account. A field that is left out stays as it is.")
class UpdateProfileInput:
    first_name: str | None = strawberry.field(default=None, description=f"{FIRST_NAME} {UNCHANGED}")
    last_name: str | None = strawberry.field(
        default=None, description=f"{LAST_NAME} {UNCHANGED} An empty text removes it."
    )
    image: Upload | None = strawberry.field(
        default=strawberry.UNSET, description=f"{IMAGE} Null removes the one there is; left out, it stays."
    )

    def change(self) -> ProfileChange:
        return ProfileChange(
            first_name=self.first_name,
            last_name=self.last_name,
            image=self.image.content if self.image else None,
            removes_image=self.image is None,
        )


@strawberry.input(description="A new post.")
class CreatePostInput:
    text: str = strawberry.field(
        description=f"Up to {MAX_POST_CHARACTERS} characters as people count them (graphemes) and {MAX_POST_BYTES:,} "
        "bytes; not blank."
    )
    idempotency_key: str | None = secret(KEY, default=None)


@strawberry.input(description="Which post to delete.")
class DeletePostInput:
    id: strawberry.ID = strawberry.field(description="Of a post of the viewer's.")


@strawberry.input(description="Whom to follow.")
class FollowInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")


@strawberry.input(description="Whom to unfollow.")
class UnfollowInput:
    user_id: strawberry.ID = strawberry.field(description="Of an account.")
