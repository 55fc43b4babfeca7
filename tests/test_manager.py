"""What opens the manager and what shuts her: the rules of the call, one claim each."""

from __future__ import annotations

import pytest

from dialogs.call import Outcome, Phase
from dialogs.hearing.heard import Aside, Heard
from dialogs.moves import Move
from dialogs.practice import Ended, Practice, Turn
from dialogs.scenario import KINDS, Scenario
from tests.managers import manager


def call(scenario: Scenario, *said: str, seed: int = 1) -> list[Turn]:
    """Hold a call by moves: "accept,ask_specific:certificate" is one utterance."""
    practice = Practice(scenario, seed)
    turns = [practice.begin()]
    for each in said:
        moves, _, areas = each.partition(":")
        heard = Heard.of(*moves.split(","), areas=tuple(a for a in areas.split(",") if a))
        turns.append(practice.take(heard, each))
    return turns


def levels(turns: list[Turn]) -> list[int]:
    return [t.level for t in turns if t.level is not None]


def test_the_first_bare_question_gets_the_stock_line() -> None:
    assert levels(call(manager(), "introduce", "ask_open")) == [1]


def test_the_same_question_after_grace_gets_more() -> None:
    assert levels(call(manager(), "introduce,accept", "ask_open")) == [2]


def test_an_objective_gap_is_told_to_who_asks_about_it() -> None:
    assert levels(call(manager(), "introduce,accept", "ask_open", "ask_specific:certificate")) == [2, 3]


def test_the_same_question_again_gets_the_same_answer_and_then_a_goodbye() -> None:
    turns = call(manager(), "introduce", "ask_open", "ask_open", "ask_open")
    assert [t.lines[-1].heading for t in turns[2:]] == ["stock", "again", "no_more"]
    assert turns[-1].phase is Phase.CLOSING


def test_nothing_is_told_above_the_policy_cap_however_well_one_asks() -> None:
    turns = call(
        manager(cap=1, minutes=20), "introduce,permission", "thank,accept,reassure,ask_open",
        "accept,ask_specific:certificate", "probe", "acknowledge,probe",
    )  # fmt: skip
    assert max(levels(turns)) == 1


def test_a_reason_that_must_be_asked_for_is_not_told_to_open_questions() -> None:
    exit_story = manager(reason="exit story", cap=4, minutes=20, warmth=0.5)
    opened = call(exit_story, "introduce,thank,accept", "ask_open", "reassure,ask_open", "acknowledge,accept,ask_open")
    assert max(levels(opened)) == 2
    asked = call(exit_story, "introduce,thank,accept,reassure", "ask_open", "ask_specific:exit_story", "probe")
    assert max(levels(asked)) == 4


def test_the_withheld_thing_named_too_early_is_visibly_avoided() -> None:
    turns = call(manager(reason="faux pas", cap=4), "introduce", "ask_specific:manners")
    assert turns[-1].lines[-1].heading == "avoid"
    assert turns[-1].level == 0


def test_a_right_guess_is_confirmed_and_a_wrong_one_is_not() -> None:
    right = call(manager(), "introduce,accept", "ask_open", "ask_specific:certificate")
    wrong = call(manager(), "introduce,accept", "ask_open", "ask_specific:presentation")
    assert [line.heading for line in right[-1].lines][:1] == ["yes_that"]
    assert [line.heading for line in wrong[-1].lines][:1] == ["not_that"]


def test_a_guess_at_two_things_is_not_answered_with_a_yes() -> None:
    turns = call(manager(), "introduce,accept", "ask_open", "ask_specific:certificate,presentation")
    assert [line.heading for line in turns[-1].lines] == ["specific"]


def test_a_guess_at_the_interview_is_not_called_wrong_when_the_reason_showed_itself_there() -> None:
    exit_story = manager(reason="exit story", cap=4, warmth=0.5)
    turns = call(exit_story, "introduce,accept", "ask_open", "ask_specific:answers")
    assert "not_that" not in [line.heading for line in turns[-1].lines]


