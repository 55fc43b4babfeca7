"""What a debrief quotes, names and adds is the right thing: calls that were held and read aloud."""

from __future__ import annotations

import pytest

from dialogs.review.spelling import Spelling
from dialogs.review.voice import listen
from tests.debriefed import SCENARIOS
from tests.short_calls import check, spoken, text


def test_acceptance_is_quoted_by_the_sentence_that_accepts_and_not_by_an_ok_before_it() -> None:
    debrief = spoken(
        "harbour",
        "hi its jonno i interviewd for the anlyst thing tuesday",
        "ok so i didnt get it. i get that its fine realy. just wanted to know wich bit i messed up",
        "was it the sql test i did bad on",
        "thx bye",
        seed=3,
    )
    found = check(debrief, "settled")
    assert found.yes
    assert [q.words for q in found.quotes] == ["i get that its fine realy."]


def test_a_graver_push_is_named_before_a_slighter_one() -> None:
    lines = (
        "That's just rude. I wasted two days on your stupid test.",
        "Who got it then?",
        "How much are you paying them?",
        "Right. I'll speak to my solicitor.",
    )
    found = check(spoken("harbour", "Hello, this is Sam Ortiz about the interview.", *lines, seed=3), "calm")
    assert found.note.endswith("the second as a threat.")
    assert found.quotes[-1].words == "I'll speak to my solicitor."


RAMBLE = (
    "So hello yes um this is, it's Darren, Darren Platt, I don't know if you remember me, I came in the Wednesday, or was it the Thursday, no the "
    "Wednesday because my sister had the car, and we talked about the shift lead job and you showed me the back room and I said about my time at the "
    "garden centre, and anyway I got the text that said no, and I just wondered if you had a minute to say what it was, or if it was the hours."
)


def test_what_was_too_long_is_quoted_from_its_beginning() -> None:
    change = spoken("corner", RAMBLE, "Okay, thank you, bye now.", seed=3).change
    assert change is not None
    assert change.fault == "rambling"
    assert RAMBLE.startswith(change.line.words)
    assert change.line.cut


FOUNDRY = (
    "Hello, this is Dr. Amara Obi. I was a candidate for the senior process engineer role. Is this an all right moment to talk?",
    "I realise this must have been a hard choice, and I'm at peace with it.",
    "I was wondering whether there was one thing in my presentation that made you hesitate?",
    "That makes sense. I can imagine it was not easy for you either.",
    "Could you tell me more about when you noticed it?",
    "I'll be more direct about what went wrong in my last plant, next time. Thank you for being honest with me.",
    "Take care, goodbye.",
)


def test_what_is_only_one_step_further_is_added_near_the_end() -> None:
    change = spoken("foundry", *FOUNDRY, seed=3).change
    assert change is not None
    assert change.fault == "later"
    assert change.turn >= 6


def test_who_says_what_they_will_do_is_never_asked_to_say_it() -> None:
    lines = (
        "Hello, Grace Ward here, from the product designer interviews. Have you got five minutes?",
        "Thank you. I've taken it in and I accept it.",
        "What would you have liked to see more of?",
        "Could you say a bit more about that?",
        "Was it in the portfolio or in the conversation?",
        "Thank you, that's clear.",
        "How would you have told it?",
        "Thank you. I'll cut it to three projects by Sunday.",
        "Would you mind if I stayed in touch?",
        "That's lovely. Thank you for all this, goodbye.",
    )
    change = spoken("lantern", *lines, seed=3).change
    assert change is not None
    assert change.fault == "round off"


def test_where_something_is_only_added_nothing_kind_is_dropped() -> None:
    last = "That's really kind of you to tell me. I'll get my friend to read it before I send the next one. Thank you so much, bye!"
    lines = (
        "Hi Philippa, it's Jess Tran. I came in about the receptionist job. Do you have a second?",
        "I totally get that you chose someone else and I'm okay with it. I'd just love one tip for next time.",
        "Was it something small, like my cover letter or how I looked?",
        "Oh no! Which word was it?",
    )
    change = spoken("clinic", *lines, last, seed=3).change
    assert change is not None
    assert change.turn == 5
    for sentence in (
        "That's really kind of you to tell me.",
        "I'll get my friend to read it before I send the next one.",
        "Thank you so much, bye!",
    ):
        assert sentence in change.better


def test_a_taunt_with_a_question_mark_is_not_offered_as_ones_question() -> None:
    lines = ("Are you having a laugh? You lot lied to me, you liars.", "You'll hear from my lawyer.")
    debrief = spoken("bistro", *lines, seed=3)
    assert "If that was your question" not in text(debrief)
    assert [q.words for q in check(debrief, "asked").quotes] == []


