"""Calls by very unlike people: what each of them says in their own way is heard as what it is."""

from __future__ import annotations

import pytest

from bot.library import find
from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter, named
from dialogs.hearing.shortly import shortly
from dialogs.moves import ASKS, Move
from dialogs.practice import Practice, Turn
from dialogs.scenes import SAID_BY_ALL
from tests.managers import manager

UNKNOWN = Cue("Ward 7, this is Jan. Who's calling?", asked=True, nameless=True)
KNOWN = Cue("What can I do for you?", asked=True)
TOLD = Cue("It was more on the company's side.", gave_reason=True)
OPEN = Cue("It isn't decided yet.", gave_reason=True, undecided=True)


@pytest.fixture(scope="module", params=["light", "full"])
def ear(request: pytest.FixtureRequest) -> Ear:
    return Ear(request.param)


def headings(turn: Turn) -> list[str]:
    return [line.heading for line in turn.lines]


# -- who is there, and what was said -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Hello, is this Tesco?",
        "is that the hospital?",
        "Sorry, is this not the bakery?",
        "Oh hello, is that Mrs Patel?",
        "Have I got the wrong number then?",
        "is this the right place?",
        "Am I talking to a real person? You hear about these machines now.",
        "am I speaking with a machine?",
        "are you a real person?",
    ],
)
def test_who_does_not_know_whom_they_reached_is_told_who_it_is(ear: Ear, said: str) -> None:
    heard = ear.hear(said, UNKNOWN)
    assert heard.matter is Matter.WHO
    assert Move.PERMISSION not in heard.moves


@pytest.mark.parametrize(
    "said",
    ["Is this a good time?", "is that okay?", "is this about the nurse job?", "is that it?", "is this your line?"],
)
def test_a_question_about_the_moment_asks_for_nobody(ear: Ear, said: str) -> None:
    assert ear.hear(said, UNKNOWN).matter is not Matter.WHO


@pytest.mark.parametrize(
    "said",
    [
        "Sorry love, say again? Verity who?",
        "Hm?",
        "you what?",
        "Could you say it again, please?",
        "Eh? Say again?",
        "Jan who?",
    ],
)
def test_who_has_not_caught_it_has_asked_nothing_else(ear: Ear, said: str) -> None:
    heard = ear.hear(said, UNKNOWN)
    assert heard.matter is Matter.REPEAT
    assert not ASKS & set(heard.moves)


