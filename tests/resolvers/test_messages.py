"""The messages that each use case sends to the workers. No other test sees them, since a lost one changes no answer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.accounts import ProfileChange, Registration
from domain.acts import ActKind
from domain.callers import Caller
from domain.errors import AliasTaken
from domain.pages import FeedRequest
from domain.policy import FLOOD
from domain.records import Post, Reposting, User
from domain.watermarks import NEVER
from resolvers import accounts, acts, follows, posts, profiles, reposts
from resolvers.context import Context
from resolvers.services import FOLD_EVERY
from storage import Storage
from storage.pictures.files import picture_of
from tasks import messages
from tasks.messages import Message
from tests.contexts import contexts, with_services
from tests.pictures import picture
from tests.world import World
from threads.passwords import PasswordHashing


@dataclass(frozen=True, slots=True)
class Scene:
    world: World
    context: Context  # of Ann
    sent: list[Message]
    ann: User
    bob: User

    async def stored(self, ann: User) -> User:
        found = await self.world.storage.users.find_by_id(ann.id)
        assert found is not None
        return found


@pytest.fixture
async def scene(storage: Storage) -> AsyncIterator[Scene]:
    world, sent = World(storage), list[Message]()
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    with contexts(storage) as make_context:
        context = with_services(replace(await make_context(None, Caller()), viewer=ann.id), send=sent.append)
        yield Scene(world, context, sent, ann, bob)


async def posted(scene: Scene) -> list[Message]:
    post = await posts.create(scene.context, "hello")
    return [messages.start_fan_out(post.id, is_urgent=True)]


async def posted_in_a_flood(scene: Scene) -> list[Message]:
    for _ in range(FLOOD):
        await scene.world.post(scene.ann)
    post = await posts.create(scene.context, "hello")
    return [messages.start_fan_out(post.id, is_urgent=False)]


async def deleted(scene: Scene) -> list[Message]:
    post = await scene.world.post(scene.ann)
    await posts.delete(scene.context, post.id)
    return [
        messages.remove_post_entries(post.id, scene.ann.id),
        messages.remove_reposts(post.id),
        messages.remove_acts(post.id),
    ]


async def liked_often(scene: Scene) -> list[Message]:
    """Web processes have the workers fold after so many writes, so that reads find few of them unfolded."""
    post = await scene.world.post(scene.bob)
    for _ in range(FOLD_EVERY // 2):
        await acts.add(scene.context, ActKind.LIKE, post.id)
        await acts.take_back(scene.context, ActKind.LIKE, post.id)
    await acts.take_back(scene.context, ActKind.LIKE, post.id)
    await acts.add(scene.context, ActKind.BOOKMARK, post.id)
    return [messages.fold_acts()]


async def made(scene: Scene, post: Post) -> Reposting:
    """Return Ann's repost, which exists."""
    reposting = await scene.world.storage.reposts.repost(scene.ann.id, post)
    assert reposting is not None
    return reposting


async def reposted(scene: Scene) -> list[Message]:
    post = await scene.world.post(scene.bob)
    await reposts.repost(scene.context, post.id)
    return [messages.start_fan_out((await made(scene, post)).id, is_urgent=True)]


async def reposted_in_a_flood(scene: Scene) -> list[Message]:
    for _ in range(FLOOD):
        await made(scene, await scene.world.post(scene.bob))
    post = await scene.world.post(scene.bob)
    await reposts.repost(scene.context, post.id)
    return [messages.start_fan_out((await made(scene, post)).id, is_urgent=False)]


async def reposted_again(scene: Scene) -> list[Message]:
    post = await scene.world.post(scene.bob)
    await made(scene, post)
    await reposts.repost(scene.context, post.id)
    return []


async def undone(scene: Scene) -> list[Message]:
    post = await scene.world.post(scene.bob)
    reposting = await made(scene, post)
    await reposts.undo(scene.context, post.id)
    return [messages.remove_post_entries(reposting.id, scene.ann.id)]


async def undone_again(scene: Scene) -> list[Message]:
    await reposts.undo(scene.context, (await scene.world.post(scene.bob)).id)
    return []


async def followed(scene: Scene) -> list[Message]:
    await follows.follow(scene.context, scene.bob.id)
    return [messages.fill_feed(scene.ann.id)]


async def followed_again(scene: Scene) -> list[Message]:
    await scene.world.follow(scene.ann, scene.bob)
    await follows.follow(scene.context, scene.bob.id)
    return []


