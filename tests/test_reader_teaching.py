"""What the reader of a manager's line is taught beside the written lines: the same ones as others report them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tools.disclosure.lines import EXAMINATION, Line, written
from tools.disclosure.measure import chances, folds, temper_of, tempered
from tools.disclosure.reported import HE, PLAIN, SAID, SHE, THEY, I, Telling, told_on, turn
from tools.disclosure.teaching import for_grams, for_sense

TOLD = [
    (I, THEY, "You don't have the licence, and we need it.", "I don't have the licence, and they need it."),
    (I, SHE, "I don't think you were on our list.", "She doesn't think I was on their list."),
    (I, THEY, "We can't offer you that, your visa runs out.", "They can't offer me that, my visa runs out."),
    (I, HE, "We felt you'd leave us within a year.", "They felt I'd leave them within a year."),
    (SHE, None, "You're quick, but you don't check your work.", "She's quick, but she doesn't check her work."),
    (HE, None, "We liked you and you never asked us anything.", "We liked him and he never asked us anything."),
    (HE, None, "You have had four jobs since you left school.", "He has had four jobs since he left school."),
]


@pytest.mark.parametrize(("you", "me", "line", "told"), TOLD)
def test_persons_and_their_verbs_are_turned_when_a_line_is_told_on(
    you: object, me: object, line: str, told: str
) -> None:
    assert turn(line, Telling(you, me, PLAIN)) == told  # type: ignore[arg-type]


def test_a_line_is_told_the_same_way_whatever_others_stand_beside_it() -> None:
    lines = [x for x in written() if x.level is not None]
    every = {x.text for x in told_on(lines)}
    assert {x.text for x in told_on(lines[:300])} == {x.text for x in told_on(lines)[: len(told_on(lines[:300]))]}
    assert every >= {x.text for x in told_on(lines[1000:1200])}
    assert len(every) > 1000


def test_what_is_told_on_speaks_to_nobody_any_more() -> None:
    heard = [x.text for x in told_on(written())]
    assert not [t for t in heard if re.search(r"\byou(?:r|rs|'\w+)?\b", t, re.IGNORECASE)]


def test_a_line_told_on_is_as_open_as_it_was_and_no_hand_of_its_own() -> None:
    by_text = {x.text: x for x in written()}
    made = told_on(list(by_text.values()))
    assert {x.level for x in made} == {0, 1, 2, 3, 4}
    assert not {x.hand for x in made} & {x.hand for x in by_text.values()}
    line = Line(3, "notes", "You don't have the licence, and we need it.")
    assert [(x.level, x.hand) for x in told_on([line])] == [(3, f"{SAID}notes")]


def test_a_question_and_a_letter_are_not_told_on() -> None:
    assert told_on([Line(3, "x", "Dear Sam, you don't have the licence.")]) == []
    assert told_on([Line(2, "x", "How do you get on with people?")]) == []


def test_only_the_encoders_half_is_taught_what_is_told_on() -> None:
    lines = written()[:400]
    assert any(x.hand.startswith(SAID) for x in for_sense(lines))
    assert not any(x.hand.startswith(SAID) for x in for_grams(lines))


def test_every_hand_is_left_out_once_and_none_is_divided() -> None:
    lines = written()
    parts = folds(lines)
    assert sum(len(p) for p in parts) == len({x.hand for x in lines}) == len(frozenset().union(*parts))
    sizes = [sum(x.hand in p for x in lines) for p in parts]
    assert max(sizes) < 1.2 * min(sizes)


def test_no_taught_line_is_nearly_one_of_the_examination() -> None:
    def threes(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z]+", text.lower().replace("'", ""))
        return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}

    examined = [threes(x.text) for x in written(EXAMINATION)]
    near = [
        x.text
        for x, own in ((x, threes(x.text)) for x in written())
        if any(len(own & other) > 0.4 * len(own | other) for other in examined)
    ]
    assert near == []


def test_a_reading_that_is_too_sure_is_evened_out_and_stays_the_same_reading() -> None:
    rng = np.random.default_rng(1)
    honest = chances(np.sort(rng.normal(0, 2, (4000, 4)))[:, ::-1])
    true = [int(rng.choice(5, p=p)) for p in honest]
    too_sure = tempered(honest, 0.5)
    assert 1.8 <= temper_of(true, too_sure) <= 2.2
    assert 0.9 <= temper_of(true, honest) <= 1.1
    assert (too_sure.argmax(1) == honest.argmax(1)).all()
