"""Every kept fault can be put into the code, and names tests that exist."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.fault import Against, BadFault, Fault, read_faults
from tests.faults.table import counts, survivors, table
from tests.faults.trial import ROOT, Outcome, Trial, copied

FAULTS = read_faults()
RULES = range(1, 8)  # of ARCHITECTURE
A_FAULT = Fault(
    room="r", name="n", why="w", against=Against.SECURITY, file="code.py", find="x", replace="y", tests=("t",)
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_can_be_put_into_the_code(fault: Fault, tmp_path: Path) -> None:
    (tmp_path / fault.file).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / fault.file, tmp_path / fault.file)
    fault.apply(tmp_path)
    changed = (tmp_path / fault.file).read_text()
    if fault.file.endswith(".py"):
        compile(changed, fault.file, "exec")
    assert all(exists(test) for test in fault.tests)
    assert fault.tests
    assert fault.why


def exists(test: str) -> bool:
    """Whether there is such a path, and in it such a function."""
    path, _, node = test.partition("::")
    function = node.partition("[")[0]
    return (ROOT / path).exists() and (not function or f"def {function}(" in (ROOT / path).read_text())


@pytest.mark.parametrize("find", ["not there", "twice", ""])
def test_a_fault_whose_text_is_not_there_once_is_refused(find: str, tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("twice twice")
    with pytest.raises(BadFault):
        replace(A_FAULT, find=find).apply(tmp_path)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_broken_by_several_faults(rule: int) -> None:
    assert sum(fault.rule == rule for fault in FAULTS) >= 3


def test_a_fault_that_breaks_a_rule_is_against_exactness() -> None:
    breaking = [fault for fault in FAULTS if fault.rule is not None]
    assert all(fault.rule in RULES and fault.against is Against.EXACTNESS for fault in breaking)


@pytest.mark.parametrize("line", ["", 'against = "taste"', 'against = "security"\nbecause = "so"'])
def test_a_fault_says_what_it_is_against(line: str, tmp_path: Path) -> None:
    text = f"""[name]\nwhy = ""\n{line}\nfile = ""\nfind = ""\nreplace = ""\ntests = []"""
    (tmp_path / "room.toml").write_text(text)
    with pytest.raises(BadFault, match="room/name"):
        read_faults(tmp_path)


def test_what_no_test_noticed_is_named_and_counted() -> None:
    trials = [
        Trial(replace(A_FAULT, name="seen", against=Against.EXACTNESS), Outcome.CAUGHT, 1, ""),
        Trial(replace(A_FAULT, name="missed"), Outcome.SURVIVED, 1, ""),
        Trial(replace(A_FAULT, name="endless"), Outcome.HUNG, 1, ""),
    ]
    rows = table(trials, "against", lambda fault: fault.against).splitlines()[1:]
    assert [row.split() for row in rows] == [["exactness", "1", "1"], ["security", "2", "0"], ["in", "all", "3", "1"]]
    said = survivors(trials)
    assert "survived: r/missed" in said
    assert "hung: r/endless" in said
    assert "r/seen" not in said


def test_faults_are_counted_by_room_and_by_what_they_are_against() -> None:
    faults = [A_FAULT, replace(A_FAULT, against=Against.OPERATION), replace(A_FAULT, room="s")]
    rows = [row.strip("|").split("|") for row in counts(faults).splitlines()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["room", "exactness", "security", "operation", "in all"],
        ["---"] * 5,
        ["r", "", "1", "1", "2"],
        ["s", "", "1", "", "1"],
        ["in all", "", "2", "1", "3"],
    ]


def test_a_copy_is_whole_and_its_own() -> None:
    """Links would let a fault, or what Python compiles of it, into the checkout."""
    with copied() as tree:
        for name in ("app.py", "tests/faults/kept/tasks.toml"):
            assert (tree / name).read_bytes() == (ROOT / name).read_bytes()
        assert not [path for path in tree.rglob("*.py*") if path.is_symlink() and "web" not in path.parts]
