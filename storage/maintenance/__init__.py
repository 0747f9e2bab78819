"""Stores for repairs, recounts and bulk inserts. Workers and commands use them; web processes do not."""

from storage import Storage
from storage.maintenance.act_removal import ActRemoval
from storage.maintenance.audits import Audits
from storage.maintenance.bulk import Bulk
from storage.maintenance.cleaning import Cleaning
from storage.maintenance.counts import Counts
from storage.maintenance.filling import Filling
from storage.maintenance.findable import Findable
from storage.maintenance.folding import Folding
from storage.maintenance.notifying import Notifying
from storage.maintenance.oracle import Oracle
from storage.maintenance.pictures import Pictures
from storage.maintenance.repost_removal import RepostRemoval
from storage.maintenance.rewriting import Rewriting
from storage.maintenance.sums import Sums


class Maintenance:
    """The stores of this room. To add a store, add one line here."""

    def __init__(self, storage: Storage) -> None:
        self.act_removal = ActRemoval(storage.mongo)
        self.audits = Audits(storage.mongo, storage.readers)
        self.oracle = Oracle(storage.mongo, repeat_after=storage.repeat_after)
        self.bulk = Bulk(storage.mongo, storage.ids)
        self.cleaning = Cleaning(storage.mongo, storage.ids)
        self.counts = Counts(storage.mongo)
        self.filling = Filling(storage.mongo)
        self.findable = Findable(storage.mongo)
        self.folding = Folding(storage.mongo)
        self.notifying = Notifying(storage.mongo, storage.users)
        self.sums = Sums(storage.mongo)
        self.pictures = Pictures(storage.mongo, storage.media)
        self.rewriting = Rewriting(storage.mongo)
        self.repost_removal = RepostRemoval(storage.mongo, storage.removals)
