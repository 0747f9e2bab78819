"""Stores with some of them replaced."""

from copy import copy
from typing import Any, TypeVar

from storage import Storage
from storage.maintenance import Maintenance

Stores = TypeVar("Stores", Storage, Maintenance)


def with_parts(stores: Stores, **parts: Any) -> Stores:
    """Return a copy in which the named stores are the given ones."""
    changed = copy(stores)
    for name, part in parts.items():
        assert hasattr(stores, name)
        setattr(changed, name, part)
    return changed
