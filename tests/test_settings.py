"""Settings: the values that variables may have, the errors for others, and the table in the documentation."""

import ast
from pathlib import Path

import pytest
from annotated_types import Ge, Le
from pydantic import ValidationError

from scripts.settings_table import HEAD, PAGE, find_table, settings_table, write_table
from settings import BadSetting, Settings
from tests.bad_settings import refusal_of

UNUSABLE = "Distinctive é/,;:\n"  # as an address, a number, a choice, a name, a token, an origin
ANY_TEXT = {"DATA_DIR", "DOCUMENTS_FILE"}  # a path may have any characters
VARIABLES = [name.upper() for name in Settings.model_fields if name.upper() not in ANY_TEXT]
DATACLASS_FUNCTIONS = ("replace", "asdict", "fields")
NUMBERS = [name for name, setting in Settings.model_fields.items() if setting.annotation is int]


def test_a_setting_without_a_variable_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize("variable", [name.upper() for name in Settings.model_fields])
def test_an_empty_variable_counts_as_unset(variable: str) -> None:
    assert Settings.from_environment({variable: ""}) == Settings()


@pytest.mark.parametrize("variable", VARIABLES)
def test_each_bad_variable_is_one_line_that_names_it_and_shows_no_secret(variable: str) -> None:
    message = refusal_of(variable, UNUSABLE)
    is_secret = not Settings.model_fields[variable.lower()].repr
    assert ("Distinctive" in message) is not is_secret


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_within_its_bounds(name: str) -> None:
    metadata = Settings.model_fields[name].metadata
    low = next(int(str(each.ge)) for each in metadata if isinstance(each, Ge))
    high = next(int(str(each.le)) for each in metadata if isinstance(each, Le))
    for number in (low, high):
        assert getattr(Settings.from_environment({name.upper(): str(number)}), name) == number
    for number in (low - 1, high + 1):
        with pytest.raises(
            BadSetting, match=f"^{name.upper()} must be a whole number from {low} to {high}, not '{number}'$"
        ):
            Settings.from_environment({name.upper(): str(number)})


def test_a_share_is_between_0_and_1() -> None:
    for share in ("0", "0.5", "1"):
        assert Settings.from_environment({"OTEL_TRACES_SAMPLER_ARG": share}).otel_traces_sampler_arg == float(share)
    for share in ("-0.1", "1.1", "nan"):
        with pytest.raises(BadSetting, match=r"^OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not '[-.\w]+'$"):
            Settings.from_environment({"OTEL_TRACES_SAMPLER_ARG": share})


@pytest.mark.parametrize("endpoint", ["http://ann:secret@127.0.0.1:4318", "127.0.0.1:4318", "http://a?token=b"])
def test_an_endpoint_of_traces_holds_no_credentials(endpoint: str) -> None:
    with pytest.raises(BadSetting, match="OTEL_EXPORTER_OTLP_ENDPOINT must be an address without credentials"):
        Settings.from_environment({"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})


def test_all_bad_variables_are_reported_at_once() -> None:
    environment = {"PORT": "eighty", "METRICS_TOKEN": "secret", "HOST": "localhost", "LOG_LEVEL": "loud"}
    with pytest.raises(BadSetting) as raised:
        Settings.from_environment(environment)
    assert str(raised.value).splitlines() == [
        "PORT must be a whole number from 1 to 65535, not 'eighty'",
        "METRICS_TOKEN must be at least 16 letters, digits and - . _ ~ + /",
        "LOG_LEVEL must be debug or info or warning or error, not 'loud'",
    ]


def test_only_variables_in_upper_case_are_read() -> None:
    assert Settings.from_environment({"port": "eighty", "Host": "//"}) == Settings()


def test_the_constructor_does_not_read_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "81")
    assert Settings().port == 8000
    assert Settings.from_environment().port == 81


def test_another_process_reads_the_same_settings() -> None:
    settings = Settings(port=81, metrics_token="x" * 16, data_dir=Path("/a b"), rate_limits="off")
    assert Settings.from_environment(settings.environment({})) == settings


def test_a_copy_has_other_values_and_they_are_checked() -> None:
    settings = Settings(port=81)
    assert settings.replace(port=82) == Settings(port=82)
    assert settings.port == 81
    for wrong in ({"port": 0}, {"prot": 82}, {"redis_url": "amqp://me:Distinctive@host"}):
        with pytest.raises(ValidationError) as raised:
            settings.replace(**wrong)
        assert "Distinctive" not in str(raised.value)


def python_files(root: Path) -> list[Path]:
    """Return our files: those at the top and those of folders that are packages."""
    folders = [folder for folder in root.iterdir() if (folder / "__init__.py").exists()]
    return [*root.glob("*.py"), *(file for folder in folders for file in folder.rglob("*.py"))]


def test_no_file_copies_settings_as_a_dataclass(root: Path) -> None:
    """mypy accepts `dataclasses.replace`, which raises TypeError for a pydantic model."""
    copied = [
        f"{file.relative_to(root)}:{node.lineno}"
        for file in python_files(root)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DATACLASS_FUNCTIONS
        if node.args and "settings" in ast.unparse(node.args[0]).lower()
    ]
    assert not copied, "use Settings.replace"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 81


def test_the_documentation_has_a_row_for_each_setting() -> None:
    assert find_table(PAGE.read_text()) == settings_table(), "docs/configuration.md is stale: run `make docs`"
    assert all(setting.description for setting in Settings.model_fields.values())


def test_writing_the_table_replaces_every_row_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\n{HEAD}| `GONE` | b | c |\n| `GONE` | e | f |\n\nText\n| another | table |\n")
    write_table(page)
    assert page.read_text() == f"# Title\n\n{settings_table()}\nText\n| another | table |\n"
    page.write_text("# Title\n")
    with pytest.raises(ValueError, match="no table of settings"):
        write_table(page)


def test_a_table_is_found_with_all_its_rows_and_nothing_else() -> None:
    rows = "| `A` | b | c |\n| `D` | e | f |\n"
    assert find_table(f"# Title\n\n{HEAD}{rows}\nText\n| another | table |\n") == HEAD + rows
    assert find_table(HEAD + rows) == HEAD + rows