@pytest.mark.parametrize(
    "said", ["What do you mean?", "Sorry, what do you mean by that?", "Okay. What do you mean with “I'm listening”?"]
)
def test_what_do_you_mean_asks_on_only_where_something_was_told(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.REPEAT
    assert ear.hear("What do you mean?", TOLD).moves == (Move.PROBE,)


# -- what is asked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "I would like to know if my religion was a problem.",
        "did my accent count against me",
        "I'm sixty-one, and I did wonder whether that came into it.",
        "I'm 58, was that an issue?",
        "You've not answered about my age.",
        "was it an age thing?",
        "With respect, I asked if it is because I am a Muslim.",
    ],
)
def test_whether_it_was_age_or_faith_is_asked_in_many_ways_and_blames_nobody(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.TRAIT
    assert not {Move.ACCUSE, Move.ARGUE, *ASKS} & set(heard.moves)


@pytest.mark.parametrize(
    "said", ["My religion has nothing to do with it, I just want to improve.", "At my age one learns to take a no."]
)
def test_a_trait_that_is_only_named_is_not_asked_about(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is not Matter.TRAIT


@pytest.mark.parametrize(
    "said",
    [
        "What's the salary for that job anyway?",
        "What does it pay then, the job, out of interest?",
        "how much does the job pay",
        "and what was the hourly rate?",
        "what do you pay for that?",
    ],
)
def test_what_the_post_pays_is_no_question_about_the_reason(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.FIGURES
    assert not {Move.PRY, *ASKS} & set(heard.moves)


def test_the_pay_as_a_guess_stays_one(ear: Ear) -> None:
    assert ear.hear("Was it the pay I asked for?", TOLD).moves == (Move.ASK_SPECIFIC,)
    assert ear.hear("What's the salary they got?", TOLD).matter is not Matter.FIGURES


@pytest.mark.parametrize(
    "said",
    [
        "Was it someone internal then? I mean besides me.",
        "So did it go to an inside candidate?",
        "did you take somebody from your own team?",
        "Was it somebody already working there?",
        "And was it filled from within?",
    ],
)
def test_whether_somebody_inside_got_it_is_a_guess(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert {Move.ASK_SPECIFIC, Move.PROBE} & set(heard.moves)
    assert Move.PRY not in heard.moves


def test_who_that_was_is_still_other_peoples_business(ear: Ear) -> None:
    assert Move.PRY in ear.hear("Who was the internal person?", TOLD).moves


@pytest.mark.parametrize(
    "said",
    [
        "So was I ever in with a chance?",
        "Yeah. I have. So was I ever in with a chance?",
        "was I even in the running",
        "did i have a real chance",
        "Were I ever a serious contender?",
    ],
)
def test_whether_there_was_a_chance_is_a_question_about_oneself(ear: Ear, said: str) -> None:
    assert Move.ASK_SPECIFIC in ear.hear(said, TOLD).moves


@pytest.mark.parametrize(
    "said",
    [
        "Hi Roland, Sara Quill, I interviewed for the support manager role. How many people applied in the end?",
        "Hello, this is Ann Lee about the nurse job. Who did you give it to?",
        "Good morning, my name is Raj Patel. Who got the job?",
    ],
)
def test_a_prying_question_is_not_lost_beside_the_name(said: str) -> None:
    assert {Move.INTRODUCE, Move.PRY} <= set(Ear("full").hear(said, UNKNOWN).moves)


@pytest.mark.parametrize(
    "said",
    [
        "What would you have asked, in my place?",
        "What would a good question have been?",
        "For the future, what is better to do?",
        "what would they have wanted to hear",
        "So what would be the right way to put it?",
    ],
)
def test_what_would_have_been_better_asks_for_advice(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).advice


def test_i_suppose_what_i_want_to_know_guesses_nothing() -> None:
    said = "i got your letter this morning and well i suppose what id like to know is what let me down"
    assert not Ear("full").hear(said, KNOWN).guess
    assert Ear("full").hear("i suppose it was my letter?", TOLD).guess


@pytest.mark.parametrize(
    "said", ["ok when will you no", "when do i find out", "so how soon would you decide", "and when are you done?"]
)
def test_when_asks_when_it_will_be_decided_while_it_is_open(ear: Ear, said: str) -> None:
    assert ear.hear(said, OPEN).moves == (Move.DOOR,)


@pytest.mark.parametrize(
    "said",
    [
        "Is the mail address the one from the letter?",
        "where do I send that then?",
        "what's the email?",
        "Which address do I use?",
    ],
)
def test_where_to_write_is_answered(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.WRITTEN
    assert not ASKS & set(heard.moves)


@pytest.mark.parametrize(
    "said",
    [
        "Just to check, does first on the list mean ahead of everyone?",
        "lovely so how would i hear about that would you ring me or is it a letter",
        "When would that be?",
        "How long am I on the list?",
        "Would I have to do another interview?",
    ],
)
def test_a_question_after_the_door_asks_on_about_the_door(said: str) -> None:
    door = Cue("You're on our reserve list for twelve months.", gave_reason=True, later=True)
    heard = Ear("full").hear(said, door)
    assert Move.DOOR in heard.moves
    assert not ASKS & set(heard.moves)
    assert ASKS & set(Ear("full").hear("And what was it that let me down?", door).moves)


@pytest.mark.parametrize(
    "said",
    [
        "What should I have said when you asked about SQL?",
        "When you say experience, what do you mean exactly?",
        "How would you have answered that question?",
        "How do I get better at SQL?",
        "Was it something I said when I met the team?",
        "Was it that you didn't hear enough about my results?",
        "Was it something I said on the phone?",
    ],
)
def test_a_question_after_the_door_that_is_not_about_later_asks_for_the_reason(said: str) -> None:
    door = Cue("You're on our reserve list for twelve months.", gave_reason=True, later=True)
    heard = Ear("full").hear(said, door)
    assert ASKS & set(heard.moves)
    assert Move.DOOR not in heard.moves


@pytest.mark.parametrize("said", ["Is that years or training?", "Is that experience with clients?"])
def test_who_gave_no_name_may_ask_about_the_reason_they_were_given(said: str) -> None:
    heard = Ear("full").hear(said, Cue("It came down to experience.", gave_reason=True, nameless=True))
    assert heard.matter is Matter.NONE
    assert ASKS & set(heard.moves)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("I'm 40 minutes away by train, was that a problem?", Matter.NONE),
        ("I'm thirty miles from your office. I wondered whether that counted.", Matter.NONE),
        ("I'm twenty five miles from you, and that was the problem.", Matter.NONE),
        ("I'm 61 and I wondered whether that counted.", Matter.TRAIT),
        ("I'm fifty-two, was that the problem?", Matter.TRAIT),
        ("I'm thirty and that was the problem, was it?", Matter.TRAIT),
    ],
)
def test_a_way_to_work_is_no_age(said: str, matter: Matter) -> None:
    assert named(said.lower()) is matter


def test_the_call_knows_when_it_has_just_spoken_of_later_on() -> None:
    practice = Practice(find("council"), 1)
    practice.take(Heard((Move.GREET, Move.INTRODUCE)))
    assert not practice.cue.later
    practice.take(Heard((Move.DOOR,)))
    assert practice.cue.later


@pytest.mark.parametrize(
    "said",
    [
        "It was the lunch, no?",
        "my english was not enough?",
        "so it was my experience, right?",
        "The salary was too high, or?",
        "It is my hands?",
        "it's something I said?",
    ],
)
def test_a_statement_put_as_a_question_is_a_guess(ear: Ear, said: str) -> None:
    assert {Move.ASK_SPECIFIC, Move.PROBE} & set(ear.hear(said, TOLD).moves)


@pytest.mark.parametrize(
    "said", ["That's fine, right?", "ok thanks. all right?", "It was a pleasure, thank you. Okay?"]
)
def test_kindness_put_as_a_question_guesses_nothing(ear: Ear, said: str) -> None:
    assert Move.ASK_SPECIFIC not in ear.hear(said, TOLD).moves


@pytest.mark.parametrize(
    "said",
    [
        "OK. Thanks Imogen. And the client, are they still hiring?",
        "are you still looking for people",
        "Is your team still recruiting?",
    ],
)
def test_whether_they_are_still_hiring_is_about_later_on(ear: Ear, said: str) -> None:
    assert Move.DOOR in ear.hear(said, TOLD).moves


@pytest.mark.parametrize(
    "said",
    ["I mean it, I get it. You had to choose. Who did you choose?", "Thanks, that's fair. Who got it in the end?"],
)
def test_who_got_it_is_asked_however_kindly_it_is_led_up_to(ear: Ear, said: str) -> None:
    assert Move.PRY in ear.hear(said, TOLD).moves


def test_ones_own_marks_are_nobody_elses_business() -> None:
    full = Ear("full")
    assert Move.PRY in full.hear("What were the other person's scores?", KNOWN).moves
    said = "Hello Mr Ashby, Tom Reilly, policy officer interview. Could you send me the scores in writing please?"
    assert full.hear(said, UNKNOWN).matter is Matter.WRITTEN


@pytest.mark.parametrize(
    "said",
    ["No, my own scores. I just want mine.", "I only want my own marks.", "I'm asking for my grades, that's all"],
)
def test_ones_own_marks_are_asked_for_by_who_only_wishes_for_them(ear: Ear, said: str) -> None:
    for cue in (KNOWN, TOLD):
        heard = ear.hear(said, cue)
        assert Move.ASK_SPECIFIC in heard.moves
        assert not {Move.PRY, Move.ANSWER} & set(heard.moves)


def test_ones_own_marks_told_of_ask_for_nothing(ear: Ear) -> None:
    hers = Cue("What are you proud of?", asked=True, gave_reason=True, curious=True)
    for said in ("My results.", "I want my results to speak for me.", "I like my own results best."):
        assert Move.ASK_SPECIFIC not in ear.hear(said, hers).moves


@pytest.mark.parametrize("said", ["A BETTER FIT HOW", "a better fit how?", "the letter how"])
def test_how_at_the_end_asks_on_and_guesses_nothing(ear: Ear, said: str) -> None:
    assert not ear.hear(said, Cue("There was a better fit, and the letter.", gave_reason=True)).guess


def test_in_my_shoes_is_not_about_shoes() -> None:
    heard = Ear("full").hear("Is there anything you would have done different in my shoes?", TOLD)
    assert "presentation" not in heard.areas
    assert not heard.guess


@pytest.mark.parametrize(
    "said", ["Hello Mr Brandl, here is Jonas Pohl.", "here is Yusuf Demir", "Good day, here's Ana Ruiz."]
)
def test_here_is_and_a_name_introduces(ear: Ear, said: str) -> None:
    assert Move.INTRODUCE in ear.hear(said, UNKNOWN).moves
    assert Move.INTRODUCE not in ear.hear("here's the thing, I wanted to ask why", UNKNOWN).moves


# -- answers, nods and leave -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["fine i thought", "went ok, i think", "pretty good really", "not bad", "hm, quite well i guess"]
)
def test_how_it_went_is_answered_by_how_it_went(said: str) -> None:
    hers = Cue("How did it look from your side of the table?", asked=True, gave_reason=True, curious=True)
    assert Ear("full").hear(said, hers).moves == (Move.ANSWER,)


@pytest.mark.parametrize(
    "said",
    [
        "A surprise? Would it surprise you?",
        "why do you ask?",
        "Does it matter?",
        "Who wants to know?",
        "I asked you first.",
    ],
)
def test_a_question_given_back_is_let_go(said: str) -> None:
    hers = Cue("Can I ask, was the no a surprise?", asked=True, gave_reason=True, curious=True)
    assert shortly(said.lower(), hers) is Matter.NOD
    assert shortly("why?", hers) is None


@pytest.mark.parametrize(
    "said",
    ["Understood. Good afternoon to you.", "Very well, good day to you.", "Thanks, and a good evening to you both."],
)
def test_a_good_day_at_the_end_takes_leave(ear: Ear, said: str) -> None:
    assert Move.CLOSE in ear.hear(said, TOLD).moves
    assert Move.CLOSE not in ear.hear("Good afternoon to you, it's Pat Moss.", UNKNOWN).moves


def test_a_picture_answers_nothing_and_a_thumb_is_an_okay(ear: Ear) -> None:
    assert ear.hear("👋", KNOWN).moves == (Move.OTHER,)
    assert ear.hear("👍", TOLD).matter is ear.hear("👌🏽", TOLD).matter is Matter.NOD


NOD = Heard(matter=Matter.NOD)


def test_nothing_but_okay_is_helped_along_once_and_then_ended() -> None:
    practice = Practice(manager(), 1)
    practice.take(Heard((Move.INTRODUCE,)))
    turns = [practice.take(NOD) for _ in range(5)]
    assert [headings(t)[0] for t in turns] == ["go_ahead", "go_ahead", "help_along", "go_ahead", "worn_out"]
    assert turns[-1].phase is Phase.CLOSING


def test_after_an_answer_three_okays_end_it_and_a_word_between_them_does_not() -> None:
    practice = Practice(manager(), 1)
    practice.take(Heard((Move.INTRODUCE, Move.ASK_OPEN)))
    practice.take(NOD)
    practice.take(NOD)
    practice.take(Heard((Move.THANK,)))
    practice.take(NOD)
    assert practice.take(NOD).phase is Phase.ANSWERING
    assert headings(practice.take(NOD)) == ["worn_out"]


# -- what comes back ---------------------------------------------------------------------------------------


def test_who_is_sent_to_write_is_not_sent_twice() -> None:
    practice = Practice(find("museum"), 14)
    practice.take(Heard((Move.INTRODUCE, Move.ASK_OPEN)))
    turn = practice.take(Heard((Move.ACCUSE,), matter=Matter.TRAIT))
    assert headings(turn) == ["never_a_reason"]
    assert turn.says[0] in SAID_BY_ALL["never_a_reason"]
    assert turn.phase is Phase.GUARDED


def test_what_may_have_been_a_push_is_not_comforted() -> None:
    practice = Practice(manager(), 1)
    practice.take(Heard((Move.INTRODUCE, Move.ASK_OPEN)))
    assert headings(practice.take(Heard((Move.VENT,), echo=Move.VENT, wary=True))) == ["wary"]


@pytest.mark.parametrize("move", [Move.ACCEPT, Move.REASSURE, Move.ACKNOWLEDGE])
def test_nobody_is_thanked_for_what_may_not_have_been_kind(move: Move) -> None:
    practice = Practice(manager(), 1)
    practice.take(Heard((Move.INTRODUCE, Move.ASK_OPEN)))
    assert headings(practice.take(Heard((move,), echo=move))) == ["go_on"]
    assert headings(practice.take(Heard((move,))))[0] == "warmed"


def test_i_do_not_mean_you_takes_it_back() -> None:
    strained = Cue("That needs HR.", gave_reason=True, strained=True)
    for said in (
        "I don't mean you. I mean me. I'm cross with myself. Sorry.",
        "No no, I didn't mean you.",
        "I do not mean you at all.",
    ):
        assert Move.REASSURE in Ear("full").hear(said, strained).moves
