"""A graph file is read completely or refused with one line that gives the place and the reason."""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from seeding.command import seed
from seeding.graph_file import BadGraph, read_graph

GOOD = "follower\tfollowee\n1\t2\n2\t1\n1\t2\n"


@pytest.mark.parametrize("text", [GOOD, GOOD.removesuffix("\n"), GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD])
def test_a_repeated_row_is_one_follow(tmp_path: Path, text: str) -> None:
    file = tmp_path / "graph.tsv"
    file.write_bytes(text.encode())

    assert read_graph(file) == [(1, 2), (2, 1)]


@pytest.mark.parametrize("name", ["graph.tsv.gz", "graph.tsv"])
def test_gzip_is_also_detected_by_content(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(gzip.compress(GOOD.encode()))

    assert read_graph(file) == [(1, 2), (2, 1)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty; expected the header"),
        (b"follower\tfollowee\n", "expected rows below the header"),
        (b"1\t2\n", "line 1: expected the header `follower<TAB>followee`, not '1\\t2'"),
        (b"follower\tfollowee\n1\t2\n1 3\n", "line 3: expected two numbers with a tab between, not '1 3'"),
        (b"follower\tfollowee\n1\t2\n\n", "line 3: expected two numbers"),
        (b"follower\tfollowee\n1\t-2\n", "line 2: expected two numbers"),
        (b"follower\tfollowee\n1\t2\t3\n", "line 2: expected two numbers"),
        (b"follower\tfollowee\n1\t" + b"2" * 19 + b"\n", "line 2: expected two numbers"),
        ("follower\tfollowee\n1\t٣\n".encode(), "line 2: expected two numbers"),
        (b"follower\tfollowee\n\xff\xfe\n", "line 2: expected two numbers"),
        (b"follower\tfollowee\n1\t2\n7\t7\n", "line 3: expected two different accounts; 7 cannot follow itself"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], "its gzip data is damaged or cut short"),
        (b"\x1f\x8b nonsense", "its gzip data is damaged or cut short"),
    ],
)
def test_a_malformed_graph_is_refused_with_its_line_and_the_expected_format(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    file = tmp_path / "graph.tsv"
    file.write_bytes(content)

    with pytest.raises(BadGraph) as refusal:
        read_graph(file)

    message = str(refusal.value)
    assert message.startswith(str(file))
    assert problem in message
    assert "\n" not in message


def test_plain_text_under_a_gzip_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "graph.tsv.gz"
    file.write_text(GOOD)

    with pytest.raises(BadGraph, match="gzip data is damaged"):
        read_graph(file)


@pytest.mark.parametrize("name", ["missing.tsv", "."])
def test_an_unreadable_file_is_named_and_no_server_is_started(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["tweeter", "seed", "graph", str(tmp_path / name)])

    with pytest.raises(SystemExit) as exit:
        cli.main()

    assert exit.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"tweeter: {tmp_path / name}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("alias", ["", "no spaces", "x" * 31, "fan7", "FAN1"])
def test_an_alias_that_cannot_be_followed_is_refused(alias: str) -> None:
    result = CliRunner().invoke(seed, ["star", "--followers", "3", "--alias", alias])

    assert result.exit_code == 2
    assert "--alias" in result.output
