"""The debrief, case by case: each kind of call, and what may and may not be said about it."""

from __future__ import annotations

import re

import pytest

from dialogs.call import Outcome
from dialogs.moves import Move
from dialogs.review import parts, review
from dialogs.review.guess import REASONS
from dialogs.review.quoting import grudging, sentence_of, sentences
from dialogs.review.rubric import RUBRIC, SKILLS
from dialogs.review.story import Stage
from dialogs.review.voice import listen
from dialogs.scenario import KINDS
from tests.managers import manager
from tests.short_calls import BYE, HARBOUR, HELLO, ONWARD, READY, Said, check, debriefed, held

# -- full marks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cap", range(5))
def test_a_call_held_well_has_full_marks_under_every_cap(cap: int) -> None:
    scenario = manager(cap=cap, reason="certificate")
    debrief = debriefed(HELLO, READY, ONWARD, BYE, scenario=scenario)
    assert debrief.yes == len(debrief.checks) == 8
    assert debrief.could == min(cap, 3)


def test_a_call_held_well_has_full_marks_while_the_process_is_still_open() -> None:
    debrief = debriefed(HELLO, READY, ONWARD, BYE, scenario=manager(opening="too early"))
    assert debrief.yes == len(debrief.checks) == 7, "nobody is asked to insist while nothing is decided"
    assert debrief.opened == debrief.could == 1


def test_a_low_cap_is_named_as_the_house_rule() -> None:
    debrief = debriefed(HELLO, READY, ONWARD, BYE, scenario=manager(cap=1))
    assert debrief.opened == debrief.could == 1
    assert not debrief.envelope.keys
    assert any(word in debrief.envelope.unlock for word in ("house rule", "Policy", "may give"))


def test_a_long_good_call_is_not_punished() -> None:
    more = [("That makes sense. What would have made the difference?", "accept,probe"),
            ("I'll book the exam this month, and put the date on my résumé.", "commit"),
            ("If a similar job comes up, may I get in touch?", "door")]  # fmt: skip
    short, long = debriefed(HELLO, READY, ONWARD, BYE), debriefed(HELLO, READY, ONWARD, *more, BYE)
    assert long.yes >= short.yes
    assert long.opened >= short.opened


def test_a_perfect_call_hears_what_was_right() -> None:
    debrief = debriefed(
        HELLO, READY, ONWARD, ("I'll book the exam this month.", "accept,commit"),
        ("If a similar job comes up, may I get in touch?", "door"), BYE,
    )  # fmt: skip
    assert debrief.yes == len(debrief.checks)
    assert debrief.change is not None
    assert debrief.change.fault in ("deepen", "later", "round off")
    assert not debrief.change.further
    assert "Nothing here needs mending" in debrief.change.why or "nothing to put right" in debrief.change.why


# -- what may not be praised ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Thanks, I guess.",
        "Oh great, thanks.",
        "Thanks for nothing.",
        "ok thanks whatever",
        "thanks a lot 🙄",
        "Fine, if you say so.",
    ],
)
def test_thanks_that_take_themselves_back_are_no_thanks(words: str) -> None:
    assert grudging(words)
    debrief = debriefed(HELLO, ("Why wasn't it me?", "ask_open"), (words, "thank,accept"), ("Bye.", "close"))
    assert not check(debrief, "took").yes
    assert not check(debrief, "parting").yes
    assert debrief.worked is None or debrief.worked.quote.words != words


@pytest.mark.parametrize(
    "words",
    ["Thank you so much, that helps.", "Thanks, whatever you can say is fine by me.", "I appreciate it.",
     "I don't think it was unfair at all, thank you."],
)  # fmt: skip
def test_plain_thanks_are_thanks(words: str) -> None:
    assert not grudging(words)


