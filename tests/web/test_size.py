"""How much a browser loads before somebody's home feed stands."""

from serving.pages import BUILT, WEB
from tests.lacking import lacking
from tests.node import output_of


def test_the_first_load_is_within_its_budget() -> None:
    """The script fails where it is not."""
    if not (BUILT / "index.html").is_file():
        lacking("web/dist is not built: make web")
    assert "js in all" in output_of(WEB / "build" / "size.js")
