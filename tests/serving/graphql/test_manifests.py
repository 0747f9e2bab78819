"""DOCUMENTS_FILE: the formats of other clients' tools, and the errors that stop the start."""

import json
import os
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

import logs
from app import create_app
from composition.documents import check_documents, persisted_documents_of
from serving.graphql import manifests
from serving.graphql.endpoint import Endpoint
from serving.graphql.manifests import digest_of
from serving.graphql.parameters import Parameters
from serving.graphql.persisted_documents import DocumentRefused
from settings import BadSetting, Settings
from storage import Storage
from tests.client import connected
from tests.contexts import contexts

VIEWER = "query Viewer { viewer { alias } }"
LOGOUT = "mutation Logout { logout }"
OTHER = "{ viewer { id } }"
SETTINGS = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")


def md5_of(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def apollos(**ids: str) -> dict[str, Any]:
    operations = [{"id": name, "body": text, "name": "Any", "type": "query"} for name, text in ids.items()]
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}


# The output of the tools, and the name that their clients send for VIEWER.
FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "plain": ({digest_of(text): text for text in (VIEWER, LOGOUT)}, digest_of(VIEWER)),
    "client preset": ({f"sha256:{digest_of(text)}": text for text in (VIEWER, LOGOUT)}, f"sha256:{digest_of(VIEWER)}"),
    "relay": ({md5_of(text): text for text in (VIEWER, LOGOUT)}, md5_of(VIEWER)),
    "apollo": (apollos(**{digest_of(text): text for text in (VIEWER, LOGOUT)}), digest_of(VIEWER)),
    "apollo with ids of its own": (apollos(**{"Viewer/v2": VIEWER, "logout": LOGOUT}), "Viewer/v2"),
}


@pytest.fixture(autouse=True)
def _logged() -> None:
    logs.configure("info")


def written(directory: Path, content: object, name: str = "documents.json") -> Path:
    file = directory / name
    file.write_text(json.dumps(content))
    return file


def settings_of(*files: Path, documents: str = "any") -> Settings:
    return SETTINGS.replace(documents=documents, documents_file=",".join(map(str, files)))


@pytest.mark.parametrize("documents", ["any", "registered"])
@pytest.mark.parametrize("form", FORMS)
async def test_documents_of_another_client_are_found_by_name_and_by_text(
    storage: Storage, tmp_path: Path, form: str, documents: str
) -> None:
    content, name = FORMS[form]
    registry = persisted_documents_of(settings_of(written(tmp_path, content), documents=documents), built=tmp_path)
    with contexts(storage) as make_context:
        async with connected(Endpoint(make_context, playground=Response, registry=registry)) as http:
            for asked in (
                {"documentId": name},
                {"documentId": f"sha256:{digest_of(VIEWER)}"},
                {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest_of(VIEWER)}}},
                {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": name.removeprefix("sha256:")}}},
                {"query": VIEWER},
            ):
                answer = await http.post("/graphql", json=asked)
                assert answer.json() == {"data": {"viewer": None}}, asked
            other = (await http.post("/graphql", json={"query": OTHER})).json()
            assert ("errors" in other) == (documents == "registered")


async def test_several_files_extend_the_build(tmp_path: Path) -> None:
    written(tmp_path, {digest_of(OTHER): OTHER}, "persisted-documents.json")
    files = [written(tmp_path, {md5_of(text): text}, f"{place}.json") for place, text in enumerate((VIEWER, LOGOUT))]
    registry = persisted_documents_of(settings_of(*files, documents="registered"), built=tmp_path)
    assert not registry.is_empty
    for text in (VIEWER, LOGOUT, OTHER):
        assert registry._texts[digest_of(text)] == text


def test_an_invalid_document_is_left_out_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    wrong = {
        "stale": "{ gone }",
        "broken": "{",
        "deep": "{ viewer {" + " story { edges { node { author {" * 4 + "id" + "}" * 18,
        "number": 5,
        "": OTHER,
        "x" * 129: OTHER,
        "0" * 64: OTHER,
        "sha256:beef": OTHER,
    }
    registry = persisted_documents_of(settings_of(written(tmp_path, wrong | {"fine": VIEWER})), built=tmp_path)
    assert registry._texts.keys() == {"fine", digest_of(VIEWER)}
    refused = [str(record.msg) for record in caplog.records if "documents.refused" in str(record.msg)]
    assert len(refused) == len(wrong)
    assert all(len(line) < 1_000 for line in refused)


