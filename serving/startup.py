"""The progress of a web process's start."""

import asyncio
from dataclasses import dataclass, field

from resolvers.services import Services
from serving.http_errors import NotReady


@dataclass(slots=True)
class Startup:
    """The state of a start. `services` is set when they are open, and `prepared` when the indexes are made."""

    services: Services | None = None
    prepared: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def prepared_services(self) -> Services | None:
        return self.services if self.prepared.is_set() else None

    def require_services(self) -> Services:
        """Return the services if requests can be served.

        Raises:
            NotReady: MongoDB has not answered once since the start.
        """
        if (services := self.prepared_services) is None:
            raise NotReady
        return services
