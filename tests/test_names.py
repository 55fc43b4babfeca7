"""Claims about names: what is somebody's name, and what only looks like one. Sentences here are this file's own."""

from __future__ import annotations

import pytest

from dialogs.hearing import Cue, Ear, full_fits
from dialogs.hearing.names import presents_oneself
from dialogs.moves import Move

EARS = [Ear("light"), *([Ear("full")] if full_fits() else [])]
each_ear = pytest.mark.parametrize("ear", EARS, ids=lambda e: e.weight)


@each_ear
@pytest.mark.parametrize(
    "said", ["sam ortiz", "Priya", "Oluwaseun Adeyemi", "Jürgen Groß", "O'Brien", "Ana-Maria Popescu"]
)
def test_a_bare_name_introduces_where_a_name_is_waited_for(ear: Ear, said: str):
    waiting = Cue("Hello. Who's this?", asked=True, nameless=True)
    assert ear.hear(said, waiting).moves == (Move.INTRODUCE,)


@each_ear
@pytest.mark.parametrize("said", ["Mark", "Mark Young", "Ben Smith", "Ng", "Wei", "Una Hrdlicka", "it's me, Sam Ortiz"])
def test_a_name_may_be_an_everyday_word_or_short(ear: Ear, said: str):
    assert Move.INTRODUCE in ear.hear(said, Cue("Whitfield. Who's this?", asked=True, nameless=True)).moves


@each_ear
@pytest.mark.parametrize(
    "said",
    ["asdf qwer zxcv", "dfgh jkl", "aaaa bbbb", "sdkfj", "rejected nurse", "angry candidate", "shut up", "whatever", "gracias", "hola"],
)  # fmt: skip
def test_drummed_keys_everyday_talk_and_another_language_are_no_name(ear: Ear, said: str):
    assert Move.INTRODUCE not in ear.hear(said, Cue("Who is this?", asked=True, nameless=True)).moves


@each_ear
@pytest.mark.parametrize(
    "said", ["its me again about the job", "it's me", "Hey, it's me again.", "hello, it is only me"]
)
def test_me_alone_introduces_nobody(ear: Ear, said: str):
    for cue in (None, Cue("Who is this?", asked=True, nameless=True)):
        heard = ear.hear(said, cue)
        assert Move.INTRODUCE not in heard.moves
        assert heard.echo is not Move.INTRODUCE


@each_ear
def test_two_words_are_no_name_where_none_is_waited_for(ear: Ear):
    waiting, asked = Cue("Who's this?", asked=True, nameless=True), Cue("What did you like best?", asked=True)
    assert ear.hear("river pottery", waiting).moves == (Move.INTRODUCE,)
    assert ear.hear("river pottery", asked).moves != (Move.INTRODUCE,)


@each_ear
@pytest.mark.parametrize(
    "said", ["yes", "what", "hello?", "why did I not get it", "ok", "...", "12 34", "thank you", "nobody"]
)
def test_not_every_short_word_is_a_name(ear: Ear, said: str):
    assert Move.INTRODUCE not in ear.hear(said, Cue("Who is this?", asked=True, nameless=True)).moves


@each_ear
@pytest.mark.parametrize(
    "said", ["Good morning, Priya Shah here.", "Hi Dana, Sam here", "hello, marcus webb", "Good afternoon. Ana Silva speaking."]
)  # fmt: skip
def test_a_name_after_a_greeting_introduces_where_a_name_is_waited_for(ear: Ear, said: str):
    assert Move.INTRODUCE in ear.hear(said, Cue("Whitfield. Hello.", nameless=True)).moves


@pytest.mark.parametrize(
    "said", ["Hello, Dana Whitfield.", "Hi, is anyone here?", "good evening, quick question", "hello again"]
)
def test_the_managers_own_name_and_small_words_introduce_nobody(said: str):
    assert not presents_oneself(said, "Dana Whitfield. Hello.")


def test_a_name_inside_another_word_of_hers_is_still_the_callers():
    assert presents_oneself("Ed here.", "Dana Whitfield. Is this somebody I interviewed?")


@each_ear
@pytest.mark.parametrize(
    "said",
    [
        "Will", "Grace", "its will. analyst", "alright dougie its Will", "Bea? It's Grace", "Hi it's Joy", "this is grace", "it's me, Will",
        "my name is Will", "Hi, it's Faith", "yes hello Tom Baker", "ok Dave Green, welder", "um, Rose Adeyemi", "Dougie ya old bugger it's Kev", "h-hello, is this the registry? it's Ivy Blunt",
        "sorry to bother you it's Sam", "Imogen please. Ron Fitch.", "It is Hope Sinclair.", "its me joy okonkwo \U0001f642", "Bea \U0001f44b Noor here", "Mercy. from the ward interview",
        "IT'S DANA", "THIS IS PRIYA SHAH", "It's Kelly.", "I'm Ahmed", "It's Dave Rough", "I'M DAVE", "IT'S SAM",
        "Noor. I applied for the nurse post", "its mark. nurse",
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_is_a_name_where_one_is_waited_for(ear: Ear, said: str):
    heard = ear.hear(said, Cue("Hello. Who's this?", asked=True, nameless=True))
    assert set(heard.moves) <= {Move.GREET, Move.INTRODUCE}
    assert Move.INTRODUCE in heard.moves
    assert not heard.wary
    assert heard.echo is None


@each_ear
@pytest.mark.parametrize(
    "said",
    [
        "Guten Tag, hier ist jemand, ich hatte letzte Woche ein Gespräch bei Ihnen.", "nights? bloody nights", "It's Monday, I know you're busy.", "meh", "asdfasdf", "it's urgent", "it's personal", "I'm confused", "it's fine", "will do", "Hello Mr Ashby", "hi dr smith",
        "ok whatever, fine", "This is bullshit.", "THIS IS UNFAIR", "I'M FURIOUS", "It's tricky.", "It's rough.", "This is Crap.", "I'm Gutted.", "TOTALLY UNFAIR", "this is madness", "I'M SHY",
    ],
)  # fmt: skip
def test_a_mood_a_title_and_drummed_keys_are_no_name_after_its_either(ear: Ear, said: str):
    assert Move.INTRODUCE not in ear.hear(said, Cue("Whitfield. Who is it?", asked=True, nameless=True)).moves


@each_ear
def test_what_is_said_after_the_name_is_heard_as_well(ear: Ear):
    waiting = Cue("Whitfield. Who is it?", asked=True, nameless=True)
    assert set(ear.hear("It's Will. You are all liars and crooks.", waiting).moves) == {Move.INTRODUCE, Move.ACCUSE}
    assert {Move.INTRODUCE, Move.ASK_OPEN} <= set(ear.hear("Megan here. Why wasn't I chosen?", waiting).moves)
    assert {Move.INTRODUCE, Move.REASSURE} <= set(
        ear.hear("Bea, hello, Theo Park here. First: no hard feelings at all.", waiting).moves
    )
    assert Move.INTRODUCE in ear.hear("Is this Verity? Dan Cole. Just one question.", waiting).moves
    assert Move.INTRODUCE in ear.hear("Dougie, Baz. Quick one.", waiting).moves
    assert Move.CLOSE not in ear.hear("Roland? Dee Holt. Support manager. I won't keep you.", waiting).moves
    assert Move.INTRODUCE in ear.hear("Ms Lund. Priti Shah. You left me hanging for six weeks.", waiting).moves
    assert {Move.INTRODUCE, Move.ASK_OPEN} <= set(ear.hear("Tom Baker, why wasn't I chosen?", waiting).moves)
