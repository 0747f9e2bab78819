"""An account with many followers."""

from domain.records import Post
from storage import Storage
from tests.world import World


async def star_with_followers(world: World, number: int) -> tuple[str, list[int]]:
    """Create the star and its followers on pushed edges. Return the star's token and the followers."""
    star = await world.make_user("star")
    fans = [star.id + 1 + place for place in range(number)]
    edges = [{"_id": fan, "follower": fan, "followee": star.id, "push_from": 0} for fan in fans]
    await world.storage.mongo.collection("follows").insert_many(edges)
    token, _ = await world.storage.sessions.create(star.id)
    return token, fans


async def insert_posts_of_star(storage: Storage, number: int) -> list[Post]:
    """Store posts of the star, in flight, and send no message."""
    star = await storage.users.find_by_alias("star")
    assert star is not None
    return [await storage.posts.insert_post(star.id, "hello") for _ in range(number)]
