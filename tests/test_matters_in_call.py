"""A matter at the edge of the call, answered in it: what is said, what it costs, where the call goes on."""

from __future__ import annotations

from bot.library import find
from dialogs.call import Phase
from dialogs.hearing.ear import Ear
from dialogs.hearing.heard import Heard
from dialogs.hearing.matters import Matter
from dialogs.moves import Move
from dialogs.practice import Practice
from dialogs.review import parts, review
from dialogs.scenes import SAID_BY_ALL


def test_a_lawyer_held_up_in_silence_is_a_hint_and_gets_one_guarded_answer() -> None:
    practice = Practice(find("harbour"), 1, ear=Ear("full").hear)
    practice.begin()
    practice.hear("Hello, this is Sam Ortiz. I interviewed for the analyst role.")
    assert practice.hear("My lawyer bills by the hour and she's BORED.").ended is False
    assert practice.hear("My union rep has the emails, all thirty-one of them.").ended


def held(*lines: str) -> Practice:
    practice = Practice(find("harbour"), 1, ear=Ear("light").hear)
    practice.begin()
    for said in ("Hello, this is Sam Ortiz. I interviewed for the analyst role.", *lines):
        practice.hear(said)
    return practice


def test_a_matter_is_answered_in_the_call_costs_nothing_and_leaves_it_where_it_was() -> None:
    for said, heading in (
        ("I have made a freedom of information request about the scoring.", "by_the_book"),
        ("They asked me about my religion.", "not_to_be_asked"),
        ("Is this call being recorded?", "not_recorded"),
        ("How are you, Dana?", "well_thanks"),
        ("Wait, let me get a pen.", "take_your_time"),
        ("Was it my age?", "never_a_reason"),
        ("Did I get it or not?", "it_is_a_no"),
    ):
        practice = held()
        before = (practice.call.trust, practice.call.patience)
        turn = practice.hear(said)
        assert turn.lines[0].text in SAID_BY_ALL[heading]
        assert (practice.call.trust, practice.call.patience) == before
        assert turn.phase is Phase.OPENING


def test_who_asks_before_giving_a_name_is_answered_and_asked_for_it() -> None:
    practice = Practice(find("lantern"), 1, ear=Ear("light").hear)
    practice.begin()
    assert [line.heading for line in practice.hear("Is this call being recorded?").lines] == [
        "not_recorded",
        "who_is_this",
    ]
    assert [line.heading for line in practice.hear("ok").lines] == ["who_is_this"]


def test_who_asks_who_is_speaking_is_told_and_asked_back() -> None:
    practice = Practice(find("corner"), 1, ear=Ear("full").hear)
    practice.begin()
    turn = practice.hear("Hello? Who is this?")
    assert [line.heading for line in turn.lines] == ["this_is", "who_is_this"]
    assert "Nico Ferrante" in turn.lines[0].text
    assert "Corner Provisions" in turn.lines[0].text


def test_what_was_not_caught_is_said_again_word_for_word_and_moves_nothing() -> None:
    practice = Practice(find("harbour"), 2, ear=Ear("full").hear)
    practice.begin()
    for said in ("Hello, this is Sam Ortiz from the analyst interviews.", "I accept the decision. What tipped it?"):
        answer = practice.hear(said)
    assert len(answer.lines) > 1
    felt = (practice.call.trust, practice.call.patience, practice.call.asks)
    for _ in range(2):
        again = practice.hear("Sorry, what was that?")
        assert again.says == answer.says
        assert {line.heading for line in again.lines} == {"repeats"}
        assert (again.level, again.ended) == (None, False)
    assert (practice.call.trust, practice.call.patience, practice.call.asks) == felt


def asked_again(*before: Heard, beside: tuple[str, ...]) -> tuple[Practice, tuple[tuple[str, str], ...]]:
    """A call in which this was heard, and then that something was not caught, with these moves in the same breath."""
    practice = Practice(find("harbour"), 2)
    practice.begin()
    for heard in before:
        practice.take(heard)
    turn = practice.take(Heard(tuple(Move(m) for m in beside), matter=Matter.REPEAT, words=6))
    return practice, tuple((line.heading, line.text) for line in turn.lines)


