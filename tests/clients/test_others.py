"""Smaller clients on Node against a live server."""

from tests.clients.driving import Drive


async def test_graphql_sse_receives_each_post(drive: Drive) -> None:
    assert await drive("sse", "updates") == ["one", "two", "three"]


async def test_graphql_sse_reads_a_single_answer(drive: Drive) -> None:
    assert await drive("sse", "query") == ["bob"]


async def test_graphql_request_works_by_post_and_get_and_shows_codes(drive: Drive) -> None:
    assert await drive("request", "queries") == {"aliases": ["bob", "bob"], "codes": ["GRAPHQL_VALIDATION_FAILED"]}
