"""Prints the failure without each rule: `python -m tests.model [-v]`."""
# ruff: noqa: T201

import argparse
import sys
from collections.abc import Iterable

from tests.model.reading import LOW, READ_SWITCHES
from tests.model.rules import Rules
from tests.model.scenarios import SCENARIOS, explored
from tests.model.still_worlds import MOST_WORLDS, wrong_in, wrong_with
from tests.model.switches import HOLE, HOLES, RULES, SWITCHES, Switch


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="show a shortest trace to each violation")
    is_verbose = parser.parse_args().verbose
    is_as_expected = _print_scenarios()
    for rule, about in RULES.items():
        print(f"\n{rule}. {about}; if not:")
        is_as_expected &= _print_switches((switch for switch in SWITCHES if switch.rule == rule), is_verbose)
    print("\nIf ids are reused, and if clean-ups are transactions:")
    is_as_expected &= _print_switches((switch for switch in HOLES if switch.rule == HOLE), is_verbose)
    print("\nHow feeds are read; if not:")
    is_as_expected &= _print_reads()
    return 0 if is_as_expected else 1


def _print_scenarios() -> bool:
    findings = [explored(name, Rules()) for name in SCENARIOS]
    states = sum(finding.states for finding in findings)
    holding = sum(finding.what is None and finding.is_exhaustive for finding in findings)
    print(f"With all rules, {holding} of {len(findings)} scenarios hold in every interleaving: {states:,} states.")
    return holding == len(findings)


def _print_reads() -> bool:
    findings = [(switch.instead, wrong_with(source, switch.off)) for source, switch in LOW.items()]
    for switch in READ_SWITCHES:
        found = (wrong for seed in range(MOST_WORLDS) if (wrong := wrong_in(seed, switch.off)))
        findings.append((switch.instead, next(found, None)))
    for instead, wrong in findings:
        print(f"   {instead:66} {wrong or 'NOT FOUND'}")
    return all(wrong for _, wrong in findings)


def _print_switches(switches: Iterable[Switch], is_verbose: bool) -> bool:
    is_found = True
    for switch in switches:
        finding = explored(switch.scenario, switch.off)
        outcome = f"{len(finding.trace):>2} steps: {finding.what}" if finding.what else "NOT FOUND"
        print(f"   {switch.instead:66} {outcome}")
        if is_verbose:
            print(f"      [{switch.name}] {SCENARIOS[switch.scenario].about}")
            print("".join(f"      | {line}\n" for line in finding.trace))
        is_found &= finding.what is not None
    return is_found


if __name__ == "__main__":
    sys.exit(main())
