"""A text is parsed and validated once, and its answers are the same as without the cache."""

import gc
from functools import partial
from weakref import ref

import pytest
import strawberry
from graphql import ASTValidationRule, DocumentNode, GraphQLError
from hypothesis import given
from hypothesis import strategies as st
from strawberry.extensions import AddValidationRules, MaxTokensLimiter

from schema.build import DOCUMENTS
from schema.execution.documents import Documents, Known, KnownDocuments, _kept, memory_of
from tests.client import Client

SELECTIONS = ["name", "sister { name }", "...on Cat { name }", "...f", "unknown", "sister", "name @skip(if: $no)", "{"]


@strawberry.type
class Cat:
    name: str = "Ida"

    @strawberry.field
    def sister(self) -> "Cat":
        return Cat(name="Eva")


def make_schema(documents: Documents | None, *, rules: tuple[type[ASTValidationRule], ...] = ()) -> strawberry.Schema:
    known = [partial(KnownDocuments, documents)] if documents else []
    limits = [lambda: MaxTokensLimiter(25), lambda: AddValidationRules(list(rules))]
    return strawberry.Schema(Cat, extensions=[*limits, *known])


async def told(schema: strawberry.Schema, text: str) -> tuple[object, list[object]]:
    answer = await schema.execute(text, variable_values={"no": True}, root_value=Cat())
    return answer.data, [error.formatted for error in answer.errors or []]


texts = st.lists(st.sampled_from(SELECTIONS), max_size=6).map(
    lambda parts: "query ($no: Boolean = true) { " + " ".join(parts) + " } fragment f on Cat { name }"
)


@given(st.lists(texts, max_size=12))
async def test_answers_are_the_same_with_and_without_the_cache(asked: list[str]) -> None:
    without, within = make_schema(None), make_schema(Documents(max_documents=2))
    for text in [*asked, *asked]:
        assert await told(within, text) == await told(without, text)


async def test_a_text_is_parsed_and_validated_once() -> None:
    validated = []

    class Watch(ASTValidationRule):
        def enter_document(self, *_: object) -> None:
            validated.append(self.context.document)

    documents = Documents()
    schema = make_schema(documents, rules=(Watch,))
    for _ in range(3):
        assert (await told(schema, "{ name }"))[0] == {"name": "Ida"}
    known = documents.find("{ name }")
    assert known is not None
    assert [id(document) for document in validated] == [id(known.document)]


async def test_an_invalid_document_is_not_cached() -> None:
    documents = Documents()
    schema = make_schema(documents)
    for text in ("{ nobody }", "{", "{ " + "name " * 50 + "}"):
        assert await told(schema, text) == await told(schema, text)
        assert documents.find(text) is None


async def test_a_document_known_by_other_rules_is_validated_again() -> None:
    class NoNames(ASTValidationRule):
        def enter_field(self, *_: object) -> None:
            self.context.report_error(GraphQLError("no names"))

    documents = Documents()
    await told(make_schema(documents), "{ name }")
    assert documents.find("{ name }")
    _, errors = await told(make_schema(documents, rules=(NoNames,)), "{ name }")
    assert errors == [{"message": "no names"}]


@pytest.mark.parametrize("bounds", [{"max_documents": 3}, {"max_characters": 3 * len("{ a0: name }")}])
async def test_the_most_recently_used_documents_are_kept(bounds: dict[str, int]) -> None:
    documents = Documents(**bounds)
    schema = make_schema(documents)
    texts = [f"{{ a{number}: name }}" for number in range(5)]
    for text in [*texts[:3], texts[0], *texts[3:]]:
        await told(schema, text)
    assert [documents.find(text) is not None for text in texts] == [True, False, False, True, True]


@given(st.lists(st.integers(1, 120), min_size=1, max_size=60))
def test_the_cache_is_bounded_in_number_and_in_characters(lengths: list[int]) -> None:
    documents = Documents(max_documents=5, max_characters=100)
    texts = [f"{number:03}" + "x" * length for number, length in enumerate(lengths)]
    for text in texts:
        documents.keep(text, Known(DocumentNode(), (), len(text)))
    kept = [text for text in texts if text in documents]
    assert len(kept) <= 5
    assert sum(map(len, kept)) <= 100
    short_enough = [text for text in texts if len(text) <= 100]
    evicted = short_enough[: len(short_enough) - len(kept)]
    assert [*evicted, *kept] == short_enough, "the last ones are kept"
    if evicted:
        assert sum(max(len(text), 100 // 5) for text in [evicted[-1], *kept]) > 100, "no more than needed are evicted"


async def test_a_text_too_long_for_the_cache_evicts_nothing() -> None:
    documents = Documents(max_characters=100)
    schema = make_schema(documents)
    await told(schema, "{ name }")
    assert (await told(schema, "{ name }" + " " * 100))[0] == {"name": "Ida"}
    assert documents.find("{ name }")
    assert documents.find("{ name }" + " " * 100) is None


async def test_the_server_neither_parses_nor_validates_a_known_document(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await client("{ viewer { id } __typename }")
    for step in ("parse", "validate_document"):
        monkeypatch.setattr(f"strawberry.schema.schema.{step}", None)
    assert await client("{ viewer { id } __typename }") == first
    assert (await client.ask("{ viewer { id } other: __typename }")).codes, "a text it does not know"


async def test_values_kept_on_a_document_are_freed_with_it(client: Client) -> None:
    """The document was priced and compiled."""
    text = '{ user(alias: "nobody") { id alias } __schema { queryType { name } } }'
    await client(text)
    known = DOCUMENTS.find(text)
    assert known is not None
    assert memory_of(known.document).keys() >= {"prices", "compiled"}
    number, document = len(_kept), ref(known.document)
    del DOCUMENTS._known[text]
    del known
    gc.collect()
    assert document() is None, "something that is kept refers to the document"
    assert len(_kept) < number
