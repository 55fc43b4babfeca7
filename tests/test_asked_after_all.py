"""What is asked although it does not look like it, and thanks that take leave: heard as what it is, and answered."""

from __future__ import annotations

import pytest

from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Cue, Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import ASKS, COSTLY, Move
from dialogs.practice import Practice, Turn
from tests.managers import headings, manager
from tests.places import ANSWERING, ENDED, GUARDED, OPENING, at

UNKNOWN = Cue("Ward 7, this is Jan. Who's calling?", asked=True, nameless=True)
KNOWN = Cue("What can I do for you?", asked=True)
TOLD = Cue("It was more on the company's side.", gave_reason=True)
THANKS, ASK = Heard((Move.THANK,)), Heard((Move.ASK_OPEN,))


def held(*heard: Heard, **draw: str) -> list[Turn]:
    practice = Practice(manager(**draw), 1)
    practice.begin()
    return [practice.take(each) for each in (Heard((Move.INTRODUCE,)), *heard)]


# -- what would have tipped it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "is there something that would of changed your mind",
        "Is there anything that would have changed your mind?",
        "would anything have made a difference",
        "what would have tipped it",
    ],
)
def test_what_would_have_tipped_it_leans_on_the_answer_and_is_an_honest_question_before_one(
    ear: Ear, said: str
) -> None:
    asked = ear.hear(said, TOLD)
    assert Move.PROBE in asked.moves
    assert (asked.guess, asked.areas, asked.echo) == (False, (), None)
    assert {Move.ASK_OPEN, Move.ASK_SPECIFIC} & set(ear.hear(said, KNOWN).moves)


def test_a_change_on_their_side_is_still_a_guess(ear: Ear) -> None:
    assert ear.hear("did something change on your side?", TOLD).guess


@pytest.mark.parametrize("said", ["How's that?", "how's that then", "hows that", "oh, how so?", "In what way?"])
def test_hows_that_asks_on_after_an_answer_and_before_one_has_not_caught_the_words(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).moves == (Move.PROBE,)


def test_before_an_answer_hows_that_is_said_by_who_did_not_hear(ear: Ear) -> None:
    assert ear.hear("How's that?", KNOWN).matter is Matter.REPEAT


# -- one's own marks, and a guess ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Which one of the criteria did I score lowest on?",
        "where did i score worst",
        "what did I score lowest in",
        "And on which question did I lose the most points?",
        "what was my weakest area",
    ],
)
def test_where_one_scored_lowest_is_nobody_elses_matter(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert ASKS & set(heard.moves)
    assert Move.PRY not in heard.moves


@pytest.mark.parametrize(
    "said", ["what was it chef", "what was it, chef?", "what was it boss", "so what was it, mate?"]
)
def test_by_whom_one_is_addressed_changes_nothing_in_what_is_asked(ear: Ear, said: str) -> None:
    assert ASKS & set(ear.hear(said, TOLD).moves)
    for cue in (KNOWN, TOLD):
        plainly = ear.hear(said.replace("chef", "").replace("boss", "").replace("mate", "").replace(", ?", "?"), cue)
        assert ear.hear(said, cue).moves == plainly.moves


def test_a_chef_who_is_spoken_of_stays_in_the_words(ear: Ear) -> None:
    assert ear.evidence("I was a sous chef.").plain.endswith("chef.")
    assert "chef" in ear.evidence("Was it my old chef?").plain


def test_a_guess_gets_a_word_also_where_it_is_near_or_where_nothing_more_is_told() -> None:
    near, wrong, right = (
        Heard((Move.ASK_SPECIFIC,), areas=(area,), guess=True, topic=(area,))
        for area in ("skills", "manners", "certificate")
    )
    graced = Heard((Move.ACCEPT, Move.ASK_OPEN))
    assert headings(held(graced, near)[-1])[0] == "near_it"
    assert headings(held(graced, wrong)[-1])[0] == "not_that"
    turns = held(graced, right, Heard((Move.PROBE,)), wrong, minutes="30")
    assert headings(turns[-1]) == ["not_that", "pull_back"]
    assert headings(held(near)[-1]) == ["stock"]  # where nothing is told, a no would be telling


# -- who is there, and what is only named --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", ["is this policy?", "Is this experience?", "is this urgent?", "Is this company policy?"]
)
def test_what_no_person_or_house_is_called_asks_for_nobody(ear: Ear, said: str) -> None:
    assert ear.hear(said, UNKNOWN).matter is not Matter.WHO


