"""urql against a live server."""

from schema.global_ids import IdKind, encode
from tests.clients.conftest import Town
from tests.clients.driving import Drive

THREE = ["one", "two", "three"]


async def test_server_sent_events_bring_each_post(drive: Drive) -> None:
    assert await drive("urql", "sse") == {"texts": THREE, "type": "text/event-stream"}


async def test_a_websocket_brings_each_post(drive: Drive) -> None:
    assert await drive("urql", "websocket") == THREE


async def test_urql_stops_persisted_queries_after_one_refusal(drive: Drive) -> None:
    seen = await drive("urql", "persisted")
    assert seen["answers"] == ["viewer", "feed"] * 2
    hash_alone, text_alone = {"hasText": False, "hasHash": True}, {"hasText": True, "hasHash": False}
    assert seen["requests"] == [hash_alone, *[text_alone] * 4]


async def test_urqls_normalised_cache_follows_the_answers_of_mutations(drive: Drive, town: Town) -> None:
    own = town.own[0]
    seen = await drive("urql", "graphcache", stranger="eve", ownPost=encode(IdKind.POST, own.id))
    assert seen == {"feed": town.feed, "followed": [False, True], "deleted": ["mine", None]}
