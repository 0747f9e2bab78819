"""Adds to the wheel what is no room. Hatchling runs this file to build a wheel, and to install a checkout."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CLIENT = "web/dist"
ALSO = {
    "tweeter.py": "__init__.py",  # of the one folder: docs/adr/0009-one-folder-in-the-wheel.md
    **{name: name for name in ("Procfile", "web/unbuilt.html", "web/closed.html", CLIENT)},
}


class WheelHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a wheel. An installed checkout (`version` is "editable") has them where they are.

        Raises:
            FileNotFoundError: The client is not built.
        """
        if version != "standard":
            return
        if not (Path(self.root) / CLIENT / "index.html").exists():
            raise FileNotFoundError(f"{CLIENT} has no web client, which belongs into the wheel: run `make web` first")
        build_data["force_include"] |= ALSO