def test_the_first_of_two_documents_with_one_name_wins(tmp_path: Path) -> None:
    content = apollos(viewer=VIEWER)
    content["operations"] += apollos(viewer=OTHER, again=VIEWER)["operations"]
    registry = persisted_documents_of(settings_of(written(tmp_path, content)), built=tmp_path)
    assert registry._texts == dict.fromkeys(("viewer", "again", digest_of(VIEWER)), VIEWER)


def too_many() -> dict[str, str]:
    return {str(number): VIEWER for number in range(manifests.MAX_DOCUMENTS + 1)}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[]", "is neither an object of documents by their names nor Apollo's manifest"),
        (b"5", "is neither"),
        (b"{}", "holds no valid document"),
        (b'{"x": "{ gone }"}', "holds no valid document"),
        (json.dumps(apollos() | {"version": 2}).encode(), "another format than apollo-persisted-query-manifest, ver"),
        (json.dumps(apollos() | {"format": "x"}).encode(), "another format"),
        (json.dumps(apollos() | {"operations": {}}).encode(), "another format"),
        (json.dumps(apollos()).encode(), "holds no valid document"),
        (b'{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [5, {}, {"id": []}]}', "no valid"),
        (json.dumps(too_many()).encode(), "holds more than 2,000 documents"),
        (b" " * (manifests.MAX_FILE_BYTES + 1), "is larger than 16 MiB"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start_with_one_line(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "documents.json"
    file.write_bytes(content)
    for start in (lambda: create_app(settings_of(file), built=tmp_path), lambda: check_documents(settings_of(file))):
        with pytest.raises(BadSetting) as raised:
            start()
        assert str(raised.value).startswith(f"DOCUMENTS_FILE: {file} ")
        assert problem in str(raised.value)
        assert "\n" not in str(raised.value)


def test_a_missing_or_unreadable_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^DOCUMENTS_FILE: .*/nowhere.json cannot be read: No such file"):
        check_documents(settings_of(tmp_path / "nowhere.json"))
    with pytest.raises(BadSetting, match=r"^DOCUMENTS_FILE: .* cannot be read: Is a directory"):
        check_documents(settings_of(tmp_path))
    if os.geteuid() != 0:
        file = written(tmp_path, {"x": VIEWER})
        file.chmod(0)
        with pytest.raises(BadSetting, match=r"^DOCUMENTS_FILE: .* cannot be read: Permission denied"):
            check_documents(settings_of(file))


def test_one_name_for_two_documents_stops_the_start(tmp_path: Path) -> None:
    files = [written(tmp_path, {"viewer": text}, f"{place}.json") for place, text in enumerate((VIEWER, OTHER))]
    with pytest.raises(BadSetting, match="has the name 'viewer' of another file for another document"):
        check_documents(settings_of(*files))


@pytest.mark.parametrize("text", [",", "a.json,", " ", ",".join(["a.json"] * 17)])
def test_a_setting_without_file_names_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match="DOCUMENTS_FILE must be one to 16 files with commas between them"):
        Settings.from_environment({"DOCUMENTS_FILE": text})


def test_the_setting_is_passed_on_unchanged() -> None:
    given = settings_of(Path("a.json"), Path("/b c/d.json"))
    assert Settings.from_environment(given.environment()) == given


@pytest.mark.parametrize("form", FORMS)
def test_a_name_may_come_only_with_its_own_text(form: str, tmp_path: Path) -> None:
    manifest, name = FORMS[form]
    (tmp_path / "documents.json").write_text(json.dumps(manifest))
    registry = persisted_documents_of(SETTINGS.replace(documents_file=str(tmp_path / "documents.json")))
    assert registry.text(Parameters.of({"documentId": name, "query": VIEWER})) == VIEWER
    with pytest.raises(DocumentRefused):
        registry.text(Parameters.of({"documentId": name, "query": OTHER}))