def test_who_talks_as_to_a_friend_asks_with_can_and_not_with_may() -> None:
    friend = listen(["Alright mate, it's Kev.", "No worries. See ya."], SCENARIOS["depot"])
    other = listen(["Good morning, this is Ada Roth.", "Thank you. Goodbye."], SCENARIOS["depot"])
    assert friend.speak("May I apply again?") == "Can I apply again?"
    assert other.speak("May I apply again?") == "May I apply again?"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("um this is, it's Darren, Darren Platt, I came in the Wednesday", "Darren Platt"),
        ("Hi, it's Darren, I came in. Darren Wednesday.", "Darren"),
        ("Hi, it's Darren. Dana Whitfield wrote to me.", "Darren"),
    ],
)
def test_a_name_that_is_said_in_full_is_known_in_full(said: str, name: str) -> None:
    assert listen([said], SCENARIOS["harbour"]).name == name


def test_what_only_reception_heard_is_said_to_be_unheard_and_is_offered_again_in_the_same_words() -> None:
    lines = (
        "Hi Imogen, Rob Castle. I've made my peace with the no.",
        "Was it the tax side, or my notice period?",
        "Cheers Imogen, bye.",
    )
    debrief = spoken("ledger", *lines, seed=3)
    found = check(debrief, "settled")
    assert not found.yes
    assert [(q.turn, q.words) for q in found.quotes] == [(1, "I've made my peace with the no.")]
    assert "before Imogen was on the line" in text(debrief)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("You've told me enough.", "You have told me enough."),
        ("You're kind. We've met.", "You are kind. We have met."),
        ("Isn't it so?", "Isn't it so?"),
    ],
)
def test_who_writes_long_forms_gets_them_at_the_head_of_a_sentence_too(short: str, long: str) -> None:
    assert Spelling(short=False).write(short) == long


def name_of(*lines: str, scenario: str = "ward") -> tuple[bool, list[str], str]:
    found = check(spoken(scenario, *lines), "name")
    return found.yes, [q.words for q in found.quotes], found.note


@pytest.mark.parametrize(
    "said",
    [
        "sorry im nervous. its about the nurse job",
        "um hello again. im calling about my interview",
        "Sorry. It's about the ward job.",
    ],
)
def test_what_it_is_about_said_once_asked_and_without_a_name_is_no_plain_yes(said: str) -> None:
    yes, quotes, note = name_of("hi", said, "thanks. is now ok?", "why didnt i get it?", "thanks bye")
    assert not yes
    assert quotes == [said.split(". ", 1)[1]]
    assert "only after being asked" in note


def test_a_name_that_is_given_once_asked_is_quoted_where_it_stands() -> None:
    yes, quotes, _ = name_of(
        "hi", "sorry im nervous. its Sam Ortiz about the nurse job", "was it my interview?", "thanks bye"
    )
    assert yes
    assert quotes == ["its Sam Ortiz about the nurse job"]


def test_what_it_is_about_is_enough_where_nobody_had_to_ask() -> None:
    yes, quotes, _ = name_of("Sorry, I'm nervous. It's about the nurse job.", "why didnt i get it?", "thanks bye")
    assert yes
    assert quotes == ["It's about the nurse job."]


def test_a_name_that_never_came_did_not_come_after_the_question() -> None:
    yes, quotes, note = name_of(
        "can you tell me why i didnt get it", "sorry im nervous. its about the nurse job", "thanks bye"
    )
    assert not yes
    assert quotes == ["its about the nurse job"]
    assert "Your name came" not in note


@pytest.mark.parametrize("seed", range(4))
def test_what_one_did_not_have_is_to_be_got_and_not_to_be_done_differently(seed: int) -> None:
    debrief = spoken(
        "harbour",
        "hi this is Sam Porter, i applied for the analyst job last month",
        "is now an ok time? only two minutes",
        "thanks. i know the decisions made and im not trying to change it, just hoping to learn",
        "can i ask what made the difference in the end",
        "was it something in the interview or more my experience",
        "would it be alright to keep in touch if something comes up",
        "thank you so much for your time, have a good day",
        seed=seed,
    )
    assert debrief.change is not None
    assert "what you will do about it" in text(debrief)
    assert "differently" not in text(debrief)


@pytest.mark.parametrize("seed", range(4))
def test_blame_that_was_heard_out_is_told_as_hurt(seed: int) -> None:
    hello = "hello, this is Sam Ortiz, i interviewed for the analyst role"
    hurt = "you never even gave me a chance, i cried for days"
    change = spoken("harbour", hello, hurt, "what was missing", "ok, thank you, bye", seed=seed).change
    assert change is not None
    assert change.turn == 2
    assert "hurt" in change.why
