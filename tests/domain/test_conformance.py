"""Links, mentions and tags agree with the cases of twitter-text, except for the listed disagreements."""

import subprocess
import sys

import pytest

from tests.domain.conformance import ANSWERS, Case, read_disagreements, read_suites

SUITES = read_suites()
KNOWN = read_disagreements()
CASES = [case for suite in ANSWERS for case in SUITES[suite]]


def test_every_conformance_suite_is_run_or_listed_as_skipped() -> None:
    assert set(SUITES) == set(ANSWERS) | set(KNOWN.suites_not_run)
    assert not set(ANSWERS) & set(KNOWN.suites_not_run)
    assert len(CASES) == 268


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_passes_unless_its_disagreement_is_listed(case: Case) -> None:
    assert case.is_met == (str(case) not in KNOWN.reasons)


def test_every_listed_disagreement_names_one_case_and_a_reason() -> None:
    names = [str(case) for case in CASES]
    assert len(set(names)) == len(names)
    assert set(KNOWN.reasons) <= set(names)
    assert all(reason.endswith(".") for reason in [*KNOWN.reasons.values(), *KNOWN.suites_not_run.values()])


def test_the_table_is_printed() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "tests.domain.conformance"], capture_output=True, text=True, check=True
    ).stdout
    assert (
        printed.splitlines()[-1]
        == f"| in all, of those run | 268 | {268 - len(KNOWN.reasons)} | {len(KNOWN.reasons)} |"
    )
    assert "NOT LISTED" not in printed
