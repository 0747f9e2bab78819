"""`make docs`: writes the table of settings, derived from `settings.py`, into docs/configuration.md."""

from pathlib import Path

from settings import Settings

HEAD = "| variable | default | meaning |\n|---|---|---|\n"
PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"


def settings_table() -> str:
    """Return a row for each setting, in the order of `Settings`."""
    rows = (
        f"| `{name.upper()}` | {str(setting.default) or 'empty'} | {setting.description} |\n"
        for name, setting in Settings.model_fields.items()
    )
    return HEAD + "".join(rows)


def find_table(text: str) -> str:
    """Return the table of a page: its head and the rows that follow."""
    _, head, rest = text.partition(HEAD)
    lines = rest.splitlines(keepends=True)
    last = next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return head + "".join(lines[:last])


def write_table(page: Path = PAGE) -> None:
    """Replace the table of the page.

    Raises:
        ValueError: The page has no table.
    """
    text = page.read_text()
    if HEAD not in text:
        raise ValueError(f"{page} has no table of settings: put its two head lines back")
    page.write_text(text.replace(find_table(text), settings_table()))


if __name__ == "__main__":
    write_table()