TOLD_WHY = (Heard.of("introduce"), Heard.of("accept", "ask_open"))


def test_what_was_not_caught_is_said_again_whatever_kind_word_stands_beside_it() -> None:
    practice, again = asked_again(*TOLD_WHY, beside=("other",))
    assert [heading for heading, _ in again] == ["repeats"] * 3
    assert practice.call.question_open  # her own question, put again
    for beside in (("thank",), ("greet",), ("permission",), ("accept",), ("reassure", "interest")):
        assert asked_again(*TOLD_WHY, beside=beside)[1] == again
    kind = asked_again(*TOLD_WHY, beside=("vent",))[1]
    assert kind[0][0] == "kind"
    assert kind[1:] == again[1:]  # without what she said to the words before
    door = asked_again(*TOLD_WHY, beside=("door",))[1]
    assert (door[:-1], door[-1][0]) == (again, "door_courtesy")


def test_at_the_pickup_it_is_said_again_who_answers_and_a_name_or_a_goodbye_goes_on_from_there() -> None:
    practice = Practice(find("harbour"), 2)
    (pickup,) = practice.begin().says
    for beside in (("other",), ("greet",)):
        assert asked_again(beside=beside)[1] == (("repeats", pickup),)
    for beside, heading in (("thank", "who_is_this"), ("introduce", "knows_you"), ("close", "close_neutral")):
        assert [heard for heard, _ in asked_again(beside=(beside,))[1]] == [heading]
    assert [heading for heading, _ in asked_again(*TOLD_WHY, beside=("argue",))[1]] == ["guard"]


def test_what_a_post_pays_is_no_secret_about_others_and_the_reason_is_told_beside_it() -> None:
    practice = Practice(find("quarry"), 1, ear=Ear("full").hear)
    practice.begin()
    for said in ("Leah Dunn, about the site engineer job", "No hard feelings. Did my number scare you off?"):
        practice.hear(said)
    turn = practice.hear("What's the top of the band?")
    assert [line.heading for line in turn.lines] == ["no_figures", "specific"]


def test_who_tells_one_thing_after_another_is_helped_along() -> None:
    practice = held()
    told = [practice.take(Heard(matter=Matter.TOLD, words=6)).lines[0].heading for _ in range(4)]
    assert told == ["go_on", "go_on", "help_along", "go_on"]


def test_words_that_may_be_an_insult_are_answered_with_care_alone() -> None:
    turn = held().hear("I guess you like mediocre people")
    assert [line.heading for line in turn.lines] == ["wary"]


def test_the_first_plea_gets_a_kind_word_before_the_no() -> None:
    practice = held()
    plea = "I have two small children. Please give me another chance."
    assert [line.heading for line in practice.hear(plea).lines] == ["kind", "no_reconsider"]
    assert [line.heading for line in practice.hear("Please, I beg you, another chance.").lines] == ["no_reconsider"]


def test_the_debrief_has_a_kind_word_about_a_question_nobody_may_ask_and_speaks_of_no_threat() -> None:
    ear, told = Ear("light"), []
    for said in (
        "My lawyer says I should tell you that I was asked if I want children.",
        "I think of my future a lot.",
    ):
        practice = Practice(find("harbour"), 1, ear=ear.hear)
        turns = [
            practice.begin(),
            practice.hear("Hello, this is Sam Ortiz."),
            practice.hear(said),
            practice.hear("Goodbye."),
        ]
        told.append("\n".join(part.text for part in parts(review(find("harbour"), 1, turns))))
    assert "may not ask about children" in told[0]
    assert "may not ask about children" not in told[1]
    assert "a threat" not in told[0]


def test_who_asks_how_she_is_and_what_was_missing_is_told_both() -> None:
    headings = [line.heading for line in held().hear("How are you? Could you tell me why I wasn't chosen?").lines]
    assert headings[0] == "well_thanks"
    assert len(headings) > 1
