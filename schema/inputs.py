"""The mutations' inputs."""

from dataclasses import field
from typing import Any

import strawberry

from domain.accounts import ProfileChange, Registration
from domain.idempotency import MAX_KEY_CHARACTERS
from domain.images import MAX_IMAGE_BYTES, MAX_PIXELS
from schema.scalars import Upload

IMAGE = (
    f"A JPEG, PNG, WebP or GIF of up to {MAX_IMAGE_BYTES // 1024**2} MiB and {MAX_PIXELS // 10**6} million pixels; "
    "what exceeds a square is cut off on both sides."
)
KEY = (
    f"Of the client's choice, up to {MAX_KEY_CHARACTERS} characters: ASCII letters, digits and signs. "
    "Sent again by the same account within a day, it makes no second post and returns the first."
)


def unshown(described: Any) -> Any:
    """The field, left out of its input's repr. `strawberry.field` has no argument for it."""
    described.repr = False
    return described


@strawberry.input
class RegisterInput:
    alias: str
    first_name: str
    last_name: str
    password: str = field(repr=False)
    image: Upload | None = strawberry.field(default=None, description=IMAGE)

    def registration(self) -> Registration:
        return Registration(
            alias=self.alias,
            first_name=self.first_name,
            last_name=self.last_name,
            password=self.password,
            image=self.image.content if self.image else None,
        )


@strawberry.input
class LoginInput:
    alias: str
    password: str = field(repr=False)


@strawberry.input
class ChangePasswordInput:
    current_password: str = field(repr=False)
    new_password: str = field(repr=False)


@strawberry.input
class EndSessionInput:
    id: strawberry.ID


@strawberry.input
class UpdateProfileInput:
    first_name: str | None = None
    last_name: str | None = None
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


@strawberry.input
class CreatePostInput:
    text: str
    idempotency_key: str | None = unshown(strawberry.field(default=None, description=KEY))


@strawberry.input
class DeletePostInput:
    id: strawberry.ID


@strawberry.input
class FollowInput:
    user_id: strawberry.ID


@strawberry.input
class UnfollowInput:
    user_id: strawberry.ID