@pytest.mark.parametrize("said", ["is this tesco?", "Is that Dana?", "is that the clinic?", "is this harbour mutual?"])
def test_a_house_and_a_name_are_asked_for_in_any_letters(ear: Ear, said: str) -> None:
    assert ear.hear(said, UNKNOWN).matter is Matter.WHO


@pytest.mark.parametrize(
    "said", ["At my age the role is about stability.", "at my age a part like this is rare", "My accent fits the part."]
)
def test_a_role_or_a_part_beside_a_trait_asks_nothing_about_it(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is not Matter.TRAIT


@pytest.mark.parametrize(
    "said", ["did my age play a part", "my age had a role in it?", "my accent was a big part of it, wasn't it"]
)
def test_whether_it_played_a_part_is_asked_about(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is Matter.TRAIT


# -- thanks at the end ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Ta. Cheers.", "cheers then", "Lovely. Ta. Thank you.", "ok thanks anyway"])
def test_twofold_thanks_take_leave_once_there_was_an_answer(ear: Ear, said: str) -> None:
    assert {Move.THANK, Move.CLOSE} <= set(ear.hear(said, TOLD).moves)
    assert Move.CLOSE not in ear.hear("Thanks. That helps me a lot.", TOLD).moves


@pytest.mark.parametrize("said", ["Thanks chef.", "thank you", "ok cheers", "That's great, thanks a lot."])
def test_thanks_to_was_that_all_take_leave(ear: Ear, said: str) -> None:
    offered = Cue("Was there something else?", asked=True, gave_reason=True)
    assert Move.CLOSE in ear.hear(said, offered).moves


def test_thanks_alone_are_asked_whether_that_was_all_and_the_second_time_they_take_leave() -> None:
    turns = held(ASK, THANKS, THANKS, warmth="-0.5")
    assert headings(turns[2]) == ["thanked", "anything_else"]
    assert turns[3].ended
    assert at(ANSWERING, "thank", thanks=2, asks=1) == at(GUARDED, "thank", thanks=2, asks=1) == ("goodbye", ENDED)
    assert at(ANSWERING, "thank", thanks=1, asks=1) == ("thanked", ANSWERING)
    assert at(OPENING, "thank", thanks=2) == ("thanked", OPENING)


def test_thanks_with_anything_beside_them_or_between_them_take_no_leave() -> None:
    beside = Heard((Move.THANK, Move.ACCEPT))
    assert held(ASK, beside, beside)[-1].phase is Phase.ANSWERING
    assert held(ASK, THANKS, ASK, THANKS)[-1].phase is Phase.ANSWERING


@pytest.mark.parametrize("said", ["Well. Touché.", "Well, touche", "Right so.", "Mhm, well."])
def test_a_word_or_two_without_a_word_of_leave_take_none(ear: Ear, said: str) -> None:
    assert Move.CLOSE not in ear.hear(said, TOLD).moves


@pytest.mark.parametrize("said", ["laters", "Cheerio.", "ok bye", "See you around"])
def test_a_word_or_two_of_leave_take_it(ear: Ear, said: str) -> None:
    assert Move.CLOSE in ear.hear(said, TOLD).moves


# -- conclusions and tales -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("Hm. So you already had somebody.", "internal"), ("so nobody got it", "budget"), ("So it was my certificate.", "certificate"),
        ("sorry I'm on the hands free um so it's the hours is it", "location"), ("it's the hours then is it", "location"),
        ("so its my spelling yeah", "application"), ("Ah. It was my german language?", "skills"),
        ("Then it must have been the salary.", "pay"), ("must have been my CV then", "application"),
    ],
)  # fmt: skip
def test_a_conclusion_that_names_what_decided_it_is_a_guess_and_blames_nobody(ear: Ear, said: str, area: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.moves == (Move.ASK_SPECIFIC,)
    assert area in heard.areas


@pytest.mark.parametrize(
    "said",
    [
        "It must have been hard to read all those CVs.",
        "Then you can keep your salary.",
        "Then it was lovely to meet you.",
    ],
)
def test_what_only_begins_as_a_conclusion_is_no_guess(ear: Ear, said: str) -> None:
    assert Move.ASK_SPECIFIC not in ear.hear(said, TOLD).moves


def test_a_conclusion_in_hard_words_is_blame(ear: Ear) -> None:
    heard = ear.hear("so you're all liars and it was your own people", TOLD)
    assert Move.ACCUSE in heard.moves
    assert heard.hard


def test_it_was_my_age_wasnt_it_is_a_fear(ear: Ear) -> None:
    heard = ear.hear("it was my age wasn't it", TOLD)
    assert (heard.matter, heard.moves) == (Matter.TRAIT, (Move.OTHER,))


def test_a_long_tale_is_heard_though_it_speaks_of_whom_it_was_told_to() -> None:
    tale = (
        "Yes well I felt it went quite nicely. I was a bit nervous at the beginning but then we talked about the handover and I told you about "
        "the night with the two falls, when I was alone on the bay, and I think I explained how I escalated it, and after that I was quite calm."
    )
    assert Ear("full").hear(tale, TOLD).matter is Matter.TOLD
    assert Ear("full").hear(tale + " Could you tell me why?", TOLD).matter is not Matter.TOLD


@pytest.mark.parametrize(
    "said", ["First question, what did the job actually pay in the end?", "what does it really pay"]
)
def test_what_it_actually_pays_is_a_question_for_hr(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.FIGURES


@pytest.mark.parametrize("said", ["right. would 5 less have done it", "Would three more years have been enough?"])
def test_what_would_have_been_enough_asks_on(ear: Ear, said: str) -> None:
    assert Move.PROBE in ear.hear(said, TOLD).moves


def test_who_asks_what_to_do_better_has_asked_something_else_than_why() -> None:
    turns = held(Heard((Move.ASK_OPEN,)), Heard((Move.ASK_OPEN,), advice=True), Heard((Move.ASK_OPEN,), advice=True))
    assert [headings(t)[-1] for t in turns[1:]] == ["stock", "stock", "again"]


# -- at the edge ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Was I too old? I'm fifty-eight.", "am I too young for this", "was it because i said i have anxiety", "was it because of my depression",
        "Can you confirm for the recording that it wasn't my ethnicity?", "was my health an issue",
    ],
)  # fmt: skip
def test_age_and_illness_are_feared_in_many_words(ear: Ear, said: str) -> None:
    heard = ear.hear(said, KNOWN)
    assert heard.matter is Matter.TRAIT
    assert not {Move.ACCUSE, *ASKS} & set(heard.moves)