def test_a_plan_is_answered_before_advice_is_added_to_it() -> None:
    turns = call(manager(), "introduce,accept", "ask_specific:certificate", "accept,commit")
    assert [line.heading for line in turns[-1].lines] == ["commit_noted", "advice"]


def test_a_rebuttal_shuts_her_and_a_second_ends_the_call() -> None:
    turns = call(manager(), "introduce", "ask_open", "argue", "argue")
    assert turns[-2].phase is Phase.GUARDED
    assert turns[-1].outcome is Outcome.COLD


def test_an_apology_mends_once_and_not_twice() -> None:
    turns = call(manager(patience=4), "introduce", "ask_open", "argue", "reassure")
    assert turns[-1].phase is Phase.ANSWERING
    assert call(manager(patience=4), "introduce", "ask_open", "argue", "reassure", "argue")[-1].ended


def test_sorry_in_the_breath_that_pushes_again_mends_nothing() -> None:
    turns = call(manager(patience=4), "introduce", "argue", "reassure,argue")
    assert turns[-1].phase is not Phase.ANSWERING


def test_a_threat_ends_the_call_however_well_it_began() -> None:
    turns = call(manager(), "introduce,permission", "thank,accept,reassure", "ask_open", "threaten")
    assert turns[-1].outcome is Outcome.CUT_OFF


def test_an_insult_ends_the_call_hard_blame_is_a_matter_for_hr_and_other_blame_is_heard_out() -> None:
    sure = call(manager(), "introduce", "accuse")
    assert sure[-1].outcome is Outcome.CUT_OFF
    for hard, heading, phase in ((True, "hr", Phase.GUARDED), (False, "heard_out", Phase.OPENING)):
        practice = Practice(manager(), 1)
        practice.begin()
        practice.take(Heard.of("introduce"))
        turn = practice.take(Heard((Move.ACCUSE,), hard=hard))
        assert turn.lines[0].heading == heading
        assert turn.phase is phase


def test_what_may_have_been_a_push_makes_her_careful_and_nothing_more() -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    before = practice.take(Heard.of("introduce"))
    heard = Heard.of("other")
    turn = practice.take(Heard(moves=heard.moves, wary=True, words=5))
    assert turn.mood.trust == before.mood.trust
    assert turn.phase is Phase.OPENING


@pytest.mark.parametrize(("words", "cost"), [(70, 0), (71, 0.5)])
def test_half_a_minute_without_a_breath_costs_patience(words: int, cost: float) -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    before = practice.take(Heard.of("introduce")).mood.patience
    after = practice.take(Heard(moves=Heard.of("greet").moves, words=words))
    assert before - after.mood.patience == cost
    assert (after.lines[0].heading == "ramble") == (cost > 0)


def test_after_two_candid_answers_she_takes_one_step_back() -> None:
    generous = manager(reason="answers", cap=4, minutes=20, warmth=0.5)
    turns = call(
        generous,
        "introduce,thank,accept,reassure",
        "ask_open",
        "ask_specific:answers",
        "probe",
        "accept,probe",
        "probe",
    )
    headings = [t.lines[0].heading for t in turns]
    assert headings.count("pull_back") == 1


def test_taking_it_well_and_having_a_plan_earns_one_more_piece_of_advice_once() -> None:
    turns = call(manager(minutes=20), "introduce,accept", "ask_open", "accept,commit", "accept,commit")
    assert [line.heading for t in turns for line in t.lines].count("advice") == 1


@pytest.mark.parametrize(("second", "heading"), [(True, "door_real"), (False, "door_courtesy")])
def test_the_door_is_real_for_a_second_choice_and_a_courtesy_for_others(second: bool, heading: str) -> None:
    turns = call(manager(second=second), "introduce,accept", "door")
    assert heading in [line.heading for line in turns[-1].lines]


