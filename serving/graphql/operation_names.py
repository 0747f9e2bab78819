"""Names the operations of registered documents for the metrics. A client cannot add a name."""

import re
from collections.abc import Iterable

MAX_NAMES = 500
OTHER = "other"  # the name of an operation of an unregistered document

_OPERATION = re.compile(r"(?:^|[\s}])(?:query|mutation|subscription)\s+([A-Za-z_]\w*)", re.ASCII)


class OperationNames:
    """The name of the operation of each registered document that has a single one, for up to MAX_NAMES names."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # by the text of the document

    def add(self, texts: Iterable[str]) -> None:
        known = set(self._names.values())
        for text in texts:
            found = _OPERATION.findall(text)
            if len(found) == 1 and (found[0] in known or len(known) < MAX_NAMES):
                known.add(found[0])
                self._names[text] = found[0]

    def find(self, text: str | None) -> str:
        """Return the name of the operation, or OTHER."""
        return self._names.get(text or "", OTHER)