def test_an_insult_heard_as_thanks_is_not_quoted_as_grace() -> None:
    debrief = debriefed(HELLO, ("You never even gave me a fair chance, you hypocrites.", "thank,accept"))
    assert debrief.worked is None or "hypocrites" not in debrief.worked.quote.words
    assert not check(debrief, "settled").yes


# -- every way a call can go -------------------------------------------------------------------------------------


def test_a_threat_is_the_one_thing_to_change() -> None:
    debrief = debriefed(HELLO, ("Tell me why, or you will hear from my lawyer.", "ask_open,threaten"))
    assert debrief.outcome is Outcome.CUT_OFF
    assert debrief.change is not None
    assert (debrief.change.fault, debrief.change.turn) == ("threat", 2)
    assert debrief.change.further
    assert "lawyer" not in debrief.change.better


def test_a_rebuttal_becomes_a_question_about_the_same_thing() -> None:
    debrief = debriefed(
        HELLO, ("Why wasn't it me?", "ask_open"), ("I have ten years of experience, that makes no sense.", "argue")
    )
    assert debrief.change is not None
    assert debrief.change.fault == "argue"
    assert "ten years" in debrief.change.better


def test_a_better_line_keeps_the_candidates_own_sentences() -> None:
    debrief = debriefed(
        ("Good morning Ms Whitfield, my name is Amara Obi, I interviewed for the data analyst position.", "greet,introduce"),
        ("I really enjoyed meeting your team. Could you tell me why I was not selected?", "interest,ask_open"),
        ("I understand. Thank you, goodbye.", "accept,thank,close"),
    )  # fmt: skip
    assert debrief.change is not None
    assert debrief.change.turn == 2
    assert debrief.change.better.startswith("I really enjoyed meeting your team.")
    assert "'" not in debrief.change.better, "she says “I am”, not “I'm”"


def test_a_better_line_is_written_as_one_writes() -> None:
    debrief = debriefed(
        ("hi its dan from the interview tuesday, got 2 min?", "greet,introduce,permission"),
        ("so why wasnt it me", "ask_open"), ("ok thanks bye", "thank,close"),
    )  # fmt: skip
    assert debrief.change is not None
    assert not re.search(r"\b(?:i|im|its|wasnt)\b", debrief.change.better)
    assert debrief.change.better[0].isupper()
    assert debrief.change.better[-1] in ".?"


@pytest.mark.parametrize("turns", [[], [("", "!silence")], [("", "!hang_up")], [("Hello?", "greet"), ("", "!hang_up")],
                                   [("", "!silence")] * 4, [("", "!software"), ("", "!foreign")]])  # fmt: skip
def test_a_call_without_much_in_it_still_has_a_debrief(turns: list[Said]) -> None:
    debrief = debriefed(*turns)
    assert (
        6 - bool(debrief.foreign) <= len(debrief.checks) <= 8
    )  # whether it was asked in another language is left open
    assert parts(debrief)
    assert debrief.envelope.truth == HARBOUR.truth


def test_distress_is_not_quoted_checked_or_corrected() -> None:
    debrief = debriefed(HELLO, ("I can't go on, I want to end it all.", "!distress"))
    assert debrief.change is None
    assert debrief.checks == ()
    assert debrief.card.key == "distress"
    assert "end it all" not in "".join(part.text for part in parts(debrief))


def test_a_machine_is_told_name_matter_wish_and_number() -> None:
    scenario = manager(opening="voicemail")
    good = debriefed(
        ("Hello, Sam Ortiz here about the analyst job. I'd be grateful for one piece of advice. 555 0134 22. Thank you, bye.",
         "greet,introduce,ask_specific,thank,close"), scenario=scenario,
    )  # fmt: skip
    assert good.stage is Stage.VOICEMAIL
    assert good.yes == len(good.checks) == 7
    assert good.guesses == ()
    assert good.change is None
    assert [p.title for p in parts(good) if p.kind == "change"] == ["Nothing to change"]
    bare = debriefed(("Hi, call me back.", "greet"), scenario=scenario)
    assert [p.title for p in parts(bare) if p.kind == "change"] == ["One thing to change"]
    assert not check(bare, "name").yes
    assert not check(bare, "number").yes
    assert bare.change is not None
    assert bare.could == 0


