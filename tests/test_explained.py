"""Why a turn went as it did, and where two branches of a call part, in words a layperson reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from dialogs.call import TABLE
from dialogs.compare import compare
from dialogs.explain import explain, explain_call
from dialogs.hearing.heard import Heard
from dialogs.moves import MOVES, Move
from dialogs.plain_words import DID, RULES, plainly
from dialogs.practice import Practice
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY
from tests.short_calls import held as call_of

# -- explanations --------------------------------------------------------------------------------------------------


def test_every_turn_says_what_was_heard_which_rule_and_how_the_mood_moved() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    first, second, *_ = explain_call(turns, scenario)
    text = "\n".join(first)
    assert "Time in the call, by its own clock: " in text
    assert "saying who you are, clearly (100%)" in text
    assert "You said who you are." in text
    assert "Dana trusts you a little more now: asking for a moment (2.5 to 2.75 of 4)." in text
    assert "The answer was a hint at the direction (level 2 of 4)." in list(second)
    kept = json.loads(json.dumps(second.as_json()))
    assert (kept["level"], kept["before"]["trust"], kept["after"]["trust"]) == (
        2,
        second.before.trust,
        second.after.trust,
    )


def test_the_parts_of_a_mood_add_up_to_what_happened() -> None:
    scenario, _, turns = call_of(
        HELLO, ("Thanks.", "thank"), ("Thanks.", "thank"), ("Thanks.", "thank"), ("That's wrong.", "argue"),
        ("Sorry.", "reassure"), ONWARD, BYE,
    )  # fmt: skip
    for told in explain_call(turns, scenario):
        moved = told.after.trust - told.before.trust
        parts = sum(push.amount for push in told.trust)
        assert moved == pytest.approx(parts, abs=0.01) or told.after.trust in (1.0, 4.0)
        minutes = sum(push.amount for push in told.minutes)
        assert told.after.minutes - told.before.minutes == pytest.approx(minutes, abs=0.01)


@pytest.mark.parametrize("push", [(Move.ACCUSE,), (Move.VENT, Move.ACCUSE), (Move.ARGUE, Move.VENT), (Move.THREATEN,)])
def test_a_push_out_of_hurt_and_a_threat_that_may_be_none_are_told_to_have_cost_what_they_cost(
    push: tuple[Move, ...],
) -> None:
    practice = Practice(HARBOUR, 1)
    turns = [practice.begin(), *(practice.take(Heard(moves)) for moves in ((Move.INTRODUCE,), push, (Move.ACCUSE,)))]
    for told in explain_call(turns, HARBOUR):
        for before, after, parts in (
            (told.before.trust, told.after.trust, told.trust),
            (told.before.patience, told.after.patience, told.patience),
        ):
            moved = sum(part.amount for part in parts)
            assert after - before == pytest.approx(moved, abs=0.01) or after in (1.0, 4.0), told.lines


def test_an_answer_to_no_question_of_hers_and_a_second_push_in_one_breath_are_not_told_to_have_moved_her() -> None:
    _, _, turns = call_of(HELLO, ("I had four years of it.", "answer"))
    assert not any("trusts you" in line for line in explain(turns[-1], turns))
    _, _, turns = call_of(HELLO, ("That's wrong, and you're unfair.", "argue,accuse"))
    assert [push.cause for push in explain(turns[-1], turns).trust] == ["blame"]


def test_an_answer_to_her_own_question_is_told_to_have_moved_her() -> None:
    answer = ("I had four years of it.", "answer")
    _, _, turns = call_of(HELLO, READY, answer)
    assert turns[-2].lines[-1].heading == "asks_you"
    assert [push.cause for push in explain(turns[-1], turns).trust] == ["an answer to the manager's question"]
    _, _, turns = call_of(HELLO, READY, ("Thank you.", "thank"), answer)  # by then it is gone
    assert explain(turns[-1], turns).trust == ()


def test_no_patience_is_told_below_none() -> None:
    _, _, turns = call_of(HELLO, ("I think you're wrong.", "argue"), ("You will hear from my lawyer.", "threaten"))
    assert turns[-1].mood.patience < 0
    (told,) = (line for line in explain(turns[-1], turns) if "patient now" in line)
    assert " to 0 of 4" in told


def test_during_a_call_an_explanation_keeps_the_secret() -> None:
    _, _, turns = call_of(HELLO, ("Why?", "ask_open"))
    words = " ".join(explain(turns[-1]))
    assert "house rule" not in words
    assert "only told to somebody trusted" not in words


def test_every_rule_is_told_in_words_that_fit_any_manager() -> None:
    whys = {row.why for row in TABLE}
    assert set(RULES) <= whys, "a rule that is no more, or is called otherwise"
    for why in whys:
        assert not re.search(r"\b(?:she|her|hers)\b", RULES.get(why, why), re.IGNORECASE), why


def test_a_rule_without_words_of_its_own_begins_like_a_sentence() -> None:
    assert "a fresh rule" not in RULES
    assert plainly("a fresh rule", "the manager") == "A fresh rule."
    assert plainly("her patience is spent", "the manager") == "The manager had no more patience."


def test_who_gives_a_name_with_the_greeting_is_not_told_that_nobody_knew() -> None:
    scenario, _, turns = call_of(HELLO, READY)
    assert "did not know" not in "\n".join(explain(turns[1], turns, scenario))
    scenario, _, turns = call_of(("Hello?", "greet"))
    assert "Dana did not know yet who was calling." in list(explain(turns[1], turns, scenario))


def test_what_cancels_out_is_not_called_the_end_of_the_scale() -> None:
    scenario, _, turns = call_of(HELLO, ("It hurts, but thank you.", "thank,vent"))
    told = explain(turns[2], turns, scenario)
    assert any(
        line.startswith("Dana trusts you as before: thanks raised it, and a feeling took as much away") for line in told
    )


def test_every_move_has_a_plain_name() -> None:
    assert set(DID) == set(MOVES)


# -- two branches --------------------------------------------------------------------------------------------------


def test_two_branches_are_told_apart_where_they_part() -> None:
    _, _, first = call_of(HELLO, ("Why wasn't it me?", "ask_open"), ("That's wrong.", "argue"))
    _, _, second = call_of(HELLO, READY, ONWARD)
    found = compare(first, second)
    assert found.apart == 2
    assert found.rows[0].same
    assert "further" in found.lead
    assert found.lead.startswith("They are the same until turn 2.")
    assert "one concrete reason (level 3), instead of" in found.lead
    assert "taking it with grace" in found.rows[1].what
    assert found.highest == (1, 3)


def test_a_branch_in_which_nothing_was_answered_is_given_no_level() -> None:
    _, _, asked = call_of(HELLO, READY, ONWARD, BYE)
    _, _, silent = call_of(HELLO, BYE)
    lead = compare(asked, silent).lead
    assert "Only the first got an answer: " in lead
    assert "level 0" not in lead
    assert (
        "No question about the reason was answered in either."
        in compare(silent, call_of(HELLO, ("Oh.", "other"), BYE)[2]).lead
    )


def test_words_that_made_the_manager_careful_are_not_told_to_have_taken_a_worry_away() -> None:
    practice = Practice(HARBOUR, 3)
    practice.begin()
    practice.take(Heard.of("introduce", words=6), "Hello, this is Sam Ortiz.")
    turn = practice.take(replace(Heard.of("accept", words=8), wary=True), "But I had ten years, and that is fine.")
    told = " ".join(explain(turn, [turn], HARBOUR))
    assert "may have been a push" in told
    assert "took a worry away" not in told


def test_what_has_not_changed_since_the_turn_before_is_not_told_again() -> None:
    quiet = [("I see.", "other"), ("I see.", "other"), ("I see.", "other")]
    _, _, first = call_of(HELLO, READY, *quiet)
    _, _, second = call_of(HELLO, ("That's plainly wrong.", "argue"), *quiet)
    told = [row.what for row in compare(first, second).rows]
    assert "trusts you" in told[1]
    assert not any("trust" in what for what in told[2:]), told


def test_how_trust_moved_is_told_in_words_before_numbers() -> None:
    scenario, _, turns = call_of(
        HELLO, READY, ("That's wrong.", "argue"), ("Sorry, I'm fine with it.", "reassure"), BYE
    )
    for told in explain_call(turns, scenario):
        for line in told:
            if re.search(r"\b[\d.]+ (?:to [\d.]+ )?of 4\b", line):
                assert re.search(r"\([^()]*of 4[^()]*\)", line), line
            assert not re.search(r"[+-]\d", line), line


def test_a_branch_that_goes_on_longer_is_laid_beside_nothing() -> None:
    _, _, first = call_of(HELLO, READY)
    _, _, second = call_of(HELLO, READY, ONWARD)
    found = compare(first, second)
    assert found.rows[2].a is None
    assert found.rows[2].what == "The first goes no further yet; the second went on."
    assert compare(first, first).apart == 0
    assert json.loads(json.dumps(found.as_json()))["apart"] == 3
