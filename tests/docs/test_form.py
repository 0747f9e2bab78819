"""The form of the pages: lengths, words and links to each page."""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, Page

README = Page(ROOT / "README.md")
ARCHITECTURE = Page(ROOT / "ARCHITECTURE.md")
GLOSSARY = Page(ROOT / "docs" / "glossary.md")
WORDS = [row.split("|")[1].strip() for row in GLOSSARY.text.splitlines() if row.startswith("| ")][1:]
NOT_CODE = {"docs", "node_modules", "dist", "gql", "results"}
VAGUE = re.compile(r"\b(whoever|whatever|whomever|whichever|nobody|somebody)\b", re.IGNORECASE)


def test_readme_is_short() -> None:
    assert len(README.text.split()) < 900


def test_architecture_is_short() -> None:
    assert len(ARCHITECTURE.text.splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_has_one_title_and_no_vague_actor(page: Page) -> None:
    if page.path.parts[-2] != ".github":
        assert page.text.startswith("# ")
        assert len(re.findall(r"^# ", page.prose, re.MULTILINE)) == 1
    assert not VAGUE.findall(page.prose)


def test_every_page_is_reached_from_readme() -> None:
    reached, waiting = set(), [README.path]
    while waiting:  # ends: each page once
        page = Page(waiting.pop())
        reached.add(page.path)
        targets = [(page.path.parent / link.partition("#")[0]).resolve() for link in page.links if ":" not in link]
        waiting += [target for target in targets if target.suffix == ".md" and target not in {*reached, *waiting}]
    assert {page.path for page in PAGES if ".github" not in page.path.parts} <= reached


def test_every_decision_is_in_the_index() -> None:
    index = Page(ROOT / "docs" / "adr" / "README.md")
    decisions = {path.name for path in index.path.parent.glob("[0-9]*.md")}
    assert decisions == {link for link in index.links if re.match(r"\d", link)}
    assert len(decisions) >= 3


@pytest.fixture(scope="module")
def code() -> str:
    """Return all code that git may track, in lower case, with separators replaced by blanks."""
    files = [
        path
        for room in ROOT.iterdir()
        if room.is_dir() and not room.name.startswith(".") and room.name not in NOT_CODE
        for suffix in ("*.py", "*.ts", "*.tsx")
        for path in room.rglob(suffix)
        if not NOT_CODE.intersection(path.relative_to(ROOT).parts)
    ]
    text = " ".join(path.read_text() for path in files)
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    return re.sub(r"[\W_]+", " ", split)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_glossary_is_used_in_the_code(word: str, code: str) -> None:
    assert re.sub(r"[\W_]+", " ", word.lower()) in code


def test_the_glossary_is_in_order_and_its_words_are_lines() -> None:
    assert len(WORDS) > 40
    assert sorted(WORDS, key=str.lower) == WORDS
    assert all(row.count("|") == 3 and len(row) < 160 for row in GLOSSARY.text.splitlines() if row.startswith("| "))
