"""The mutations' inputs."""

from dataclasses import field

import strawberry

from domain.accounts import Registration


@strawberry.input
class RegisterInput:
    alias: str
    first_name: str
    last_name: str
    password: str = field(repr=False)

    def registration(self) -> Registration:
        return Registration(
            alias=self.alias, first_name=self.first_name, last_name=self.last_name, password=self.password
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


@strawberry.input
class CreatePostInput:
    text: str


@strawberry.input
class DeletePostInput:
    id: strawberry.ID


@strawberry.input
class FollowInput:
    user_id: strawberry.ID


@strawberry.input
class UnfollowInput:
    user_id: strawberry.ID
