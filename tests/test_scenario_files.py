"""A scenario file is read strictly: every mistake by line, in an author's words, all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dialogs.scenario import BadScenario, faults, library, parse_scenario, read_scenario
from dialogs.scenes import NOTHING_NEW
from tests.managers import GOOD

HERE = Path(__file__).parent


def said(text: str) -> list[str]:
    try:
        parse_scenario(text, name="x")
    except BadScenario as error:
        return [str(f) for f in error.faults]
    return []


def test_a_small_scenario_is_enough() -> None:
    scenario = parse_scenario(GOOD, name="small")
    assert scenario.first_name == "Dana"
    assert scenario.hidden.reachable == 3
    assert "pickup" in scenario.lines


def test_eight_mistakes_give_eight_lines() -> None:
    text = """\
title: Data analyst
manager: Dana Whitfield
company: Harbour Mutual
job: data analyst
maner: brisk
manner: briskly
house: plain
cap: 7
reason: certificat
truth: TODO
thought: Fine.
says:
  stonewal:
    - We can't say.
  stock:
    - Look: it was close.
    - Thanks, {compny}.
  hint:
    - On paper.
  specific:
    - The certificate.
"""
    assert said(text) == [
        "x.yaml:5: 'maner' is not known; did you mean 'manner'?",
        "x.yaml:6: manner 'briskly' is not known; did you mean 'brisk'?",
        "x.yaml:8: 'cap:' wants a whole number from 0 to 4, not '7'",
        "x.yaml:9: reason 'certificat' is not known; did you mean 'certificate'?",
        "x.yaml:10: 'truth:' is not finished (it says TODO)",
        "x.yaml:13: 'stonewal' is not known; did you mean 'stonewall'?",
        "x.yaml:16: a line with a colon in it needs quotes around it",
        "x.yaml:17: '{compny}' is not known; did you mean 'company'?",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("cap: 3\n", ""), "x.yaml:1: 'cap:' is missing"),
        (("    - It was on paper.", "    - 'It was on paper."), "a quotation mark is opened and not closed"),
        (("    - It was on paper.", "\t- It was on paper."), "a tab at the beginning; indent with spaces"),
        (("  specific:", "  hint:"), "'hint:' stands in line 12 already"),
        (("  specific:\n    - The certificate decided it.\n", ""), "level 3 can be reached, but there is no line"),
        (("manager: Dana Whitfield", "manager: &d Dana"), "references are not used"),
        (("manager: Dana Whitfield", "manager: !!python/name:os.system x"), "tags are not used"),
        (
            ("    - It was on paper.", "    - It was on paper.\n    - it was on PAPER"),
            "the same line stands under 'hint'",
        ),
        (("title: Data analyst at Harbour Mutual", "title:"), "'title:' is empty"),
        (("    - It was on paper.", "    - " + "x" * 700), "a line has 700 characters; 600 are the most"),
        (("hint:\n    - It was on paper.", "hint: It was on paper."), "'hint:' wants a list of lines"),
    ],
)
def test_a_mistake_is_named_in_plain_words(change: tuple[str, str], fault: str) -> None:
    assert change[0] in GOOD
    assert any(fault in line for line in said(GOOD.replace(*change))), said(GOOD.replace(*change))


def test_a_field_in_a_broken_line_is_not_also_called_missing_and_what_is_missing_comes_last() -> None:
    text = GOOD.replace("truth: The", "truth: This: The").replace("cap: 3\n", "")
    assert said(text) == ["x.yaml:8: a line with a colon in it needs quotes around it", "x.yaml:1: 'cap:' is missing"]


def test_values_stay_text() -> None:
    scenario = parse_scenario(GOOD.replace("company: Harbour Mutual", "company: no"), name="x")
    assert scenario.company == "no"


@pytest.mark.parametrize("order", ["\\e[31m", "\\e]0;x\\a", "\\x9b31m", "\\u202e", "\\0", "\\x7f"])
@pytest.mark.parametrize("field", ["company", "title"])
def test_a_text_that_would_give_a_terminal_an_order_is_refused(field: str, order: str) -> None:
    spoilt = re.sub(rf"(?m)^{field}:.*$", lambda _: f'{field}: "A {order} B"', GOOD)
    assert spoilt != GOOD
    at = next(n for n, line in enumerate(spoilt.splitlines(), 1) if line.startswith(field))
    assert said(spoilt) == [f"x.yaml:{at}: there is a character in it that nobody can see; write the text anew"]


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"
    assert said(bomb) == [
        "x.yaml:1: '&' and '*' references are not used in scenarios; write the text out, or put it in quotes"
    ]


def test_deep_nesting_and_huge_files_are_refused(tmp_path: Path) -> None:
    assert "indented too deeply" in said("a: " + "[" * 3000)[0]
    big = tmp_path / "big.yaml"
    big.write_text("title: " + "x" * 300_000)
    assert [f.text for f in faults(big)] == ["the file is larger than 200 kB"]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(b"title: x\nmanager: Ren\xe9\n")
    assert str(faults(file)[0]) == "latin.yaml:2: not UTF-8 text; save the file as UTF-8"


def test_an_empty_file_says_where_to_begin() -> None:
    assert said("") == ["x.yaml:1: the file is empty; see: runner-up scenarios new"]


@pytest.mark.parametrize("path", library().values(), ids=library())
def test_every_built_in_scenario_is_without_faults(path: Path) -> None:
    assert faults(path) == []


def test_the_version_changes_with_any_line_and_with_nothing_else() -> None:
    one = parse_scenario(GOOD, name="x")
    assert parse_scenario(GOOD + "# a remark\n", name="x").version == one.version
    assert parse_scenario(GOOD.replace("on paper", "on the paper side"), name="x").version != one.version


def test_harbour_can_be_read_from_its_file() -> None:
    assert read_scenario(library()["harbour"]).manager == "Dana Whitfield"


REBUKE = re.compile(
    r"^(?:like|as) i said|\b(?:told you|asked me|answered) that\b|you've had that (?:one )?(?:already|off me|from me\.)|since you asked|won't change"
    r"|isn't another reason|rather not elaborate|heard me the first time",
    re.IGNORECASE,
)


def test_nobody_is_rebuked_for_asking_the_same_again() -> None:
    manners = sorted((next(iter(library().values())).parent.parent / "manners").glob("*.yaml"))
    assert len(manners) == 6
    told = list(NOTHING_NEW)
    for path in (*library().values(), *manners):
        if found := re.search(r"^  again:\n((?:    - .+\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            told += [line.strip(' -"') for line in found[1].splitlines()]
    assert len(told) > 100
    assert not [line for line in told if REBUKE.search(line)]
