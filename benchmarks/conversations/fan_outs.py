"""Fan-outs of posts and of reposts to the same followers."""

from collections.abc import Awaitable, Callable
from functools import partial
from time import process_time

from benchmarks.alternating import alternate
from benchmarks.conversations.costs import Cost, cost_of
from benchmarks.processes import cpu_seconds
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services, seed_stars
from launch.embedded import Say
from tasks import messages
from tasks.cores import run_all
from tasks.services import TaskServices

FOLLOWERS = 10_000
POST, REPOST = "a post", "a repost"
FAN_OUTS = 3  # of a round


async def measure_fan_outs(stack: Stack, rounds: int, say: Say) -> dict[str, list[Cost]]:
    settings = settings_for(stack, "fan_outs", redis_database=2, celebrity_threshold=2 * FOLLOWERS)
    say(f"seeding a star with {FOLLOWERS:,} followers")
    await seed_stars(settings, star=FOLLOWERS)
    async with quiet_services(settings) as services:
        star = await services.storage.users.find_by_alias("star")
        assert star is not None
        acts: dict[str, Callable[[], Awaitable[None]]] = {
            POST: partial(_post, services, star.id),
            REPOST: partial(_repost, services, star.id),
        }
        contestants = {
            name: partial(
                cost_of,
                act,
                mongod=partial(cpu_seconds, stack.mongod),
                process=process_time,
                most=FAN_OUTS,
                longest_s=10.0,
            )
            for name, act in acts.items()
        }
        return await alternate(contestants, rounds=rounds, say=lambda text: say(text[-20:]))


async def _post(services: TaskServices, star: int) -> None:
    post = await services.storage.posts.insert_post(star, "to everybody")
    await run_all(services, [messages.start_fan_out(post.id)])


async def _repost(services: TaskServices, star: int) -> None:
    stranger = services.storage.users.draw_id()
    post = await services.storage.posts.insert_post(stranger, "without followers")
    made = await services.storage.reposts.repost(star, post)
    assert made is not None
    await run_all(services, [messages.start_fan_out(made.id)])