async def followed_a_celebrity(scene: Scene) -> list[Message]:
    await scene.world.storage.users.set_celebrity(scene.bob.id, True)
    threshold = scene.context.services.policy.celebrity_threshold
    await scene.world.storage.users.count_follow(follower=0, followee=scene.bob.id, by=threshold)
    await follows.follow(scene.context, scene.bob.id)
    return []


async def followed_over_the_line(scene: Scene) -> list[Message]:
    threshold = scene.context.services.policy.celebrity_threshold
    await scene.world.storage.users.count_follow(follower=0, followee=scene.bob.id, by=threshold - 1)
    await follows.follow(scene.context, scene.bob.id)
    return [messages.fill_feed(scene.ann.id), messages.review_celebrity(scene.bob.id)]


async def unfollowed(scene: Scene) -> list[Message]:
    await scene.world.follow(scene.ann, scene.bob)
    await follows.unfollow(scene.context, scene.bob.id)
    return [messages.remove_author_entries(scene.ann.id, scene.bob.id)]


async def unfollowed_nobody(scene: Scene) -> list[Message]:
    await follows.unfollow(scene.context, scene.bob.id)
    return []


async def unfollowed_under_the_line(scene: Scene) -> list[Message]:
    await scene.world.follow(scene.ann, scene.bob, push_from=NEVER)
    await scene.world.storage.users.set_celebrity(scene.bob.id, True)
    await follows.unfollow(scene.context, scene.bob.id)
    return [messages.remove_author_entries(scene.ann.id, scene.bob.id), messages.review_celebrity(scene.bob.id)]


async def another_picture(scene: Scene) -> list[Message]:
    await profiles.update_profile(scene.context, ProfileChange(image=picture()))
    before = (await scene.stored(scene.ann)).image
    assert before is not None
    await profiles.update_profile(scene.context, ProfileChange(image=picture()))
    return [messages.delete_image(before)]


async def no_picture_any_more(scene: Scene) -> list[Message]:
    await profiles.update_profile(scene.context, ProfileChange(image=picture()))
    before = (await scene.stored(scene.ann)).image
    assert before is not None
    await profiles.update_profile(scene.context, ProfileChange(removes_image=True))
    return [messages.delete_image(before)]


async def another_name(scene: Scene) -> list[Message]:
    await profiles.update_profile(scene.context, ProfileChange(first_name="Anna"))
    return []


class Overtaken(PasswordHashing):
    """Another registration takes the alias while the password is hashed."""

    def __init__(self, take: Callable[[], Awaitable[User]]) -> None:
        super().__init__()
        self._take = take

    async def hash(self, password: str) -> str:
        await self._take()
        return await super().hash(password)


async def lost_the_alias(scene: Scene) -> list[Message]:
    passwords = Overtaken(lambda: scene.world.make_user("eve"))
    wanted = Registration(alias="eve", first_name="Eve", last_name="", password="correct horse", image=picture())
    with pytest.raises(AliasTaken):
        await accounts.register(with_services(scene.context, passwords=passwords), wanted)
    passwords.close()
    file = await scene.world.storage.mongo.collection("images.files").find_one({})
    assert file is not None
    return [messages.delete_image(picture_of(file["_id"]))]


async def read(scene: Scene) -> list[Message]:
    await posts.feed(scene.context, FeedRequest(size=5))
    return []


async def read_after_a_long_time(scene: Scene) -> list[Message]:
    long_ago = {"last_read_at": datetime.now(UTC) - timedelta(days=100)}
    await scene.world.storage.mongo.collection("users").update_one({"_id": scene.ann.id}, {"$set": long_ago})
    await scene.world.run(messages.make_dormant(scene.ann.id))
    await posts.feed(scene.context, FeedRequest(size=5))
    return [messages.wake_reader(scene.ann.id)]


USE_CASES: list[Callable[[Scene], Awaitable[Any]]] = [
    *(reposted, reposted_in_a_flood, reposted_again, undone, undone_again),
    *(posted, posted_in_a_flood, deleted, followed, followed_again, followed_a_celebrity, followed_over_the_line),
    *(unfollowed, unfollowed_nobody, unfollowed_under_the_line, another_picture, no_picture_any_more, another_name),
    *(lost_the_alias, read, read_after_a_long_time, liked_often),
]


@pytest.mark.parametrize("use_case", USE_CASES, ids=lambda use_case: use_case.__name__)
async def test_each_use_case_sends_exactly_the_expected_messages(
    scene: Scene, use_case: Callable[[Scene], Awaitable[list[Message]]]
) -> None:
    expected = await use_case(scene)
    assert scene.sent == expected
