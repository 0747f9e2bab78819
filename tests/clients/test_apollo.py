"""Apollo Client, configured by its documentation, against a live server."""

from schema.global_ids import IdKind, encode
from tests.clients.conftest import Town
from tests.clients.driving import Drive

THREE = ["one", "two", "three"]


async def test_apollo_pages_through_a_feed_to_its_end(drive: Drive, town: Town) -> None:
    assert await drive("apollo", "pages") == town.feed


async def test_a_mutation_updates_apollos_cache(drive: Drive) -> None:
    assert await drive("apollo", "follow", stranger="eve", unknownUser=encode(IdKind.USER, 7)) == {
        "before": [False, 0],
        "answer": "Followed",
        "after": [True, 1],
        "unknown": {"__typename": "UserNotFound", "message": "There is no such account."},
        "malformed": ["BAD_USER_INPUT"],
    }


async def test_a_deleted_post_is_evicted_by_the_id_in_the_answer(drive: Drive) -> None:
    assert await drive("apollo", "remove") == {"before": 2, "deleted": "mine", "kept": 1}


async def test_a_websocket_brings_each_post(drive: Drive) -> None:
    assert await drive("apollo", "websocket") == THREE


async def test_a_multipart_response_brings_each_post(drive: Drive) -> None:
    seen = await drive("apollo", "multipart")
    assert seen["texts"] == THREE
    assert seen["type"].startswith("multipart/mixed")


async def test_apollo_stops_persisted_queries_after_one_refusal(drive: Drive) -> None:
    seen = await drive("apollo", "persisted")
    hash_alone, text_alone = {"hasText": False, "hasHash": True}, {"hasText": True, "hasHash": False}
    assert seen["answers"] == ["viewer", "feed"] * 3
    assert seen["requests"] == [hash_alone, *[text_alone] * 6]


async def test_apollo_may_send_its_name(drive: Drive) -> None:
    assert await drive("apollo", "awareness") == {"viewer": "bob", "sent": ["reader", "1.2.3"]}
