"""The check of the schema against that of the last release."""

from itertools import count
from pathlib import Path

import pytest
from graphql import (
    BreakingChangeType,
    DefinitionNode,
    DocumentNode,
    ObjectTypeDefinitionNode,
    build_schema,
    find_breaking_changes,
    parse,
    print_ast,
)

from scripts.check_schema import breaking_changes, main, problems, release

BASE = """
type Query implements Named { name: String! post(id: ID!, first: Int = 20): Found  by(input: In): Kind }
interface Named { name: String! }
type Post { text: String }
union Found = Post | Gone
type Gone { id: ID }
enum Kind { A B }
input In { id: ID }
directive @once(at: Int) repeatable on FIELD | QUERY
"""
BREAKING = {
    "TYPE_REMOVED": ("type Gone { id: ID }", ""),
    "TYPE_CHANGED_KIND": ("enum Kind { A B }", "scalar Kind"),
    "TYPE_REMOVED_FROM_UNION": ("Post | Gone", "Post"),
    "VALUE_REMOVED_FROM_ENUM": ("{ A B }", "{ A }"),
    "REQUIRED_INPUT_FIELD_ADDED": ("input In { id: ID }", "input In { id: ID text: String! }"),
    "IMPLEMENTED_INTERFACE_REMOVED": ("Query implements Named", "Query"),
    "FIELD_REMOVED": ("{ text: String }", "{ other: String }"),
    "FIELD_CHANGED_KIND": ("{ text: String }", "{ text: Int }"),
    "REQUIRED_ARG_ADDED": ("id: ID!, first", "id: ID!, other: ID!, first"),
    "ARG_REMOVED": ("id: ID!, first: Int = 20", "id: ID!"),
    "ARG_CHANGED_KIND": ("first: Int = 20", "first: Int! = 20"),
    "DIRECTIVE_REMOVED": ("directive @once(at: Int) repeatable on FIELD | QUERY", ""),
    "DIRECTIVE_ARG_REMOVED": ("@once(at: Int)", "@once"),
    "REQUIRED_DIRECTIVE_ARG_ADDED": ("@once(at: Int)", "@once(at: Int, by: Int!)"),
    "DIRECTIVE_REPEATABLE_REMOVED": (" repeatable", ""),
    "DIRECTIVE_LOCATION_REMOVED": ("FIELD | QUERY", "FIELD"),
}
OTHERS = {
    "a default is changed": ("first: Int = 20", "first: Int = 10"),
    "a result may be null": ("{ name: String! post", "{ name: String post"),
}
HARMLESS = {
    "a type is added": ("enum Kind", "type New { id: ID }\nenum Kind"),
    "a field is added": ("{ text: String }", "{ text: String other: Int }"),
    "a result is never null": ("{ text: String }", "{ text: String! }"),
    "an optional argument is added": ("first: Int = 20", "first: Int = 20, after: String"),
    "an optional input field is added": ("input In { id: ID }", "input In { id: ID text: String }"),
    "a member is added": ("Post | Gone", "Post | Gone | Query"),
    "a value is added": ("{ A B }", "{ A B C }"),
    "a field is deprecated": ("text: String }", 'text: String @deprecated(reason: "gone") }'),
    "a description is added": ("enum Kind", '"What it is."\nenum Kind'),
}


def changed(change: tuple[str, str]) -> str:
    before, after = change
    assert BASE.count(before) == 1
    if after == "" and before.startswith("type Gone"):
        return BASE.replace(before, "").replace(" | Gone", "")
    return BASE.replace(before, after)


def test_there_is_an_example_of_each_kind_that_graphql_core_knows() -> None:
    assert BREAKING.keys() == {kind.name for kind in BreakingChangeType}
    for name, change in BREAKING.items():
        found = find_breaking_changes(build_schema(BASE), build_schema(changed(change)))
        assert name in {each.type.name for each in found}


@pytest.mark.parametrize("change", [*BREAKING.values(), *OTHERS.values()], ids=[*BREAKING, *OTHERS])
def test_a_change_that_breaks_clients_is_found(change: tuple[str, str]) -> None:
    assert breaking_changes(BASE, changed(change))


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_an_addition_is_no_problem(change: tuple[str, str]) -> None:
    assert breaking_changes(BASE, changed(change)) == []


def without_fields(document: DocumentNode, number: int) -> tuple[DocumentNode, list[str]]:
    """Return the schema without the field of this number of each type that has more, and the paths of these fields."""
    definitions: list[DefinitionNode] = []
    removed = []
    for definition in document.definitions:
        fields = (definition.fields or ()) if isinstance(definition, ObjectTypeDefinitionNode) else ()
        if isinstance(definition, ObjectTypeDefinitionNode) and number < len(fields) > 1:
            kept = tuple(field for place, field in enumerate(fields) if place != number)
            others = {key: getattr(definition, key) for key in definition.keys if key != "fields"}
            removed.append(f"{definition.name.value}.{fields[number].name.value}")
            definition = ObjectTypeDefinitionNode(**others, fields=kept)
        definitions.append(definition)
    return DocumentNode(definitions=tuple(definitions)), removed


def test_no_field_of_the_schema_can_be_removed_unnoticed(root: Path) -> None:
    present = (root / "schema.graphql").read_text()
    paths: list[str] = []
    for number in count():
        without, removed = without_fields(parse(present), number)
        if not removed:
            break
        found = breaking_changes(present, print_ast(without))
        assert [path for path in removed if f"Field {path} was removed." not in found] == []
        paths += removed
    assert len(paths) > 120


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    write(tmp_path, version="1.2.0", schema=BASE)
    release(tmp_path)
    return tmp_path


def write(tree: Path, *, version: str, schema: str) -> None:
    (tree / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
    (tree / "schema.graphql").write_text(schema)


def test_a_breaking_change_needs_a_reason(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tree) == 0
    write(tree, version="1.2.0", schema=changed(BREAKING["FIELD_REMOVED"]))
    assert main([], tree) == 1
    assert capsys.readouterr().err == "tweeter: the schema breaks clients of 1.2.0: Field Post.text was removed.\n"
    accepted = {"Field Post.text was removed.": "it has always been empty"}
    assert problems(tree, accepted) == []
    write(tree, version="1.2.0", schema=BASE)
    (outdated,) = problems(tree, accepted)
    assert "accepts what is no change" in outdated


def test_a_new_version_needs_its_schema(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = changed(BREAKING["FIELD_REMOVED"])
    write(tree, version="2.0.0", schema=new)
    assert main([], tree) == 1
    assert "--release" in capsys.readouterr().err
    assert main(["--release"], tree) == 0
    assert (tree / "scripts" / "released.graphql").read_text().endswith(new)
    assert main([], tree) == 0
    assert main(["--other"], tree) == 2


def test_the_schema_breaks_no_client_of_the_last_release(root: Path) -> None:
    assert problems(root) == []
