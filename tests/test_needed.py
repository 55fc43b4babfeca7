"""Before a pattern is sought, its text is asked for a word that it needs: nothing is lost by that, and most searches are spared."""

from __future__ import annotations

import json
import re

import pytest

from dialogs import patterns
from dialogs.hearing import Cue, Ear, Heard
from dialogs.hearing.text import plain
from dialogs.patterns import NEEDED, Lazy, beginnings
from tests.hostile import fitting
from tools.hearing.corpus import EXAMINATION, TEACHING, read
from tools.needed import needed, sought, written

SAID = [row.text for row in (*read(TEACHING)[::151], *read(EXAMINATION)[::23])]
LINES = (
    None,
    Cue("Hello, Dana Whitfield speaking.", nameless=True),
    Cue("It came down to experience.", gave_reason=True),
    Cue("What would you do differently?", asked=True, curious=True),
    Cue("We haven't decided yet.", undecided=True, strained=True),
)


def test_what_the_patterns_need_is_written_down_as_they_are_now() -> None:
    assert NEEDED.read_text(encoding="utf-8") == written(), "write it down anew: python -m tools.needed"


def test_no_search_misses_what_is_there() -> None:
    each = list(sought())
    assert len(each) > 150
    missed = [
        (pattern.pattern[:60], said)
        for said in map(plain, SAID)
        for pattern in each
        if pattern.made.search(said) and not pattern.search(said)
    ]
    assert missed == []


def test_a_text_made_to_fit_a_pattern_has_a_word_that_it_needs() -> None:
    made = {pattern.pattern: fitting(pattern.pattern) for pattern in sought()}
    fit = {pattern: said for pattern, said in made.items() if re.search(pattern, said)}
    assert len(fit) > 50
    needs = {pattern: needed(pattern) for pattern in fit}
    assert [p for p, n in needs.items() if n is not None and n.isdisjoint(beginnings(fit[p]))] == []


def test_most_searches_are_spared() -> None:
    tried = [(pattern, said) for pattern in sought() for said in map(plain, SAID[::5])]
    held = {key: frozenset(words.split()) for key, words in json.loads(NEEDED.read_text(encoding="utf-8")).items()}
    made = sum(not held.get(pattern.key, beginnings(said)).isdisjoint(beginnings(said)) for pattern, said in tried)
    assert made < len(tried) / 3


def test_the_same_is_heard_when_every_pattern_is_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear("light")

    def heard() -> list[Heard]:
        return [ear.hear(said, cue) for said in SAID for cue in LINES]

    spared = heard()
    monkeypatch.setattr(patterns, "_needed", dict)
    for pattern in sought():
        pattern.__dict__.pop("search", None)
    try:
        assert heard() == spared
    finally:
        for pattern in sought():
            pattern.__dict__.pop("search", None)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bmy (?:lawyers?|solicitor)\b", "lawy soli"),
        (r"^(?:ok,? )?thanks?\b", "than"),
        (r"\b(?:re-?apply|try) again\b", "agai"),
        (r"\bwho(?:m)? (?:could|can) \w+ ask\b", "ask"),
        (r"\bf\*+\w*", "f"),
        (r"\bhr\b|\bpolic(?:y|ies)\b", "hr poli"),
        (r"(?:[,.] )*late[,.]?", None),  # “relate” has it too
        (r"\b\w+ing\b", None),
        (r"\bno\w* (?!\bjob\b)\d", None),
        (r"\bjob|\d", None),
        (r"(?i:\bjob\b)", None),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, words: str | None) -> None:
    assert needed(pattern) == (words and frozenset(words.split()))


def test_a_pattern_nobody_wrote_down_is_sought_as_it_is() -> None:
    new = Lazy(r"\bxylophones?\b")
    assert new.key not in json.loads(NEEDED.read_text(encoding="utf-8"))
    assert new.search("two xylophones")
    assert not new.search("two flutes")