def test_a_second_choice_who_argued_gets_the_courtesy() -> None:
    turns = call(manager(second=True, patience=4), "introduce", "argue", "reassure", "door")
    assert "door_real" not in [line.heading for line in turns[-1].lines]


def test_a_call_that_is_too_early_meets_an_open_process() -> None:
    turns = call(manager(opening="too early", second=True), "introduce", "ask_open", "door")
    assert [t.lines[-1].heading for t in turns[2:]] == ["not_closed", "door_open_process"]


def test_a_house_that_sends_applicants_to_hr_yields_to_understanding_and_not_to_insisting() -> None:
    understood = call(manager(opening="email hr"), "introduce", "ask_open", "acknowledge,ask_specific")
    insisted = call(manager(opening="email hr"), "introduce", "ask_open", "ask_open")
    assert understood[-1].level is not None
    assert understood[-1].level >= 1
    assert insisted[-1].phase is Phase.CLOSING


def test_reception_wants_a_name_and_passes_nothing_else_on() -> None:
    turns = call(manager(opening="reception"), "ask_open", "introduce,ask_open")
    assert turns[1].lines[0].heading == "reception_cannot"
    assert [line.heading for line in turns[2].lines] == ["put_through", "announced"]
    assert turns[2].level is None


def test_a_voicemail_takes_one_message_and_what_is_added_to_it() -> None:
    turns = call(manager(opening="voicemail"), "greet,introduce", "thank,close")
    assert turns[-1].outcome is Outcome.VOICEMAIL


def test_permission_buys_minutes_and_rambling_spends_them() -> None:
    asked = call(manager(), "introduce", "permission")[-1].mood.minutes
    practice = Practice(manager(), 1)
    practice.begin()
    practice.take(Heard.of("introduce"))
    rambled = practice.take(Heard.of("permission", words=300)).mood.minutes
    assert rambled < asked - 1.5


def test_when_the_minutes_are_spent_one_last_sentence_fits() -> None:
    turns = call(manager(minutes=1), "introduce", "thank", "ask_open")
    assert turns[-1].phase is Phase.CLOSING
    assert turns[-1].lines[-1].heading == "out_of_time"


def test_a_goodbye_with_a_question_in_it_is_a_question() -> None:
    turns = call(manager(), "introduce", "close,ask_open")
    assert not turns[-1].ended
    assert turns[-1].level == 1


def test_words_for_the_software_move_nothing() -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    before = practice.take(Heard.of("introduce"))
    turn = practice.take(Heard(aside=Aside.SOFTWARE, words=40))
    assert (turn.mood, turn.phase, turn.level) == (before.mood, before.phase, None)
    assert turn.says


def test_a_manager_who_never_learns_the_name_guesses_instead_of_asking_for_ever() -> None:
    turns = call(manager(), "ask_open", "ask_open", "ask_open")
    assert [t.phase for t in turns[1:]] == [Phase.PICKUP, Phase.PICKUP, Phase.ANSWERING]
    assert [line.heading for line in turns[-1].lines] == ["guesses_you", "stock"]


def test_mumbling_is_asked_after_and_then_helped_along() -> None:
    turns = call(manager(patience=4), "introduce", "other", "other", "other")
    assert [t.lines[0].heading for t in turns[2:]] == ["say_again", "say_again", "help_along"]
    assert turns[2].says != turns[3].says


def test_a_public_panel_owes_its_criterion_from_the_start() -> None:
    assert levels(call(manager(house="panel", reason="answers", cap=3), "introduce", "ask_open")) == [3]


def test_a_mute_house_gives_nothing_to_a_bare_question() -> None:
    assert levels(call(manager(house="burned", cap=2), "introduce", "ask_open")) == [0]


