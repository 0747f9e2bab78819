"""Relay's runtime, with the artifacts of its compiler, against a live server."""

import pytest

from tests.clients.conftest import Town
from tests.clients.driving import Drive

# By default Relay cannot read the payload of a removal: its compiler adds PostDeleted.id, which stays for older
# clients. An environment whose getDataID skips removals can read it.
AS_IT_COMES, TOLD_OF_REMOVALS = "all", "removals"


async def test_a_connection_grows_to_the_end_of_the_feed(drive: Drive, town: Town, artifacts: str) -> None:
    assert await drive("relay", "pages", artifacts=artifacts) == town.feed


@pytest.mark.parametrize("identifies", [AS_IT_COMES, TOLD_OF_REMOVALS])
async def test_a_deleted_post_leaves_the_store_and_its_connection(
    drive: Drive, town: Town, artifacts: str, identifies: str
) -> None:
    seen = await drive("relay", "remove", artifacts=artifacts, reader=town.bob.id, identifies=identifies)
    assert seen == {"isAnswered": identifies == TOLD_OF_REMOVALS, "record": None, "edges": [2, 1]}


@pytest.mark.parametrize("identifies", [AS_IT_COMES, TOLD_OF_REMOVALS])
async def test_an_ended_session_leaves_the_store(drive: Drive, artifacts: str, identifies: str) -> None:
    seen = await drive("relay", "endSession", artifacts=artifacts, identifies=identifies)
    assert seen == {"isAnswered": identifies == TOLD_OF_REMOVALS, "record": None}


async def test_a_subscription_puts_each_post_on_top_of_a_connection(drive: Drive, artifacts: str) -> None:
    seen = await drive("relay", "updates", artifacts=artifacts)
    assert seen == {"heard": ["one", "two", "three"], "top": ["three", "two", "one"]}
