"""Every kept fault can be put into the code, and names tests that exist."""

import shutil
from pathlib import Path

import pytest

from tests.faults.fault import BadFault, Fault, read_faults
from tests.faults.trial import ROOT

FAULTS = read_faults()


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
    fault = Fault(room="r", name="n", why="w", file="code.py", find=find, replace="x", tests=("t",))
    with pytest.raises(BadFault):
        fault.apply(tmp_path)
