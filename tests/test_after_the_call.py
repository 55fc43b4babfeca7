"""Around the call: hints, explanations, two branches side by side, decoding, progress, and the card for the real one."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.call import TABLE, Phase
from dialogs.card import TODO, WHAT_CAME, Facts, against_practice, happened, kinds, plan, reminders
from dialogs.compare import compare
from dialogs.decode import NOTHING_TO_READ, drill, from_call, tally
from dialogs.decode_lines import SAMPLES
from dialogs.explain import explain, explain_call
from dialogs.forbidden import other_candidate, protected_trait
from dialogs.hearing import Ear
from dialogs.hearing.heard import Heard
from dialogs.hints import IDEAS, hint
from dialogs.moves import ASKS, COSTLY, MOVES
from dialogs.plain_words import DID, RULES, plainly
from dialogs.practice import Practice
from dialogs.progress import held, legend, progress, sparkline
from dialogs.scenario import HOUSES, KINDS, library, read_scenario
from tests.managers import manager
from tests.test_review import BYE, HARBOUR, HELLO, ONWARD, READY
from tests.test_review import held as call_of

EAR = Ear("light")

# -- hints ---------------------------------------------------------------------------------------------------


def test_following_every_hint_ends_a_call_well() -> None:
    practice = Practice(HARBOUR, 3)
    practice.begin()
    used = []
    while not practice.ended and practice.turns < 20:
        advice = hint(practice, ["Hello, I'm Sam Ortiz."])
        used.append(advice.key)
        practice.take(Heard.of(*advice.moves, words=len(advice.words.split())), advice.words)
    assert practice.ended
    assert practice.highest == practice.reachable
    assert used[0] == "who"
    assert practice.outcome == "warm"


def test_the_idea_does_not_give_the_words_away() -> None:
    practice = Practice(HARBOUR, 1)
    practice.begin()
    advice = hint(practice, ["Hi, this is Sam Ortiz"])
    assert advice.words not in advice.idea
    assert "Sam Ortiz" in advice.words
    assert "Sam Ortiz" not in advice.idea


@pytest.mark.parametrize(
    ("moves", "key"),
    [
        ([], "who"),
        (["introduce"], "settle"),
        (["introduce", "accept"], "ask"),
        (["introduce", "ask_open"], "take and narrow"),
        (["introduce", "accept", "ask_specific", "answer"], "lean"),
        (["introduce", "argue"], "mend"),
        (["introduce", "argue", "reassure", "argue"], "over"),
    ],
)
def test_a_hint_fits_the_moment(moves: list[str], key: str) -> None:
    practice = Practice(HARBOUR, 1)
    practice.begin()
    for move in moves:
        practice.take(Heard.of(move))
    if practice.call.question_open:
        assert hint(practice).key == "her question"
    else:
        assert hint(practice).key == key


@pytest.mark.parametrize(
    ("opening", "key"),
    [("voicemail", "voicemail"), ("reception", "reception"), ("bad moment", "who"), ("manager", "who")],
)
def test_a_hint_knows_who_is_on_the_line(opening: str, key: str) -> None:
    practice = Practice(manager(opening=opening), 1)
    practice.begin()
    assert hint(practice).key == key


def test_hints_never_look_at_the_hidden_reason() -> None:
    told = []
    for reason in ("certificate", "years", "qualification"):
        practice = Practice(manager(reason=reason), 1)
        practice.begin()
        seen = []
        for moves in (["introduce"], ["accept", "ask_specific"], ["answer"], ["accept", "probe"]):
            practice.take(Heard.of(*moves))
            seen.append(hint(practice))
        told.append(seen)
    assert told[0] == told[1] == told[2]


def test_every_moment_has_ideas() -> None:
    assert all(ideas and all(idea.endswith((".", "?")) for idea in ideas) for ideas in IDEAS.values())


# -- explanations -----------------------------------------------------------------------------------------------


def test_every_turn_says_what_was_heard_which_rule_and_how_the_mood_moved() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    first, second, *_ = explain_call(turns, scenario)
    text = "\n".join(first)
    assert "Time in the call, by its own clock: " in text
    assert "saying who you are, clearly (100%)" in text
    assert "You said who you are." in text
    assert "Dana trusts you a little more now: asking for a moment (2.5 to 2.75 of 4)." in text
    assert "The answer was a hint at the direction (level 2 of 4)." in list(second)
    kept = json.loads(json.dumps(second.as_json()))
    assert (kept["level"], kept["before"]["trust"], kept["after"]["trust"]) == (
        2,
        second.before.trust,
        second.after.trust,
    )


def test_the_parts_of_a_mood_add_up_to_what_happened() -> None:
    scenario, _, turns = call_of(
        HELLO, ("Thanks.", "thank"), ("Thanks.", "thank"), ("Thanks.", "thank"), ("That's wrong.", "argue"),
        ("Sorry.", "reassure"), ONWARD, BYE,
    )  # fmt: skip
    for told in explain_call(turns, scenario):
        moved = told.after.trust - told.before.trust
        parts = sum(push.amount for push in told.trust)
        assert moved == pytest.approx(parts, abs=0.01) or told.after.trust in (1.0, 4.0)
        minutes = sum(push.amount for push in told.minutes)
        assert told.after.minutes - told.before.minutes == pytest.approx(minutes, abs=0.01)


def test_an_answer_to_no_question_of_hers_and_a_second_push_in_one_breath_are_not_told_to_have_moved_her() -> None:
    _, _, turns = call_of(HELLO, ("I had four years of it.", "answer"))
    assert not any("trusts you" in line for line in explain(turns[-1], turns))
    _, _, turns = call_of(HELLO, ("That's wrong, and you're unfair.", "argue,accuse"))
    assert [push.cause for push in explain(turns[-1], turns).trust] == ["blame"]


def test_an_answer_to_her_own_question_is_told_to_have_moved_her() -> None:
    answer = ("I had four years of it.", "answer")
    _, _, turns = call_of(HELLO, READY, answer)
    assert turns[-2].lines[-1].heading == "asks_you"
    assert [push.cause for push in explain(turns[-1], turns).trust] == ["an answer to the manager's question"]
    _, _, turns = call_of(HELLO, READY, ("Thank you.", "thank"), answer)  # by then it is gone
    assert explain(turns[-1], turns).trust == ()


def test_no_patience_is_told_below_none() -> None:
    _, _, turns = call_of(HELLO, ("I think you're wrong.", "argue"), ("You will hear from my lawyer.", "threaten"))
    assert turns[-1].mood.patience < 0
    (told,) = (line for line in explain(turns[-1], turns) if "patient now" in line)
    assert " to 0 of 4" in told


def test_during_a_call_an_explanation_keeps_the_secret() -> None:
    _, _, turns = call_of(HELLO, ("Why?", "ask_open"))
    words = " ".join(explain(turns[-1]))
    assert "house rule" not in words
    assert "only told to somebody trusted" not in words


def test_every_rule_is_told_in_words_that_fit_any_manager() -> None:
    whys = {row.why for row in TABLE}
    assert set(RULES) <= whys, "a rule that is no more, or is called otherwise"
    for why in whys:
        assert not re.search(r"\b(?:she|her|hers)\b", RULES.get(why, why), re.IGNORECASE), why


def test_a_rule_without_words_of_its_own_begins_like_a_sentence() -> None:
    assert "a fresh rule" not in RULES
    assert plainly("a fresh rule", "the manager") == "A fresh rule."
    assert plainly("her patience is spent", "the manager") == "The manager had no more patience."


def test_who_gives_a_name_with_the_greeting_is_not_told_that_nobody_knew() -> None:
    scenario, _, turns = call_of(HELLO, READY)
    assert "did not know" not in "\n".join(explain(turns[1], turns, scenario))
    scenario, _, turns = call_of(("Hello?", "greet"))
    assert "Dana did not know yet who was calling." in list(explain(turns[1], turns, scenario))


def test_what_cancels_out_is_not_called_the_end_of_the_scale() -> None:
    scenario, _, turns = call_of(HELLO, ("It hurts, but thank you.", "thank,vent"))
    told = explain(turns[2], turns, scenario)
    assert any(
        line.startswith("Dana trusts you as before: thanks raised it, and a feeling took as much away") for line in told
    )


def test_every_move_has_a_plain_name() -> None:
    assert set(DID) == set(MOVES)


# -- two branches --------------------------------------------------------------------------------------------------


def test_two_branches_are_told_apart_where_they_part() -> None:
    _, _, first = call_of(HELLO, ("Why wasn't it me?", "ask_open"), ("That's wrong.", "argue"))
    _, _, second = call_of(HELLO, READY, ONWARD)
    found = compare(first, second)
    assert found.apart == 2
    assert found.rows[0].same
    assert "further" in found.lead
    assert found.lead.startswith("They are the same until turn 2.")
    assert "one concrete reason (level 3), instead of" in found.lead
    assert "taking it with grace" in found.rows[1].what
    assert found.highest == (1, 3)


def test_a_branch_in_which_nothing_was_answered_is_given_no_level() -> None:
    _, _, asked = call_of(HELLO, READY, ONWARD, BYE)
    _, _, silent = call_of(HELLO, BYE)
    lead = compare(asked, silent).lead
    assert "Only the first got an answer: " in lead
    assert "level 0" not in lead
    assert (
        "No question about the reason was answered in either."
        in compare(silent, call_of(HELLO, ("Oh.", "other"), BYE)[2]).lead
    )


def test_words_that_made_the_manager_careful_are_not_told_to_have_taken_a_worry_away() -> None:
    practice = Practice(HARBOUR, 3)
    practice.begin()
    practice.take(Heard.of("introduce", words=6), "Hello, this is Sam Ortiz.")
    turn = practice.take(replace(Heard.of("accept", words=8), wary=True), "But I had ten years, and that is fine.")
    told = " ".join(explain(turn, [turn], HARBOUR))
    assert "may have been a push" in told
    assert "took a worry away" not in told


def test_what_has_not_changed_since_the_turn_before_is_not_told_again() -> None:
    quiet = [("I see.", "other"), ("I see.", "other"), ("I see.", "other")]
    _, _, first = call_of(HELLO, READY, *quiet)
    _, _, second = call_of(HELLO, ("That's plainly wrong.", "argue"), *quiet)
    told = [row.what for row in compare(first, second).rows]
    assert "trusts you" in told[1]
    assert not any("trust" in what for what in told[2:]), told


def test_how_trust_moved_is_told_in_words_before_numbers() -> None:
    scenario, _, turns = call_of(
        HELLO, READY, ("That's wrong.", "argue"), ("Sorry, I'm fine with it.", "reassure"), BYE
    )
    for told in explain_call(turns, scenario):
        for line in told:
            if re.search(r"\b[\d.]+ (?:to [\d.]+ )?of 4\b", line):
                assert re.search(r"\([^()]*of 4[^()]*\)", line), line
            assert not re.search(r"[+-]\d", line), line


def test_a_branch_that_goes_on_longer_is_laid_beside_nothing() -> None:
    _, _, first = call_of(HELLO, READY)
    _, _, second = call_of(HELLO, READY, ONWARD)
    found = compare(first, second)
    assert found.rows[2].a is None
    assert found.rows[2].what == "The first goes no further yet; the second went on."
    assert compare(first, first).apart == 0
    assert json.loads(json.dumps(found.as_json()))["apart"] == 3


# -- decoding -------------------------------------------------------------------------------------------------------


def test_the_lines_to_decode_span_levels_houses_and_reasons() -> None:
    assert len(SAMPLES) >= 40
    assert set(Counter(s.level for s in SAMPLES)) == {0, 1, 2, 3, 4}
    assert min(Counter(s.level for s in SAMPLES).values()) >= 7
    assert {s.house for s in SAMPLES} == set(HOUSES)
    assert len({s.kind for s in SAMPLES}) >= 15
    assert len({s.key for s in SAMPLES}) == len({s.said for s in SAMPLES}) == len(SAMPLES)
    for sample in SAMPLES:
        assert sample.level <= max(KINDS[sample.kind].ceiling, 1), sample.key
        assert not protected_trait(sample.said), sample.key
        assert not other_candidate(sample.said), sample.key


def test_a_drill_has_every_level_before_one_comes_twice() -> None:
    for seed in range(5):
        assert sorted(item.level for item in drill(seed, 5)) == [0, 1, 2, 3, 4]
    done = [s.key for s in SAMPLES if s.level != 2]
    assert all(item.key not in done for item in drill(1, 5, done=done) if item.level == 2)


def test_a_formula_betrays_no_reason() -> None:
    for item in drill(2, 20):
        assert len(set(item.reasons)) == len(item.reasons) == 4
        right = item.reasons[item.reason_right]
        assert (right == NOTHING_TO_READ) is (item.level <= 1)


def test_the_answers_of_a_call_can_be_decoded() -> None:
    scenario, _, turns = call_of(HELLO, READY, ONWARD, BYE)
    items = from_call(scenario, turns)
    assert [item.level for item in items] == [2, 3]
    assert items[0].asked == READY[0]
    assert items[0].judge(2, 0.9).right
    assert items[0].judge(3).points == 0.5


def test_being_sure_and_wrong_is_told() -> None:
    over = tally([{"guess": 3, "level": 1, "sure": 0.9}] * 6)
    assert over.brier == pytest.approx(0.81)
    assert over.lean == 2
    assert "more openness than there is" in over.text
    good = tally([{"guess": 1, "level": 1, "sure": 0.8}] * 4 + [{"guess": 2, "level": 1, "sure": 0.8}])
    assert good.right == 0.8
    assert "well judged" in good.text
    assert tally([]).count == 0


@pytest.mark.parametrize("guesses", [[(0, 4)], [(0, 4)] * 3, [(1, 0), (0, 4), (2, 0)], [(4, 0)] * 6])
def test_nothing_right_yet_is_told_kindly_with_what_to_look_at(guesses: list[tuple[int, int]]) -> None:
    text = tally([{"guess": guess, "level": level} for guess, level in guesses]).text
    assert "0%" not in text
    assert "0 at" not in text
    assert "at the exact level yet" in text
    assert "look" in text.lower() or "Ask of the next line" in text


def test_what_was_right_is_counted() -> None:
    assert tally([{"guess": 1, "level": 1}]).text == "One line decoded: at the right level."
    assert tally([{"guess": 1, "level": 1}] * 2).text == "2 lines decoded: all at the right level."
    some = [{"guess": 1, "level": 1}, {"guess": 2, "level": 1}, {"guess": 4, "level": 1}]
    assert tally(some).text == "3 lines decoded: 1 at the right level, 1 just one level off."


# -- progress -----------------------------------------------------------------------------------------------------------


def test_progress_counts_skills_and_levels() -> None:
    poor = held(*call_of(HELLO, ("Why wasn't it me?", "ask_open"), ("Bye.", "close")), session="a")
    good = held(*call_of(HELLO, READY, ONWARD, BYE), session="b")
    found = progress([poor, poor, good, good])
    assert found.shares == (1 / 3, 1 / 3, 1, 1)
    skills = {s.name: s for s in found.skills}
    assert skills["groundwork"].trend == 1
    assert skills["opening"].share == 1
    assert "67 % of what could be opened, and all of it in 2 of 4 calls" in found.text
    assert "33 % of what could be opened\n" in progress([poor]).text
    assert "all that could be opened" in progress([good]).text
    assert progress([]).text.startswith("No calls yet")
    assert json.loads(json.dumps(found.as_json()))["calls"][3]["share"] == 1


def test_a_machine_and_a_front_desk_do_not_count_against_openness() -> None:
    scenario, seed, turns = call_of(("Hi, it's Sam.", "greet,introduce"), scenario=manager(opening="voicemail"))
    assert held(scenario, seed, turns).share is None
    scenario, seed, turns = call_of(("Why?", "ask_open"), scenario=manager(opening="reception"))
    assert held(scenario, seed, turns).share is None


def test_a_sparkline_has_a_bar_for_every_call() -> None:
    assert sparkline([0, 0.5, 1]) == "▁▅█"
    assert sparkline([]) == ""


# -- the real call --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("guarded", [0, 1, 2])
def test_the_words_of_a_card_are_understood(seed: int, guarded: int) -> None:
    card = plan(
        Facts("Harbour Mutual", "data analyst", "Dana Whitfield", "Sam Ortiz", "last week", "", guarded), seed=seed
    )
    practice = Practice(HARBOUR, seed, ear=EAR.hear)
    practice.begin()
    assert practice.hear(card.opening).phase is Phase.OPENING
    asked = practice.hear(card.ask)
    assert set(asked.moves) & ASKS, card.ask
    assert asked.level is not None
    for words in (*card.follow_ups, card.closing):
        if not practice.ended:
            turn = practice.hear(words)
            assert not set(turn.moves) & COSTLY, words
    assert len(card.follow_ups) == 3
    assert "Sam Ortiz" in card.text


def test_a_card_of_a_scenario_keeps_its_secret() -> None:
    cards = {plan(Facts.of(manager(reason=reason))).text for reason in ("certificate", "exit story", "dislike")}
    assert len(cards) == 1


def test_what_was_learned_becomes_things_to_do() -> None:
    after = happened(3, kind="certificate", door=2)
    assert any("certificate" in todo for todo in after.todo)
    assert any("two weeks" in todo for todo in after.todo)
    assert happened(1, kind="certificate").todo == ("Send two lines of thanks today.",)
    assert happened(None).level is None
    assert [level for _, level in WHAT_CAME] == [None, 0, 1, 2, 3, 4]
    assert set(TODO) == {k for k, _ in kinds()} == set(KINDS) - {"protected"}


def test_the_real_call_is_laid_beside_the_practised_ones() -> None:
    good = held(*call_of(HELLO, READY, ONWARD, BYE))
    poor = held(*call_of(HELLO, ("Why?", "ask_open")))
    told = against_practice(2, [good, poor])
    assert "1 of your 2 practice calls got at least as far" in told
    assert against_practice(2, []) == ""
    assert against_practice(4, [poor, poor]).startswith("That is further than any of your 2 practice calls;")
    assert against_practice(4, [poor]).startswith("That is further than your practice call, which reached")


def test_reminders_are_two_and_only_data() -> None:
    day = datetime(2026, 11, 30, 9, tzinfo=UTC)
    first, second = reminders(day, Facts(company="Harbour Mutual"))
    assert (first.kind, first.when) == ("call_day", day)
    assert second.when - day == timedelta(days=14)
    assert "Harbour Mutual" in second.text


def test_a_call_that_was_there_to_be_hung_up_on_counts_for_nerve_and_for_no_openness() -> None:
    castellan = read_scenario(library()["castellan"])
    dared = held(*call_of(HELLO, ("Why?", "ask_open"), ("You'll hear from my lawyer.", "threaten"), scenario=castellan))
    assert dared.could == 0
    shown = progress([dared, dared])
    assert "openness" not in shown.text
    assert "nerve: in a call that is there for it" in legend(shown)
    assert "must not say" not in shown.text, "no other call is asked for that"
    assert held(*call_of(HELLO, READY, BYE, scenario=castellan)).could == 1
    for skill in shown.skills:
        assert f"{skill.name}: " in legend(shown)
