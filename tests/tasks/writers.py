"""Writers between two steps of a task: people, other tasks, and another run of the same task."""

from collections.abc import Awaitable, Callable

from domain.watermarks import fresh_token
from tasks import messages
from tasks.messages import Message
from tests.tasks.chains import Chain, feeds_are_exact
from tests.tasks.scenes import ANN, BOB, POSTS, READERS, SCENES, YAN, ZOE, repost
from tests.world import World

Writer = Callable[[World, Chain, Message], Awaitable[None]]


async def run_twice(world: World, chain: Chain, message: Message) -> None:
    """Run the task again, as if the broker had delivered the message twice."""
    await world.run_all([message])


async def post(world: World, chain: Chain, message: Message) -> None:
    for author in (YAN, ZOE):
        await world.storage.posts.insert_post(author, "meanwhile")


async def delete(world: World, chain: Chain, message: Message) -> None:
    await world.storage.posts.delete_post(1_006, author=POSTS[1_006])


async def unfollow(world: World, chain: Chain, message: Message) -> None:
    await world.storage.follows.delete_edge(follower=ANN, followee=ZOE)


async def follow_again(world: World, chain: Chain, message: Message) -> None:
    """Unfollow and follow again. The message of the unfollow arrives last."""
    for reader, author in ((ANN, ZOE), (BOB, YAN)):
        await world.storage.follows.delete_edge(follower=reader, followee=author)
        await world.storage.follows.insert_edge(follower=reader, followee=author, push_from=fresh_token())
    await world.run_all([messages.fill_feed(ANN)])
    chain.waiting.append(messages.remove_author_entries(ANN, ZOE))


async def come_back(world: World, chain: Chain, message: Message) -> None:
    """Ann reads her feed after an hour, which wakes her if she is dormant."""
    world.storage.readers._noted.clear()
    if await world.storage.readers.note_read(ANN):
        await world.run_all([messages.wake_reader(ANN)])


async def live(world: World, chain: Chain, message: Message) -> None:
    """Write all of this. Some messages are lost."""
    posts = [await world.storage.posts.insert_post(author, "meanwhile") for author in (YAN, ZOE)]
    await repost(world, YAN, 1_006)
    await repost(world, ZOE, 1_003)
    await world.storage.reposts.undo(ZOE, 1_003)
    await delete(world, chain, message)
    await world.storage.follows.delete_edge(follower=BOB, followee=ZOE)
    await feeds_are_exact(world)
    await come_back(world, chain, message)
    await world.run_all([messages.start_fan_out(posts[0].id), messages.trim_feeds(list(READERS))])


def task_of(scene: str) -> Writer:
    """Run the scene's own task to its end."""

    async def run(world: World, chain: Chain, message: Message) -> None:
        await world.run_all([await SCENES[scene].prepare(world)])

    return run


WRITERS: dict[str, Writer] = {
    writer.__name__: writer for writer in (run_twice, post, delete, unfollow, follow_again, come_back, live)
} | {f"task: {scene}": task_of(scene) for scene in SCENES}