def test_feedback_in_writing_asks_for_nothing_on_the_telephone() -> None:
    full = Ear("full")
    assert full.hear("Could I get feedback in writing?", TOLD).moves == (Move.OTHER,)
    assert full.hear("Who do I send the receipt to?", TOLD).matter is Matter.WRITTEN
    assert ASKS & set(full.hear("Could you send me the reasons in writing and tell me why now?", TOLD).moves)


@pytest.mark.parametrize("said", ["Thank you Mr Pym. Good afternoon.", "Very kind of you. A very good day, madam."])
def test_good_afternoon_at_the_end_of_a_call_takes_leave_and_at_its_beginning_it_greets(ear: Ear, said: str) -> None:
    assert Move.CLOSE in ear.hear(said, TOLD).moves
    assert Move.GREET in ear.hear("Hello. Good afternoon, it's Pat Moss.", UNKNOWN).moves


@pytest.mark.parametrize(
    "said",
    [
        "Very well. On which criterion was I weakest?",
        "oh ok. was it something in my letter then",
        "Good. So what was it then?",
    ],
)
def test_an_okay_before_the_question_accepts_nothing(ear: Ear, said: str) -> None:
    assert Move.ACCEPT not in ear.hear(said, TOLD).moves


@pytest.mark.parametrize("said", ["Please withdraw me.", "I see. Then I'll take the other one. Please withdraw me."])
def test_who_withdraws_tells_it_and_pushes_nobody(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.TOLD
    assert not heard.wary


def test_what_one_needs_is_drawn_from_an_answer_and_before_one_it_is_not(ear: Ear) -> None:
    assert ear.hear("So I need the figures. From nine days to five.", TOLD).moves == (Move.ACCEPT,)
    assert Move.ACCEPT not in ear.hear("So I need the figures. From nine days to five.", KNOWN).moves


def test_those_of_somebody_else_are_pried_after_and_nobody_is_blamed() -> None:
    assert Ear("full").hear("And those of the appointee.", TOLD).moves == (Move.PRY,)


def test_where_one_stands_on_the_list_is_ones_own_matter() -> None:
    assert Move.ASK_SPECIFIC in Ear("full").hear("Can you at least say if I'm first or second?", TOLD).moves


@pytest.mark.parametrize(
    "said",
    ["I'll eat with my mouth shut next time, then.", "So next time I bring three figures.", "next time i wear a tie"],
)
def test_what_one_does_next_time_is_a_plan(ear: Ear, said: str) -> None:
    assert Move.COMMIT in ear.hear(said, TOLD).moves
    assert Move.COMMIT not in ear.hear("what should i do next time i apply", TOLD).moves


def test_to_work_for_nothing_is_to_ask_again(ear: Ear) -> None:
    assert Move.PLEAD in ear.hear("could i come and work for a week for free?", TOLD).moves


@pytest.mark.parametrize(
    "said",
    [
        "They asked me about my religion.",
        "I have made a freedom of information request about the scoring.",
        "How are you, Dana?",
    ],
)
def test_what_is_read_into_a_matter_with_doubt_is_not_heard(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).moves == (Move.OTHER,)


def test_a_feeling_half_heard_beside_a_plan_is_none() -> None:
    heard = Ear("full").hear("I'll eat with my mouth shut next time, then. Literally.", TOLD)
    assert heard.moves == (Move.COMMIT,)


@pytest.mark.parametrize("said", ["Just say it.", "tell me", "go on, spit it out"])
def test_just_say_it_asks_on(ear: Ear, said: str) -> None:
    assert Move.PROBE in ear.hear(said, TOLD).moves


def test_who_will_be_blunt_puts_nobody_at_ease_and_who_may_hear_it_bluntly_does(ear: Ear) -> None:
    assert Move.REASSURE not in ear.hear("I shall be blunt. Twenty-two years and I lose to a beginner?", KNOWN).moves
    assert Move.REASSURE in ear.hear("you can be blunt with me", TOLD).moves


def test_a_tale_after_an_outcry_is_a_tale() -> None:
    assert Ear("full").hear("Oh no! I forgot to attach it.", TOLD).matter is Matter.TOLD


@pytest.mark.parametrize(
    "said",
    [
        "Oh for heaven's sake. I copied it from the last one.",
        "Oh no. I copied it from the last one.",
        "For crying out loud. I wrote the wrong name.",
    ],
)
def test_an_outcry_at_oneself_is_a_tale_or_a_feeling_and_blames_nobody(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.TOLD or heard.moves == (Move.VENT,)
    assert not heard.wary


@pytest.mark.parametrize(
    "said", ["Oh no. I copied it.", "i forgot the second page", "I sent the old one. Oh dear.", "i panicked"]
)
def test_who_owns_up_to_a_slip_blames_nobody(ear: Ear, said: str) -> None:
    for cue in (KNOWN, TOLD):
        heard = ear.hear(said, cue)
        assert not COSTLY & set(heard.moves)
        assert not heard.wary


@pytest.mark.parametrize(
    "said",
    ["I copied what you liars told me to.", "I forgot how bloody rude you people are.", "I forgot how unfair this is."],
)
def test_who_only_begins_as_if_to_own_up_is_heard_to_blame(said: str) -> None:
    assert Move.ACCUSE in Ear("full").hear(said, TOLD).moves


@pytest.mark.parametrize("said", ["Go on.", "ok, go on then", "carry on please"])
def test_go_on_asks_on_after_an_answer(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).moves == (Move.PROBE,)


def test_so_not_the_interview_leans_on_the_answer_and_argues_with_nothing(ear: Ear) -> None:
    heard = ear.hear("on paper ok. so not the interview", TOLD)
    assert (heard.moves, heard.guess) == ((Move.PROBE,), False)


def test_one_thing_is_looked_for_and_something_wrong_is_guessed(ear: Ear) -> None:
    assert not ear.hear("is there one thing youd change in how i came across", TOLD).guess
    assert ear.hear("Was there something wrong with my letter?", TOLD).guess


def test_whether_there_is_a_course_asks_for_advice(ear: Ear) -> None:
    assert ear.hear("is there a course you'd recommend?", TOLD).advice


def test_who_is_off_is_not_held_by_her_question(ear: Ear) -> None:
    hers = Cue("What will you do now?", asked=True, gave_reason=True, curious=True)
    assert Move.CLOSE in ear.hear("tidy. cheers then", hers).moves
    assert Move.CLOSE not in ear.hear("ok cheers", hers).moves


def test_a_name_after_two_hellos_is_no_guess_of_hers() -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    for heard in (Heard((Move.GREET,)), Heard((Move.GREET,)), Heard((Move.GREET, Move.INTRODUCE))):
        turn = practice.take(heard)
    assert "guesses_you" not in headings(turn)
    assert headings(turn)[-1] == "knows_you"
