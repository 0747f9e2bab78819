"""What a list of posts is shown with: which other posts and which acts of the viewer to read for it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to read, as ids of posts.

    `named` are posts that others answer or quote. `reposted` are those of which to tell if the viewer has reposted
    them, and `acted_on` those of which to tell if the viewer likes or has bookmarked them. `counted` are those of
    which to tell the counts.
    """

    named: frozenset[int] = frozenset()
    reposted: frozenset[int] = frozenset()
    acted_on: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.named or self.reposted or self.acted_on or self.counted)

    @classmethod
    def all_of(cls, several: Sequence["Wanted"]) -> "Wanted":
        """Return all that several want."""
        return cls(
            named=frozenset().union(*(one.named for one in several)),
            reposted=frozenset().union(*(one.reposted for one in several)),
            acted_on=frozenset().union(*(one.acted_on for one in several)),
            counted=frozenset().union(*(one.counted for one in several)),
        )
