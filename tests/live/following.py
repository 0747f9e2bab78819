"""Follows and unfollows through GraphQL, and the resulting watermarks."""

from typing import Any

from domain.records import User
from tests.client import Client, Someone
from tests.world import World

SEEN = "user { alias followerCount followeeCount isCelebrity isViewer followedByViewer followsViewer }"
FOLLOW = f"""mutation ($user: ID!) {{ follow(input: {{userId: $user}}) {{
    __typename ... on Followed {{ {SEEN} }} ... on Error {{ message }}
}} }}"""
UNFOLLOW = f"""mutation ($user: ID!) {{ unfollow(input: {{userId: $user}}) {{
    __typename ... on Unfollowed {{ {SEEN} }} ... on Error {{ message }}
}} }}"""


async def follow(client: Client, follower: Someone, followee: str) -> Any:
    return (await client(FOLLOW, variables={"user": followee}, token=follower.token))["follow"]


async def unfollow(client: Client, follower: Someone, followee: str) -> Any:
    return (await client(UNFOLLOW, variables={"user": followee}, token=follower.token))["unfollow"]


async def watermarks(world: World, followee: User) -> list[int]:
    edges = world.storage.mongo.collection("follows").find({"followee": followee.id})
    return [edge["push_from"] async for edge in edges]
