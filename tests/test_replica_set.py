from pathlib import Path

from pymongo import MongoClient

from tests.replica_set import start_replica_set
from tests.waiting import wait_for


def test_a_replica_set_replaces_its_primary_without_losing_a_write(tmp_path: Path) -> None:
    replicas = start_replica_set(tmp_path)
    with MongoClient[dict[str, int]](replicas.url, w="majority", heartbeatFrequencyMS=500) as client:
        client.tests.numbers.insert_one({"_id": 1})
        lost = replicas.primary()
        assert lost is not None
        lost.kill()
        client.tests.numbers.insert_one({"_id": 2})
        assert replicas.primary() not in (None, lost)

        revived = replicas.restart(lost)
        assert revived.url == lost.url
        wait_for(lambda: len(client.secondaries) == 2)
        assert sorted(each["_id"] for each in client.tests.numbers.find()) == [1, 2]
    replicas.stop()
    assert [server.poll() for server in replicas.servers] == [0, 0, 0]
