"""Yes, no and okay: what the shortest words do, by what she has just said."""

from __future__ import annotations

import pytest

from bot.library import find
from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue
from dialogs.hearing.matters import Matter
from dialogs.hearing.shortly import offers_more, shortly
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.scenes import SAID_BY_ALL

OFFERED = Cue("Is there anything else you'd like to ask?", asked=True, gave_reason=True)
TOLD = Cue("It came down to experience.", gave_reason=True)


def hers(line: str) -> Cue:
    """A question of her own, waiting."""
    return Cue(line, asked=True, gave_reason=True, curious=True)


@pytest.mark.parametrize("said", ["no", "nope", "no, thank you", "nah i'm good", "nothing else, thanks"])
def test_a_no_to_anything_else_takes_leave(said: str) -> None:
    assert shortly(said, OFFERED) is Move.CLOSE
    assert shortly(said, TOLD) is Matter.NOD


@pytest.mark.parametrize(
    "said",
    [
        "that's all",
        "no thats all",
        "no, that's all. thank you verity",
        "ok that's it, thanks",
        "that's everything i wanted to know.",
    ],
)
def test_who_says_that_this_was_all_takes_leave_wherever_it_is_said(said: str) -> None:
    assert shortly(said, TOLD) is shortly(said, OFFERED) is Move.CLOSE
    assert shortly(said, Cue("Who is this?", asked=True, nameless=True)) is None


def test_that_is_all_as_a_question_is_no_goodbye() -> None:
    assert shortly("that's all?", TOLD) is None


def test_a_yes_to_anything_else_makes_room_for_it() -> None:
    assert shortly("yes please", OFFERED) is Matter.MORE
    assert shortly("yes", TOLD) is Matter.NOD
    assert shortly("yes, was it my letter?", OFFERED) is None


@pytest.mark.parametrize(
    ("line", "yes", "okay"),
    [
        ("Can I ask, was the no a surprise?", True, True),
        ("Did you think it had gone well, when you left?", True, True),
        ("Was it what you expected, the no?", True, True),
        ("Can I ask, do you know what you'll go for next?", True, True),
        ("If you did it again, would you do any of it differently?", True, True),
        ("How was that day for you, honestly?", False, True),
        ("Can I ask, how did you think it went?", False, True),
        ("What would you do differently, if we did it again?", False, False),
        ("May I ask what made you call, rather than write?", False, False),
    ],
)
def test_a_bare_yes_answers_a_yes_or_no_question_and_an_okay_one_that_asks_how_it_was(
    line: str, yes: bool, okay: bool
) -> None:
    for said, answers in (("yes", yes), ("no", yes), ("ok", okay)):
        assert shortly(said, hers(line)) is (Move.ANSWER if answers else Matter.NOD), (said, line)


def test_what_else_she_offers_is_a_question_of_hers() -> None:
    assert offers_more("Got it. What else?")
    assert offers_more("That's my time. Is there one last thing?")
    assert not offers_more("I've nothing else to add.")
    assert not offers_more("What is it?")


def held(*lines: str, seed: int = 1, ear: str = "full") -> Practice:
    practice = Practice(find("harbour"), seed, ear=Ear(ear).hear)  # type: ignore[arg-type]
    practice.begin()
    for said in ("Hello, this is Sam Ortiz. I interviewed for the analyst role.", *lines):
        practice.hear(said)
    return practice


def test_before_the_question_a_yes_a_no_and_an_okay_make_room_for_it_and_cost_nothing() -> None:
    for said in ("yes", "no", "ok"):
        practice = held()
        felt = (practice.call.trust, practice.call.patience)
        turn = practice.hear(said)
        assert [line.heading for line in turn.lines] == ["go_ahead"], said
        assert (practice.call.trust, practice.call.patience) == felt


def test_her_own_question_is_let_go_when_an_okay_is_no_answer_to_it() -> None:
    practice = held("I'm fine with the decision. Why wasn't it me?", seed=7)
    assert "What would you do differently" in practice.cue.line
    turn = practice.hear("ok")
    assert [line.heading for line in turn.lines] == ["let_drop"]
    assert turn.phase is Phase.ANSWERING


def test_a_call_ends_with_no_that_was_all() -> None:
    practice = held("Why wasn't I chosen?", "ok")
    assert practice.cue.line in SAID_BY_ALL["anything_else"]
    assert practice.hear("no").ended


def test_whatever_is_longer_than_a_bare_word_is_none_and_is_not_looked_at() -> None:
    assert shortly("no, no, thanks", OFFERED) is Move.CLOSE
    assert shortly("no" + ", no" * 40, OFFERED) is None
    assert shortly("yes" + ", " * 40, OFFERED) is None
