"""A call in another language: the debrief says that the words were not understood, and claims nothing of what was in them."""

from __future__ import annotations

import pytest

from dialogs.hearing import Ear
from dialogs.practice import Practice
from dialogs.review import Debrief, parts, review
from tests.short_calls import BYE, HARBOUR, HELLO, debriefed

SPANISH = ("Hola, ¿por qué no me dieron el trabajo?", "!foreign")
RUSSIAN = ("Почему мне отказали?", "!foreign")
RANG_OFF = ("", "!hang_up")


def told(debrief: Debrief) -> str:
    return "\n".join(f"{part.title}\n{part.text}" for part in parts(debrief))


CALLS = {
    "all of it": [SPANISH, RUSSIAN, SPANISH, RANG_OFF],
    "left as it was": [SPANISH, RUSSIAN],
    "after a greeting": [HELLO, SPANISH, BYE],
    "before a goodbye": [SPANISH, BYE],
}


@pytest.mark.parametrize("call", CALLS)
def test_nothing_says_that_the_reason_was_not_asked_for(call: str) -> None:
    debrief = debriefed(*CALLS[call])
    text = told(debrief)
    assert "another language" in text.split("How you held it")[0]
    assert "not asked for" not in text
    assert not [c for c in debrief.checks if c.key == "asked"]
    assert debrief.change is not None
    assert debrief.change.fault == "foreign"
    assert debrief.change.line.words
    assert "ask" not in debrief.card.when + debrief.card.then


def test_the_turns_are_named() -> None:
    assert "Turns 1, 2 and 3 were" in told(debriefed(*CALLS["all of it"]))
    assert "Turn 2 was" in told(debriefed(*CALLS["after a greeting"]))


def test_words_that_could_not_be_made_out_are_not_told_as_no_question() -> None:
    text = told(debriefed(HELLO, ("Brrm flob the wug", "other"), BYE))
    assert "not asked for" not in text
    assert "turn 2 could not be made out" in text


def test_who_asked_in_english_too_is_told_as_ever() -> None:
    text = told(debriefed(SPANISH, HELLO, ("Why didn't I get it?", "ask_open"), BYE))
    assert "You got " in text


def test_the_real_ear_leads_there() -> None:
    practice = Practice(HARBOUR, 1, ear=Ear("light").hear)
    turns = [practice.begin()]
    turns += [practice.hear(words) for words in (SPANISH[0], RUSSIAN[0], "为什么没有录用我？")]
    turns.append(practice.hang_up())
    assert "Turns 1, 2 and 3 were in another language" in told(review(HARBOUR, 1, turns))