def test_reception_wants_a_name() -> None:
    scenario = manager(opening="reception")
    debrief = debriefed(("Why didn't I get the job?", "ask_open"), ("This is unfair!", "accuse"), scenario=scenario)
    assert debrief.stage is Stage.RECEPTION
    assert not check(debrief, "kept").yes
    assert debrief.change is not None
    assert debrief.outcome is Outcome.COLD


def test_what_was_meant_counts_in_the_checks_and_not_in_the_call() -> None:
    scenario, seed, turns = held(HELLO, ("But why wasn't it me?", "argue"))
    heard = review(scenario, seed, turns)
    meant = review(scenario, seed, turns, meant={2: (Move.ASK_OPEN,)})
    assert not check(heard, "calm").yes
    assert check(meant, "calm").yes
    assert meant.opened == heard.opened == 0


# -- the parts ------------------------------------------------------------------------------------------------------


def test_the_choices_hold_the_truth_once_and_change_their_order() -> None:
    places = set()
    for seed in range(8):
        level, reason = debriefed(HELLO, READY, BYE, seed=seed).guesses
        assert reason.choices[reason.right] == REASONS[HARBOUR.reason]
        assert len(set(reason.choices)) == 4
        assert level.choices[level.right].lower().endswith("direction")
        places.add(reason.right)
    assert len(places) > 1


def test_every_kind_of_reason_can_be_guessed() -> None:
    assert set(REASONS) == set(KINDS)


def test_two_debriefs_in_a_row_do_not_sound_alike() -> None:
    said = (HELLO, ("Why wasn't it me?", "ask_open"), ("Okay, bye.", "close"))
    texts = [{p.kind: p.text for p in parts(debriefed(*said, seed=seed))} for seed in range(6)]
    for kind in ("change", "card", "envelope"):
        assert len({text[kind] for text in texts}) >= 3, kind


def test_every_check_belongs_to_a_skill_and_has_a_rule() -> None:
    for criteria in RUBRIC.values():
        assert len({c.key for c in criteria}) == len(criteria)
        for criterion in criteria:
            assert criterion.skill in SKILLS
            assert criterion.rule.endswith(".")
            assert criterion.question.endswith("?")


def test_another_try_is_offered_from_the_moment_that_counted() -> None:
    debrief = debriefed(HELLO, ("Why wasn't it me?", "ask_open"), ("That's wrong.", "argue"))
    assert debrief.change is not None
    assert debrief.again[0].turn == debrief.change.turn
    assert debrief.again[-1].fresh


# -- listening to a voice ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Hello, this is Sam Ortiz. I interviewed last week.", "Sam Ortiz"),
        ("Sam Ortiz here, from the analyst interviews.", "Sam Ortiz"),
        ("Hi, it's Kayla Brandt, I interviewed for shift lead", "Kayla Brandt"),
        ("hi its dan from the interview", "dan"),
        ("Hello, is this Dana?", ""),
        ("this is about the job", ""),
        ("Hi Dana Whitfield, I'm calling about the role.", ""),
    ],
)
def test_a_name_is_taken_only_from_who_gives_it(said: str, name: str) -> None:
    assert listen([said], HARBOUR).name == name


def test_a_sentence_is_quoted_as_it_stands() -> None:
    said = "Hi Ms. Okafor, thanks for everything!!  I'm fine with it.\nWhat could I do better? :)"
    for piece in sentences(said):
        assert piece in said
    assert sentence_of(Move.THANK, said) == "Hi Ms. Okafor, thanks for everything!!"
    assert sentence_of(Move.ASK_OPEN, said).startswith("What could I do better?")
