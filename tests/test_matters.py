"""Matters at the edge of a call: what only looks like a push or like grace, and what stays one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.out_of_role import out_of_role
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Aside, Cue, Heard
from dialogs.hearing.in_call import only_told
from dialogs.hearing.judgement import Verdict, within
from dialogs.hearing.leaning import asks_no_more_than_it_pries
from dialogs.hearing.matters import Matter
from dialogs.moves import COSTLY, FAMILIES, Move

KNOWN = Cue("What can I do for you?", asked=True)
TOLD = Cue("It came down to experience.", gave_reason=True)


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("I talked to my lawyer about the way I was asked whether I plan to have children.", Matter.PROTECTED),
        ("One of the panel asked if I was planning a family. Was that the reason?", Matter.PROTECTED),
        ("They asked me about my religion.", Matter.PROTECTED),
        ("My union rep told me I can ask for feedback.", Matter.RIGHT),
        ("I've made a freedom of information request about the scoring, and my union rep is helping me.", Matter.RIGHT),
        ("I have a right to know how it was scored, I think.", Matter.RIGHT),
        ("My solicitor suggested that I ring and ask for the reason.", Matter.RIGHT),
        ("You did not mention the written feedback. Whom do I ask for it?", Matter.WRITTEN),
        ("Could I get the feedback in writing?", Matter.WRITTEN),
        ("Is this call being recorded?", Matter.RECORDED),
        ("Is this really Lantern Studio?", Matter.REALLY),
        ("Is that really you, Bea?", Matter.REALLY),
        ("Are you free on Friday?", Matter.COURTING),
        ("You have a lovely voice.", Matter.COURTING),
        ("Was it my age?", Matter.TRAIT),
        ("was it because I'm a woman", Matter.TRAIT),
        ("Do you think it was to do with my accent?", Matter.TRAIT),
        ("sorry, did I get it or not?", Matter.OUTCOME),
        ("So it's a no?", Matter.OUTCOME),
        ("Hello? Who is this?", Matter.WHO),
        ("who am I speaking to?", Matter.WHO),
        ("hello, who is that please", Matter.WHO),
        ("Who could tell me then?", Matter.WRITTEN),
        ("How do I appeal?", Matter.WRITTEN),
        ("I'd like to see the notes.", Matter.WRITTEN),
        ("how are you philippa?", Matter.WELL),
        ("I hope you're well.", Matter.WELL),
        ("hang on, let me get a pen", Matter.MOMENT),
        ("I'm writing this down", Matter.MOMENT),
        ("one second please", Matter.MOMENT),
        ("can you repeat that", Matter.REPEAT),
        ("Sorry, what?", Matter.REPEAT),
        ("you're breaking up", Matter.REPEAT),
        ("What's the top of the band?", Matter.FIGURES),
        ("what does the job pay", Matter.FIGURES),
        ("I left because the store closed.", Matter.TOLD),
        ("My brother works nights as well.", Matter.TOLD),
        ("interesting", Matter.NOD),
        ("ok", Matter.NOD),
        ("Fine.", Matter.NOD),
    ],
)
def test_what_touches_a_matter_is_no_threat_and_no_plea(ear: Ear, said: str, matter: Matter) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is matter
    assert not set(heard.moves) & COSTLY
    assert Heard.from_json(heard.as_json()).matter is matter


@pytest.mark.parametrize(
    "said",
    [
        "You'll hear from my lawyer.",
        "My lawyer will contact you.",
        "I talked to my lawyer and I'll see you in court.",
        "My union will take this to the tribunal.",
        "I'll make a freedom of information request and then I'm going to the press.",
        "I was asked if I have children, and my lawyer is going to sue you for it.",
    ],
)
def test_an_announced_step_stays_a_threat_whatever_is_named_beside_it(ear: Ear, said: str) -> None:
    assert Move.THREATEN in ear.hear(said, KNOWN).moves


@pytest.mark.parametrize(
    "said",
    [
        "My attorney says I have a case",
        "Expect a letter from my solicitor.",
        "I'm talking to a solicitor this afternoon",
        "tell me or i call the union",
    ],
)
def test_what_stands_on_the_door_step_of_the_law_is_still_a_threat(said: str) -> None:
    heard = Ear("full").hear(said, KNOWN)
    assert Move.THREATEN in heard.moves
    assert heard.matter is Matter.NONE


def test_words_of_the_trade_are_no_matter(ear: Ear) -> None:
    for said in (
        "I interviewed for the solicitor post.",
        "You asked me how I would handle a difficult child in class.",
        "You asked about health and safety, was it that answer?",
        "I understand you can't say more because of the rules.",
        "Is this really final?",
        "I'm calling about a job I didn't get, who do I talk to?",
        "Are you free to talk on Friday?",
    ):
        assert ear.hear(said, KNOWN).matter is Matter.NONE, said


def test_a_bare_okay_is_no_grace_and_what_follows_it_is_heard_for_itself(ear: Ear) -> None:
    for said in ("ok", "Okay.", "fine", "Alright", "Okay. Why did I not get it?"):
        assert Move.ACCEPT not in ear.hear(said, TOLD).moves, said
    for said in ("Okay, I accept that.", "Fine, that's fair enough, I respect the decision."):
        assert Move.ACCEPT in ear.hear(said, TOLD).moves, said


def test_a_question_about_oneself_is_no_prying(ear: Ear) -> None:
    for said in ("What did they say about me?", "Was I second?", "Did I come close?", "How close was I?"):
        moves = set(ear.hear(said, KNOWN).moves)
        assert moves & FAMILIES["asking"], said
        assert Move.PRY not in moves, said
    for said in ("What did the other candidate say?", "What did my referee say about me?", "Who came second?"):
        assert Move.PRY in ear.hear(said, KNOWN).moves, said


def test_a_question_about_the_post_itself_is_no_prying(ear: Ear) -> None:
    for said in ("So nobody got it?", "Was the job filled?", "was I the first choice", "What's the top of the band?"):
        assert ear.hear(said, TOLD).moves == (Move.ASK_SPECIFIC,), said
    assert ear.hear("What were my marks?", TOLD).moves == (Move.ASK_SPECIFIC,)
    assert Move.PRY not in ear.hear("So they said no. What did they say, go on.", KNOWN).moves
    assert ear.hear("I've been wondering whether the post still exists.", TOLD).moves == (Move.ASK_SPECIFIC,)
    assert ear.hear("how long will the freeze last", TOLD).moves == (Move.DOOR,)
    for said in ("Who got it?", "What are you paying the other one?"):
        assert Move.PRY in ear.hear(said, TOLD).moves, said


@pytest.mark.parametrize(
    "said",
    [
        "Come on, give me something real", "Come on chef. One word.", "one word, if you can give me", "It is possible you tell me only small thing?",
        "i dont get it. it went fine", "just be straight with me", "could I have asked for less?",
    ],
)  # fmt: skip
def test_who_asks_to_be_told_asks_however_it_is_put(ear: Ear, said: str) -> None:
    assert set(ear.hear(said, TOLD).moves) & {Move.PROBE, Move.ASK_OPEN}
    assert Move.ASK_OPEN in ear.hear(said, KNOWN).moves
    assert not set(ear.hear(said, TOLD).moves) & COSTLY
    assert not ear.hear(said, TOLD).sure


def test_who_begs_for_the_job_asks_nothing(ear: Ear) -> None:
    for said in (
        "Please give me another chance",
        "I have three kids and nothing coming in. Come on, give me something.",
    ):
        assert Move.PLEAD in ear.hear(said, TOLD).moves, said


def test_a_question_is_not_drowned_by_the_kindness_or_the_prying_beside_it() -> None:
    ear = Ear("full")
    heard = ear.hear("I understand you can't say. Is there anything general you tell people?", TOLD)
    assert {Move.ACKNOWLEDGE, Move.ASK_OPEN} <= set(heard.moves)
    heard = ear.hear("What should I have said, who scored me lowest, and can I have it in writing?", TOLD)
    assert heard.matter is Matter.WRITTEN
    assert set(heard.moves) & FAMILIES["asking"]
    heard = ear.hear("ok three questions: was it someone internal, what salary did they get and can I reapply", KNOWN)
    assert {Move.PRY, Move.DOOR} <= set(heard.moves)


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("Who got the job in the end?", 1),  # one question, and it was heard
        ("This is unfair. You never read a line of what I sent.", 1),  # nobody says that there was a no
        ("You have your rules. Who did you settle on?", 1),  # nothing that is theirs to ask
        ("You turned me down. This is unfair.", 2),
    ],
)
def test_words_are_heard_once_unless_something_is_left_to_find_in_a_part(
    ear: Ear, monkeypatch: pytest.MonkeyPatch, said: str, times: int
) -> None:
    heard: list[str] = []
    whole = Ear.evidence
    monkeypatch.setattr(Ear, "evidence", lambda self, text: heard.append(text) or whole(self, text))
    ear.hear(said, TOLD)
    assert len(heard) == times


def test_to_say_that_one_was_turned_down_is_no_blame(ear: Ear) -> None:
    heard = ear.hear("you turned me down for the driving. whys that", KNOWN)
    assert not set(heard.moves) & COSTLY
    assert not heard.wary
    assert Move.ACCUSE in ear.hear("You rejected me for the driving job. Shame on you, you liars.", KNOWN).moves


def test_a_plan_of_ones_own_is_no_threat_whomever_one_means_to_speak_to(ear: Ear) -> None:
    heard = ear.hear("I'll speak to the bank office tomorrow", TOLD)
    assert heard.moves == (Move.COMMIT,)
    assert not heard.sure
    assert Move.THREATEN in ear.hear("I'll speak to my lawyer tomorrow, you'll hear from my lawyer.", TOLD).moves


def test_what_is_taken_back_is_not_held_against_anybody_and_a_but_takes_nothing_back() -> None:
    assert not set(Ear("full").hear("I'm sorry. That was unfair. It's been a rough month.", KNOWN).moves) & COSTLY
    assert Move.ACCUSE in Ear("full").hear("I'm sorry but that was unfair.", KNOWN).moves


def test_a_question_about_the_rules_of_the_house_is_put_to_a_person(ear: Ear) -> None:
    for said in ("Is there a policy that prevents you from telling me?", "Are you permitted to tell me?"):
        heard = ear.hear(said, KNOWN)
        assert heard.aside is Aside.NONE
        assert Move.ASK_OPEN in heard.moves
    assert ear.hear("Am I permitted to ask one question?", KNOWN).moves == (Move.PERMISSION,)
    blamed = ear.hear("Is there a policy against calling people back, you liars?", KNOWN)
    assert blamed.wary or Move.ACCUSE in blamed.moves


def test_a_shut_door_is_not_opened_by_a_guess() -> None:
    strained = Cue("It stays decided.", gave_reason=True, strained=True)
    assert Move.ACCEPT not in Ear("full").hear("hm. so paper experience beats performance.", strained).moves
    assert Move.ACCEPT in Ear("full").hear("Fair enough, I accept that.", strained).moves


def test_a_sorry_where_nothing_stands_between_them_is_taken_as_told() -> None:
    heard = Ear("full").hear("I'm sorry.", KNOWN)
    assert (heard.moves, heard.matter) == ((Move.OTHER,), Matter.TOLD)


def test_a_complaint_in_words_one_may_use_ends_no_call_by_itself(ear: Ear) -> None:
    said = "I was rejected by email after two rounds. I find it disappointing that nobody took the time to ring."
    assert Move.ACCUSE not in ear.hear(said, KNOWN).sure
    assert Move.ACCUSE in ear.hear("You lied to me, and I find it disappointing.", KNOWN).sure


@pytest.mark.parametrize(
    "said",
    ["you strung me along", "You people are all the same", "You wasted my time.", "thx for NOTHING. I moved my finals for you",
     "You ghosted me for seven weeks, then rejected me on a bank holiday. Who raised you lot?"],
)  # fmt: skip
def test_blame_without_a_bad_name_or_a_curse_ends_no_call_by_itself(ear: Ear, said: str) -> None:
    for cue in (KNOWN, TOLD):
        assert not ear.hear(said, cue).sure
    for beside in ("You are liars and crooks.", "Fuck you."):
        assert Move.ACCUSE in ear.hear(f"You wasted my time. {beside}", KNOWN).sure


def test_to_hold_ones_work_against_the_no_is_no_grace(ear: Ear) -> None:
    for said in (
        "Hm. I thought I did quite well. The lesson was good wasn't it?",
        "I thought the lesson went really well, was it not good enough?",
    ):
        assert Move.ACCEPT not in ear.hear(said, TOLD).moves
    for said in ("I thought it went well but I understand.", "I thought it went well but I get it."):
        assert Move.ACCEPT in ear.hear(said, TOLD).moves


def test_thanks_with_a_gasp_in_them_are_thanks() -> None:
    said = "okay wow um thanks for telling me that's uh that's actually really helpful"
    assert Move.VENT not in Ear("full").hear(said, TOLD).moves
    assert Move.VENT in Ear("full").hear("Thank you. I'm just so sad, I've been crying all day.", TOLD).moves


def test_what_is_told_is_taken_as_told_and_is_neither_unclear_nor_grace(ear: Ear) -> None:
    for said in ("oh. I'm left-handed.", "oh. I moved here in May."):
        assert ear.hear(said, TOLD).matter is Matter.TOLD, said
    said = "yeah I was shattered, I'd been up since four with the baby"
    assert Ear("full").hear(said, TOLD).matter is Matter.TOLD
    assert Move.ACCEPT not in ear.hear(said, TOLD).moves
    for said in ("the freeze will last how long", "I want the truth from you", "That's the whole of it, isn't it"):
        assert ear.hear(said, TOLD).matter is not Matter.TOLD, said


@pytest.mark.parametrize(
    "said", ["From nine days to five", "nine days down to five.", "um, from 40 percent to about 55"]
)
def test_a_figure_is_taken_as_told_also_where_she_only_missed_one(ear: Ear, said: str) -> None:
    missed = Cue("A number. That's the whole answer.", gave_reason=True)
    assert (ear.hear(said, missed).moves, ear.hear(said, missed).matter) == ((Move.OTHER,), Matter.TOLD)
    assert ear.hear(said, missed._replace(asked=True, curious=True)).moves == (Move.ANSWER,)


def test_a_question_is_no_answer_but_to_her_own() -> None:
    assert Move.ANSWER not in Ear("full").hear("do you like me", KNOWN).moves


def test_an_insult_without_a_swear_word_brings_care_and_never_thanks(ear: Ear) -> None:
    for said in (
        "You German bureaucrats are all the same, you couldn't test a light bulb.",
        "you must be really bad at your job",
        "I guess you like mediocre people",
        "The exercise was, frankly, trivial. I have a doctorate.",
    ):
        heard = ear.hear(said, KNOWN)
        assert heard.wary or set(heard.moves) & COSTLY, said
        assert not set(heard.moves) & FAMILIES["warm"], said
    assert Move.ACCUSE in ear.hear("...like always, nazi.", KNOWN).moves


def test_taking_notes_is_no_threat_until_something_is_announced(ear: Ear) -> None:
    said = "I'm writing this down and my lawyer will see you in court."
    assert Move.THREATEN in ear.hear(said, TOLD).moves


def test_who_is_furious_and_announces_nothing_is_not_told_of_a_threat(ear: Ear) -> None:
    for said in (
        "I'm furious. Six hours in your studio, a free concept for your client, and then a form mail.",
        "I am so angry with you. I gave you two days of my life for nothing.",
    ):
        assert Move.THREATEN not in ear.hear(said, Cue("Bea here.", nameless=True)).moves


@pytest.mark.parametrize(("likely", "stands_for"), [(Move.ACCUSE, Move.ACCUSE), (Move.VENT, Move.VENT)])
def test_what_only_seemed_a_threat_is_blame_or_a_feeling_unless_a_step_is_announced(
    likely: Move, stands_for: Move
) -> None:
    scores = dict.fromkeys(Move, 0.0) | {Move.THREATEN: 0.85, likely: 0.6}
    seemed = Verdict((Move.THREATEN,), scores, frozenset(), wary=False, echo=None)
    assert within(seemed, frozenset(), slight=False, step=False).moves == (stands_for,)
    assert within(seemed, frozenset(), slight=False, step=True) == seemed
    meant = replace(seemed, sure=frozenset({Move.THREATEN}))
    assert within(meant, frozenset(), slight=False, step=False) == meant


def test_a_question_about_the_program_gets_the_honest_aside() -> None:
    assert Ear("light").hear("Are you a real person?").aside is Aside.SOFTWARE
    for about in (Aside.SOFTWARE, Matter.RECORDED, Matter.REALLY):
        assert "Bea" in out_of_role(about, "Bea", "")
    assert "Nothing is kept." in out_of_role(Matter.RECORDED, "Bea", "Nothing is kept.")
    assert out_of_role(Matter.NOD, "Bea", "") == out_of_role(Aside.NONE, "Bea", "") == ""


@pytest.mark.parametrize(
    "said",
    [
        "Are you really telling me that after five hours of interviews?", "Are you really refusing to give me a reason?",
        "Hello? Is anyone there?", "Thank you so much, will you keep me on record?",
    ],
)  # fmt: skip
def test_a_rebuttal_a_hello_and_a_wish_are_no_question_of_safety(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.NONE


@pytest.mark.parametrize("said", ["Okay.", "fine"])
def test_an_okay_is_a_nod_to_a_line_and_by_itself_acceptance(said: str) -> None:
    by_itself = Ear("full").hear(said)
    assert by_itself.moves == (Move.ACCEPT,)
    assert by_itself.matter is Matter.NONE
    assert Ear("full").hear(said, TOLD).matter is Matter.NOD


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("I hope you're well. Could you tell me why I wasn't chosen?", Move.ASK_OPEN),
        ("How are you? What could I have done better?", Move.ASK_OPEN),
        ("How are you today? Do you have a minute?", Move.PERMISSION),
        ("Let me get a pen. Do you have a minute?", Move.PERMISSION),
        ("So it's a no? I accept that. Is there one thing to improve?", Move.ASK_SPECIFIC),
        ("Was it my accent? What was the reason you didn't choose me?", Move.ASK_OPEN),
        ("Who could I talk to about similar roles? Please keep me in mind.", Move.DOOR),
    ],
)
def test_a_polite_phrase_takes_nothing_from_the_question_beside_it(ear: Ear, said: str, asked: Move) -> None:
    heard = ear.hear(said, KNOWN)
    assert heard.matter is not Matter.NONE
    fair = {Move.ASK_OPEN, Move.ASK_SPECIFIC} if asked is Move.ASK_SPECIFIC else {asked}
    assert fair & set(heard.moves)
    assert not set(heard.moves) & (COSTLY | {Move.PRY})


@pytest.mark.parametrize("said", ["I can't hear that often enough", "I didn't catch that you wanted figures"])
def test_what_was_heard_well_is_not_said_again(ear: Ear, said: str) -> None:
    assert ear.hear(said, TOLD).matter is not Matter.REPEAT


@pytest.mark.parametrize(
    "said", ["I didn't catch that", "Sorry, I can't hear you very well.", "I didn't quite catch that last bit"]
)
def test_what_was_not_caught_is_no_grace(ear: Ear, said: str) -> None:
    heard = ear.hear(said, TOLD)
    assert heard.matter is Matter.REPEAT
    assert Move.ACCEPT not in heard.moves


@pytest.mark.parametrize(
    "said",
    [
        "Is Dana there? My name is Sam Ortiz.", "Hello, is this a good time? My name is Sam Ortiz.", "Maybe you remember my name",
        "I suppose I was blind to that", "I guess I'm too old school", "About the letter: my name is spelt wrong",
        "I know well it wasn't my age", "I know it wasn't because of my age.", "Was it hard? I'm too old fashioned to say.",
    ],
)  # fmt: skip
def test_a_name_that_is_given_and_a_turn_of_phrase_ask_about_no_trait(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.NONE or ear.hear(said, KNOWN).matter is Matter.TOLD


@pytest.mark.parametrize(
    "said",
    ["Was it my name?", "Is it because of my surname?", "maybe it's my accent", "Were you put off by my age?", "was my religion a problem?", "because i'm too old?"],
)  # fmt: skip
def test_a_guess_at_what_nobody_may_be_judged_by_is_one_however_it_is_put(ear: Ear, said: str) -> None:
    assert ear.hear(said, KNOWN).matter is Matter.TRAIT


@pytest.mark.parametrize(
    "said",
    ["Could you tell me who got the job?", "Could you tell me what the other person is paid?", "Will you tell me if he has the licence?", "Tell me something about the person you chose."],
)  # fmt: skip
def test_to_ask_politely_about_others_is_still_prying(said: str) -> None:
    for cue in (KNOWN, TOLD):
        assert Ear("full").hear(said, cue).moves == (Move.PRY,)
        assert not set(Ear("light").hear(said, cue).moves) & {Move.PROBE, Move.ASK_OPEN}


def test_to_ask_about_others_and_for_the_reason_does_both() -> None:
    assert set(Ear("light").hear("Could you tell me who got it and why?", KNOWN).moves) == {Move.PRY, Move.ASK_OPEN}
    scores = dict.fromkeys(Move, 0.0) | {Move.PRY: 0.9, Move.ASK_OPEN: 0.5}
    heard = Verdict((Move.ASK_OPEN, Move.PRY), scores, frozenset(), wary=False, echo=None)
    assert asks_no_more_than_it_pries("could you tell me who got it?", heard, ())
    assert not asks_no_more_than_it_pries("could you tell me who got it and why?", heard, ())
    assert not asks_no_more_than_it_pries("could you tell me who got it?", heard, {Move.ASK_OPEN})


@pytest.mark.parametrize(
    "said", ["Sorry, you are wrong about me.", "Sorry, I still think I was better.", "sorry for you"]
)
def test_a_sorry_that_goes_on_to_contest_mends_nothing(ear: Ear, said: str) -> None:
    strained = Cue("It stays decided.", gave_reason=True, strained=True)
    assert Move.REASSURE not in ear.hear(said, strained).moves
    for mending in (
        "Sorry.",
        "I'm so sorry for taking up your time",
        "sorry to have bothered you",
        "Sorry about that.",
    ):
        assert Move.REASSURE in ear.hear(mending, strained).moves, mending


def test_only_what_holds_next_to_nothing_else_is_taken_as_told() -> None:
    scores = dict.fromkeys(Move, 0.0)
    heard = Verdict((Move.OTHER,), scores, frozenset(), wary=False, echo=None)
    said = "the others have less than me"
    assert only_told(said, heard, Matter.NONE)[1] is Matter.TOLD
    for move in (Move.PLEAD, Move.ARGUE, Move.PRY, Move.DOOR):
        half_heard = replace(heard, scores=scores | {move: 0.2})
        assert only_told(said, half_heard, Matter.NONE) == (half_heard, Matter.NONE)
    for half_made_out in (said, "I have a family to feed"):
        assert Ear("light").hear(half_made_out, TOLD).matter is Matter.NONE
