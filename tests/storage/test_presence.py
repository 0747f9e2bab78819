"""Heartbeats of web processes. Each writes its own and reads all, dated by the clock of MongoDB."""

from datetime import UTC, datetime, timedelta

from storage import Storage
from storage.presence import PRESENCE_TTL_S
from tests.commands import Commands
from tests.storage.test_indexes import indexes


async def test_each_process_sees_all_processes_and_their_heartbeats(storage: Storage) -> None:
    for _ in range(2):
        await storage.presence.beat("one", place="here:1", redis="a")
    present = await storage.presence.beat("two", place="here:2", redis="b")
    assert {name: (row.beats, row.place, row.redis) for name, row in present.items()} == {
        "one": (2, "here:1", "a"),
        "two": (1, "here:2", "b"),
    }
    assert present["two"].age_s == present["two"].beat_age_s == 0
    assert present["one"].age_s >= present["one"].beat_age_s >= 0
    await storage.presence.remove("one")
    assert set(await storage.presence.beat("two", place="here:2", redis="b")) == {"two"}


async def test_a_differing_clock_is_measured(storage: Storage) -> None:
    now = datetime.now(UTC)
    row = {"at": now, "began": now, "beats": 1, "place": "there:1", "redis": "a"}
    rows = storage.mongo.collection("presence")
    await rows.insert_one({"_id": "slow", "clock": now - timedelta(seconds=7), **row})
    await rows.insert_one({"_id": "fast", "clock": now + timedelta(seconds=7), **row})
    present = await storage.presence.beat("one", place="here:1", redis="a")
    assert (round(present["slow"].lag_s), round(present["fast"].lag_s)) == (7, -7)


async def test_a_heartbeat_is_one_small_write_that_expires(storage: Storage, commands: Commands) -> None:
    with commands.during() as sent:
        await storage.presence.beat("one", place="here:1", redis="a")
    assert [next(iter(command)) for command in sent] == ["update", "find"]
    assert (await indexes(storage, "presence"))[(("at", 1),)]["expireAfterSeconds"] == PRESENCE_TTL_S
