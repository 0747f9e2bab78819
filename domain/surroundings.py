"""What a list of posts is shown with: which other posts and which acts of the viewer to read for it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to read, as ids of posts.

    `named` are posts that others answer or quote. `reposted` are those of which to tell if the viewer has reposted
    them.
    """

    named: frozenset[int] = frozenset()
    reposted: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.named or self.reposted)

    @classmethod
    def all_of(cls, several: Sequence["Wanted"]) -> "Wanted":
        """Return all that several want."""
        return cls(
            named=frozenset().union(*(one.named for one in several)),
            reposted=frozenset().union(*(one.reposted for one in several)),
        )