def test_a_protected_reason_is_never_told() -> None:
    turns = call(
        manager(reason="protected", cap=4, warmth=0.5, minutes=20), "introduce,thank,accept,reassure", "ask_open",
        "ask_specific:fit", "probe", "acknowledge,probe",
    )  # fmt: skip
    assert max(levels(turns)) <= KINDS["protected"].ceiling == 1


def test_no_line_is_said_twice_while_another_fits() -> None:
    turns = call(manager(minutes=30, patience=4, cap=1), "introduce", "ask_open", "probe", "accept,ask_open")
    stock = [line.text for t in turns for line in t.lines if line.heading == "stock"]
    assert len(stock) == len(set(stock)) == 3


def test_one_angry_sentence_is_one_push_and_the_next_is_the_second() -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    practice.take(Heard.of("introduce"))
    assert practice.take(Heard(moves=(Move.ARGUE, Move.ACCUSE))).phase is Phase.GUARDED
    assert practice.take(Heard(moves=(Move.ARGUE,))).ended


def test_blame_and_a_hint_at_a_threat_in_one_breath_are_one_push() -> None:
    practice = Practice(manager(patience=4), 1)
    practice.begin()
    assert not practice.take(Heard(moves=(Move.ACCUSE, Move.THREATEN))).ended
    assert practice.take(Heard(moves=(Move.ACCUSE,))).ended


def test_who_gave_a_name_at_reception_has_given_it() -> None:
    turns = call(manager(opening="reception", second=True), "introduce", "accept", "door")
    assert "door_real" in [line.heading for line in turns[-1].lines]


def test_grace_in_the_breath_of_the_question_is_taken_kindly_once() -> None:
    turns = call(manager(minutes=30), "introduce", "accept,ask_open", "accept,ask_specific:certificate")
    assert [next(line.heading for line in t.lines) for t in turns[2:]] == ["warmed", "yes_that"]


def test_no_kind_word_stands_before_a_refusal() -> None:
    turns = call(manager(house="burned", cap=0), "introduce", "accept,ask_open")
    assert [line.heading for line in turns[-1].lines] == ["stonewall"]


def test_a_plan_beside_a_question_is_not_passed_over() -> None:
    turns = call(manager(minutes=30), "introduce,accept", "ask_open", "commit,probe")
    assert "commit_noted" in [line.heading for line in turns[-1].lines]


def test_the_reason_told_once_more_is_said_to_be_the_same_reason() -> None:
    turns = call(manager(minutes=30), "introduce,accept", "ask_open", "ask_specific:certificate", "probe")
    assert levels(turns) == [2, 3, 3]
    assert [line.heading for line in turns[-2].lines][-1:] == ["specific"]
    assert [line.heading for line in turns[-1].lines] == ["nothing_new", "specific"]


@pytest.mark.parametrize(("guess", "word"), [("skills", "near_it"), ("manners", "not_that")])
def test_a_guess_that_misses_is_not_told_that_it_comes_down_to_the_same(guess: str, word: str) -> None:
    turns = call(
        manager(minutes=30), "introduce,accept", "ask_open", "ask_specific:certificate", f"ask_specific:{guess}"
    )
    assert next(line.heading for line in turns[-1].lines) == word
    assert "nothing_new" not in [line.heading for line in turns[-1].lines]


def test_a_guess_beside_the_reason_gets_no_half_a_yes() -> None:
    said = [line.text.casefold() for line in manager().spoken["near_it"]]
    assert said
    assert not [line for line in said if "yes" in line or "in a way" in line]


def test_neighbouring_seeds_begin_with_other_lines() -> None:
    said = [call(manager(), "introduce", "ask_open", seed=s)[-1].says for s in (10, 11)]
    assert said[0] != said[1]


def test_nothing_is_heard_after_the_end() -> None:
    practice = Practice(manager(), 1)
    practice.begin()
    practice.hang_up()
    with pytest.raises(Ended):
        practice.take(Heard.of("greet"))
