"""What a question asks for beyond its move, and what she makes of it: guesses, advice, the same again, and her own question answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.hearing.areas import near
from dialogs.hearing.asked import guessed_areas, takes_up, topic_of, wants_advice
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.moves import Move
from dialogs.practice import Practice, Turn
from dialogs.scenario import Scenario
from tests.managers import manager

EAR = Ear("full").hear


def told(scenario: Scenario, *heard: Heard) -> list[Turn]:
    practice = Practice(scenario, 1)
    practice.begin()
    return [practice.take(each) for each in (Heard.of("introduce", "accept"), *heard)]


def last(scenario: Scenario, *heard: Heard) -> list[str]:
    return [line.heading for line in told(scenario, *heard)[-1].lines]


@pytest.mark.parametrize(
    ("said", "areas"),
    [
        ("Was there a spelling mistake?", ("application",)), ("do you mean years on an acute ward?", ("years",)),
        ("Was it that I gave no numbers for what I had done?", ("numbers",)), ("which question did i do worst on", ()),
        ("what was the thing that didn't fit?", ()), ("Gil Amsel, senior support manager. Did I come close?", ()),
        ("Could you give me an example?", ()), ("Could it have been my shoes?", ("presentation",)),
        ("What could I work on over the next year?", ()), ("was it how i talked about my old manager", ("exit_story",)),
    ],
)  # fmt: skip
def test_only_what_is_put_forward_is_a_guess(said: str, areas: tuple[str, ...]) -> None:
    assert guessed_areas(said) == areas


@pytest.mark.parametrize("said", ["Could you give me an example?", "Thank you, could I have one more example?"])
def test_who_asks_for_an_example_guesses_nothing(said: str) -> None:
    heard = EAR(said, Cue("Yes. It was the cloud certification, and you don't have it.", gave_reason=True))
    assert not heard.guess
    assert not heard.areas


def test_an_area_that_is_named_without_a_guess_is_not_called_wrong() -> None:
    looked_for = replace(Heard.of("ask_specific", areas=("presentation",)), guess=False)
    assert last(manager(), Heard.of("ask_open"), looked_for) == ["specific"]


def test_a_guess_that_borders_on_the_reason_is_neither_right_nor_wrong() -> None:
    assert near("budget", ("pay",))
    frozen = manager(reason="budget")
    assert last(frozen, Heard.of("ask_open"), Heard.of("ask_specific", areas=("pay",))) == ["near_it", "specific"]
    assert "not_that" in last(frozen, Heard.of("ask_open"), Heard.of("ask_specific", areas=("presentation",)))


def test_a_question_with_a_word_that_points_elsewhere_is_not_the_same_question() -> None:
    on = [replace(Heard.of("ask_open"), topic=words) for words in ((), ("changed", "side"), ("changed", "side"))]
    scenes = [t.lines[-1].heading for t in told(manager(cap=1), *on)]
    assert scenes[1:] == ["stock", "stock", "again"]
    assert topic_of("Why wasn't I chosen, please?") == ()
    assert topic_of("Was it the joke I made?") == ("joke",)


def test_asking_on_from_an_answer_that_told_more_is_a_new_question() -> None:
    probes = [Heard.of("probe")] * 2
    assert "again" not in last(manager(minutes=20), Heard.of("ask_open"), *probes)


def test_a_guess_at_the_untold_reason_is_never_told_that_it_has_been_answered() -> None:
    slip = manager(reason="faux pas", cap=4, minutes=30)
    guess = Heard.of("ask_specific", areas=("manners",))
    practice = Practice(slip, 1)
    practice.begin()
    practice.take(Heard.of("introduce"))
    said = [line.heading for _ in range(5) for line in practice.take(guess).lines]
    assert not {"again", "no_more"} & set(said)


@pytest.mark.parametrize(
    "said",
    ["What should I have said?", "What would a full-marks answer have contained?", "like what", "What would have been better?",
     "shouldve asked stuff. like what", "How should I have put it?"],
)  # fmt: skip
def test_asking_for_advice_is_known_by_its_words(said: str) -> None:
    assert wants_advice(said)
    assert not wants_advice("Was it what I said?")


def test_who_asks_what_would_have_been_better_is_told_that_or_that_it_cannot_be_told() -> None:
    advice = replace(Heard.of("probe"), advice=True)
    reason = Heard.of("ask_specific", areas=("certificate",))
    assert last(manager(minutes=20), Heard.of("ask_open"), reason, advice) == ["instead"]
    assert last(manager(cap=1), Heard.of("ask_open"), advice) == ["no_advice"]


def test_a_few_words_that_take_up_the_hint_are_a_guess() -> None:
    hint = "You were fine in person. It was on the paper side."
    heard = EAR("The letter then?", Cue(hint, gave_reason=True))
    assert (heard.guess, heard.areas) == (True, ("application",))
    assert not takes_up("Pardon?", hint)


@pytest.mark.parametrize(
    "said", ["i'd probably not talk about my old manager", "hm idk. bit", "i'm quite a quiet person"]
)
def test_what_is_said_to_her_own_question_answers_it(said: str) -> None:
    cue = Cue("How did it feel, from your side?", asked=True, gave_reason=True, curious=True)
    assert EAR(said, cue).moves == (Move.ANSWER,)


@pytest.mark.parametrize("said", ["im just shy", "i was tired", "it was a bit scary"])
def test_a_feeling_told_to_her_own_question_answers_it_whether_it_is_heard_as_a_feeling_or_not(said: str) -> None:
    cue = Cue("How did it feel, from your side?", asked=True, gave_reason=True, curious=True)
    heard = EAR(said, cue)
    assert Move.ANSWER in heard.moves
    assert set(heard.moves) <= {Move.ANSWER, Move.VENT}
    assert not heard.wary


def test_a_short_was_it_is_a_guess_also_where_nothing_was_told() -> None:
    nothing_told = Cue("Please ask HR, by email. I only know about the technical side.")
    assert EAR("Is it HiL?", nothing_told).moves == (Move.ASK_SPECIFIC,)
    assert EAR("Is it raining?", nothing_told).moves != (Move.ASK_SPECIFIC,)


def test_nobody_but_her_says_back_what_was_meant() -> None:
    practice = Practice(manager(opening="reception"), 1)
    practice.begin()
    doubtful = replace(Heard.of("door"), echo=Move.DOOR)
    assert [line.heading for line in practice.take(doubtful).lines] == ["reception_cannot"]
