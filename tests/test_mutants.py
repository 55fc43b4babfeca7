"""What was found of the mutants outlasts a run that is broken off anywhere, and what is left out of them is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import covered, mutants, mutants_table
from tools.mutants_code import ROOT, Kept

THEN, TESTS, CODE = ({"file": file, "tests": tests} for file, tests in (("a", "1"), ("a", "2"), ("b", "2")))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A run that was broken off after two mutants; a third is known from before."""
    found = Kept(tmp_path / "lock")
    found.begin(THEN, {"m1": "noticed"})
    found.found.write_text("m2\tnoticed\nm3\tlived\n")
    return found


def test_what_was_found_holds_while_code_and_tests_are_what_they_were(kept: Kept) -> None:
    assert kept.known(THEN) == {"m1": "noticed", "m2": "noticed", "m3": "lived"}
    assert kept.known(TESTS) == {"m1": "noticed", "m2": "noticed"}, "another test may notice the third"
    assert kept.known(CODE) == {}


@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize("now", [THEN, TESTS, CODE])
def test_a_run_broken_off_as_it_begins_loses_nothing_and_takes_nothing_old_for_new(
    kept: Kept, step: int, now: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holds = kept.known(now)
    done = 0

    def stopping(real):  # type: ignore[no-untyped-def]
        def act(*args: object, **named: object) -> object:
            nonlocal done
            if done == step:
                raise KeyboardInterrupt
            done += 1
            return real(*args, **named)

        return act

    with monkeypatch.context() as patch:
        for name in ("replace", "unlink"):
            patch.setattr(Path, name, stopping(getattr(Path, name)))
        with pytest.raises(KeyboardInterrupt):
            kept.begin(now, holds)
    assert kept.known(now) == holds
    kept.begin(now, holds)
    assert kept.known(now, all_of_it=True) == holds


def test_whatever_is_left_out_as_differing_in_nothing_is_a_mutant_that_there_is() -> None:
    made = {mutant.kind for mutant in (*mutants_table.rows(), *mutants_table.code())}
    assert set(mutants_table.EQUIVALENT) <= made
    assert "feel: Mult in effect.minutes * share" in made


def test_no_file_of_the_delivery_is_left_out_and_what_is_to_notice_a_mutant_is_there() -> None:
    delivery = ROOT / "bot" / "delivery"
    files = {str(file.relative_to(ROOT)) for file in delivery.glob("*.py")} - {"bot/delivery/__init__.py"}
    assert {mutants.FILES[name].file for name in mutants.PARTS["delivery"]} == files
    for target in mutants.FILES.values():
        assert target.tests
        for test in target.tests:
            assert (ROOT / "tests" / f"{test}.py").is_file(), test


def test_the_tests_that_coverage_counts_are_there() -> None:
    named = covered.files()
    assert {"tests/test_log.py", "tests/test_delivery.py", "tests/test_transcripts.py"} <= set(named)
    assert all((ROOT / file).is_file() for file in named)


def test_a_name_that_finds_no_test_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covered, "TESTS", ("log", "office"))
    with pytest.raises(SystemExit, match="not there: office"):
        covered.files()
