"""The real call: its card, what came of it, and what is to be done before the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.call import Phase
from dialogs.card import TODO, WHAT_CAME, Facts, against_practice, happened, kinds, plan, reminders
from dialogs.hearing import Ear
from dialogs.moves import ASKS, COSTLY
from dialogs.practice import Practice
from dialogs.progress import held, legend, progress
from dialogs.scenario import KINDS, library, read_scenario
from tests.managers import manager
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY
from tests.short_calls import held as call_of

EAR = Ear("light")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("guarded", [0, 1, 2])
def test_the_words_of_a_card_are_understood(seed: int, guarded: int) -> None:
    card = plan(
        Facts("Harbour Mutual", "data analyst", "Dana Whitfield", "Sam Ortiz", "last week", "", guarded), seed=seed
    )
    practice = Practice(HARBOUR, seed, ear=EAR.hear)
    practice.begin()
    assert practice.hear(card.opening).phase is Phase.OPENING
    asked = practice.hear(card.ask)
    assert set(asked.moves) & ASKS, card.ask
    assert asked.level is not None
    for words in (*card.follow_ups, card.closing):
        if not practice.ended:
            turn = practice.hear(words)
            assert not set(turn.moves) & COSTLY, words
    assert len(card.follow_ups) == 3
    assert "Sam Ortiz" in card.text


def test_a_card_of_a_scenario_keeps_its_secret() -> None:
    cards = {plan(Facts.of(manager(reason=reason))).text for reason in ("certificate", "exit story", "dislike")}
    assert len(cards) == 1


def test_what_was_learned_becomes_things_to_do() -> None:
    after = happened(3, kind="certificate", door=2)
    assert any("certificate" in todo for todo in after.todo)
    assert any("two weeks" in todo for todo in after.todo)
    assert happened(1, kind="certificate").todo == ("Send two lines of thanks today.",)
    assert happened(None).level is None
    assert [level for _, level in WHAT_CAME] == [None, 0, 1, 2, 3, 4]
    assert set(TODO) == {k for k, _ in kinds()} == set(KINDS) - {"protected"}


def test_the_real_call_is_laid_beside_the_practised_ones() -> None:
    good = held(*call_of(HELLO, READY, ONWARD, BYE))
    poor = held(*call_of(HELLO, ("Why?", "ask_open")))
    told = against_practice(2, [good, poor])
    assert "1 of your 2 practice calls got at least as far" in told
    assert against_practice(2, []) == ""
    assert against_practice(4, [poor, poor]).startswith("That is further than any of your 2 practice calls;")
    assert against_practice(4, [poor]).startswith("That is further than your practice call, which reached")


def test_reminders_are_two_and_only_data() -> None:
    day = datetime(2026, 11, 30, 9, tzinfo=UTC)
    first, second = reminders(day, Facts(company="Harbour Mutual"))
    assert (first.kind, first.when) == ("call_day", day)
    assert second.when - day == timedelta(days=14)
    assert "Harbour Mutual" in second.text


def test_a_call_that_was_there_to_be_hung_up_on_counts_for_nerve_and_for_no_openness() -> None:
    castellan = read_scenario(library()["castellan"])
    dared = held(*call_of(HELLO, ("Why?", "ask_open"), ("You'll hear from my lawyer.", "threaten"), scenario=castellan))
    assert dared.could == 0
    shown = progress([dared, dared])
    assert "openness" not in shown.text
    assert "nerve: in a call that is there for it" in legend(shown)
    assert "must not say" not in shown.text, "no other call is asked for that"
    assert held(*call_of(HELLO, READY, BYE, scenario=castellan)).could == 1
    for skill in shown.skills:
        assert f"{skill.name}: " in legend(shown)
