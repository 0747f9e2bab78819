"""Cuts the follow edges that a dead process has left beside a block. Reads hide the accounts even before that."""

from storage.block_cuts import Block
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_LIMIT = 1_000  # blocks


@task("block.cut")
async def cut_edges(services: TaskServices, reader: int, other: int) -> list[Message]:
    """Delete the edges between an account and one that it still blocks."""
    storage = services.storage
    sent: list[Message] = []
    for follower, followee in ((reader, other), (other, reader)):
        if not await storage.relations.delete_edge(reader, other, follower=follower, followee=followee):
            continue
        await storage.users.count_follow(follower=follower, followee=followee, by=-1)
        sent += [messages.remove_author_entries(follower, followee), messages.review_celebrity(followee)]
    await storage.block_cuts.finish(Block(reader, other))
    return sent


@task("block.sweep", every_s=60)
async def sweep_blocks(services: TaskServices) -> list[Message]:
    """Find blocks beside which an edge may still stand. The next message continues, if there may be more."""
    due = await services.storage.block_cuts.claim_due(limit=SWEEP_LIMIT)
    sent = [messages.cut_edges(block.reader, block.other) for block in due]
    return [*sent, messages.sweep_blocks()] if len(due) == SWEEP_LIMIT else sent
