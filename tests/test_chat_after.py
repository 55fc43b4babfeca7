"""After the call: the debrief in Telegram's own means, and another try."""

from __future__ import annotations

import pytest

from bot.telegram.handlers.debrief import checked
from dialogs.moves import Move
from tests.chat import Candidate, Desk
from tests.chat_calls import calls, hold_a_call, person
from tests.said import BYE, HELLO
from tests.short_calls import BYE as GOODBYE
from tests.short_calls import HELLO as CALLS
from tests.short_calls import debriefed


async def test_the_guess_comes_before_the_debrief(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    assert "your guess" in sam.sees[-1].text
    assert [label[:4] for label in sam.sees[-1].buttons[:5]] == [f"{level} · " for level in range(5)]
    assert not any("envelope" in s.text for s in sam.sees)
    await sam.taps("A hint")
    assert "decided it" in sam.sees[-1].text
    shown = await sam.taps(sam.sees[-1].buttons[0])
    assert [t.split("\n")[0] for t in shown] == [
        "How it went",
        "One thing to change",
        "The sealed envelope (tap to open)",
    ]
    assert set(desk.log.guesses(person(desk, sam), calls(desk, sam)[0].session)) == {"level", "reason"}


def test_words_that_were_not_heard_as_a_question_can_be_put_right_here() -> None:
    made = debriefed(CALLS, ("Is there one thing I could improve?", "accept"), GOODBYE)
    shown = checked(made, "k7p2", {}, 0)
    assert "I did not hear this as a question about the reason" in shown.text
    assert "The reason was not asked for" not in shown.text
    assert [button.label for row in shown.buttons for button in row] == ["Turn 2: that was my question"]


def test_the_aim_of_the_rung_is_told_here_as_it_is_in_a_terminal() -> None:
    asked, fair = ("Why didn't I get it?", "ask_open"), ("I accept the decision.", "accept")
    which = ("Which of the requirements was it?", "probe")
    shown = checked(debriefed(CALLS, asked, fair, which, which, which, GOODBYE), "k7p2", {}, 0).text
    assert "You heard what decided it. What is still to try: accepting the decision first." in shown


async def test_a_call_before_the_decision_is_read_as_one_in_the_chat(sam: Candidate) -> None:
    for words in (
        "/call registry",
        "Hello, this is Owen Pask, I interviewed for the registrar post.",
        "So is it a no?",
        "Why not me?",
        "Bye.",
    ):
        await sam.says(words)
    await sam.taps("Skip the guessing")
    text = "\n".join(s.text for s in sam.sees[-3:])
    assert "Nothing was decided yet" in text
    assert "Was it easy for Wendell to say that nothing is decided yet?" in text
    assert "take the decision as settled" not in text
    assert "formula" not in text
    assert not any(words in text for words in ("accept the decision", "respect the decision", "contest"))


async def test_the_guessing_can_be_skipped(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    assert len(await sam.taps("Skip the guessing")) == 3
    assert desk.log.guesses(person(desk, sam), calls(desk, sam)[0].session) == {}


async def test_the_debrief_uses_telegrams_own_means(sam: Candidate) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    checks, change, envelope = sam.sees[-3:]
    (folded,) = checks.marked("expandable_blockquote")
    assert "“Hello, this is Sam Ortiz.”" in folded
    copied = [b["copy_text"]["text"] for row in change.markup["inline_keyboard"] for b in row if "copy_text" in b]
    assert copied == change.marked("blockquote")
    (sealed,) = envelope.marked("spoiler")
    assert "certification" in sealed
    assert "certification" not in envelope.text.replace(sealed, "")
    assert "Same manager, new call" in envelope.buttons
    assert (
        "In the same call the same words get the same answers; in a new one the answers come in other words."
        in envelope.text
    )


async def test_try_again_from_here_is_the_same_call_before_that_turn(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    (again,) = await sam.taps("Try again from here")
    assert "The same call, from here." in again
    branch, original = calls(desk, sam)
    assert (branch.parent, original.taken_back, original.ended) == (original.session, False, True)
    assert branch.seed == original.seed
    assert (await sam.says("Which part counted most?"))[0].startswith("Dana: ")


async def test_two_taps_on_try_again_make_one_branch(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    await sam.taps("Try again from here")
    assert await sam.taps("Try again from here") == []
    assert len(calls(desk, sam)) == 2


async def test_two_tries_are_laid_side_by_side(sam: Candidate) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    assert not any("side by side" in b for s in sam.sees for b in s.buttons)
    await sam.taps("Try again from here")
    await sam.says("Was it a certificate?")
    await sam.says("Thank you, that helps. Goodbye!")
    await sam.taps("Skip the guessing")
    (page,) = await sam.taps("side by side")
    assert "They are the same until turn" in page
    assert page.index("First try") < page.index(BYE) < page.index("Second try") < page.index("Was it a certificate?")
    assert "→ In the first: " in page
    assert "First try: the call was over" in page
    assert max(map(len, page.split("\n\n")[1].split("\n"))) < 300
    await sam.taps("Read the second")
    assert "Was it a certificate?" in sam.sees[-1].text
    assert (await sam.taps("Beside the first try")) == [page]
    assert "The same call, from here." in (await sam.taps("Try again from where they part"))[0]


async def test_long_tries_side_by_side_come_in_pages(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for number in range(6):
        await sam.says(f"{HELLO} {number}: " + "so it goes, " * 30)
    await sam.says("/hangup")
    await sam.taps("Skip the guessing")
    await sam.taps("The same call from the start")
    for number in range(6):
        await sam.says(f"Hello again {number}: " + "and so on, " * 30)
    await sam.says("/hangup")
    await sam.taps("Skip the guessing")
    (first,) = await sam.taps("side by side")
    await sam.taps("More →")
    assert sam.sees[-1].text != first
    assert "Turn " in sam.sees[-1].text
    await sam.taps("← Back")
    assert sam.sees[-1].text == first


async def test_same_manager_new_call_has_another_seed(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    head, _ = await sam.taps("Same manager, new call")
    assert "Dana Whitfield" in head
    new, old = calls(desk, sam)
    assert new.scenario == old.scenario
    assert new.seed != old.seed
    assert new.parent is None


async def test_ringing_off_ends_in_a_debrief_too(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    rang_off, guess = await sam.says("/hangup")
    assert rang_off == "You rang off."
    assert "your guess" in guess


async def test_a_call_in_which_nothing_was_said_does_not_count_as_progress(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("/hangup")
    assert "No calls yet" in (await sam.says("/progress"))[0]


async def test_a_double_tap_opens_one_debrief_and_one_picture(sam: Candidate) -> None:
    await hold_a_call(sam)
    for label, more in (("Skip the guessing", 3), ("Picture", 1)):
        page = sam.sees[-1]
        tapped = next(b["callback_data"] for row in page.markup["inline_keyboard"] for b in row if label in b["text"])
        before = len(sam.sees)
        for _ in range(2):
            await sam.taps_data(tapped, page.number)
        assert len(sam.sees) == before + more


async def test_a_call_with_distress_in_it_is_not_asked_about_and_not_scored(sam: Candidate) -> None:
    for words in ("/call harbour", "Hello, this is Sam Ortiz.", "I don't want to live any more."):
        await sam.says(words)
    await sam.taps("Go on with the call")
    await sam.says("Could you tell me what I could do better?")
    kind = (await sam.says("/hangup"))[-1]
    assert "988" in kind
    assert "Nothing in it is scored" in kind
    assert sam.sees[-1].buttons == ["Read the call", "The sealed envelope", "Menu"]
    assert "No calls yet" in (await sam.says("/progress"))[0]
    await sam.says("/calls")
    await sam.taps("1")
    assert [kind.split("This call had")[-1]] == [t.split("This call had")[-1] for t in await sam.taps("Review")]
    (envelope,) = await sam.taps("The sealed envelope")
    assert "What decided it" in envelope
    assert "How you held it" not in " ".join(s.text for s in sam.sees)


async def test_ringing_off_without_a_word_needs_no_debrief(sam: Candidate) -> None:
    await sam.says("/call harbour")
    assert "Nothing was said" in (await sam.says("/hangup"))[-1]


@pytest.mark.parametrize("name", ["harbour", "castellan", "corner", "ward"])
async def test_every_end_of_every_opening_has_a_debrief(sam: Candidate, name: str) -> None:
    await sam.says(f"/call {name}")
    await sam.says(HELLO)
    await sam.says("/hangup")
    label = "Skip the guessing" if "Skip the guessing" in sam.sees[-1].buttons else "See how it went"
    shown = await sam.taps(label)
    assert shown[0].startswith("How it went")
    assert "sealed envelope" in shown[-1]


async def test_in_the_chats_debrief_a_place_is_described_once(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("Why didn't you pick me?")
    await sam.says("Why didn't you pick me, then?")
    await sam.says("/hangup")
    checks = (await sam.taps("Skip the guessing"))[0]
    places = [line for line in checks.split("\n") if "had room for it, after" in line]
    assert places
    assert len({line.split(" had room")[0] for line in places}) == len(places)


async def test_where_nothing_was_wrong_the_chat_speaks_of_a_step_and_not_of_a_change(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("Hello, this is Sam Ortiz, I interviewed last week. Have you got two minutes?")
    await sam.says("I accept the decision. If there's one thing I could do better next time, what would it be?")
    await sam.says("Was it more the experience, or the certification?")
    await sam.says("That makes sense, thank you. I'll book the certification this month. Goodbye.")
    shown = await sam.taps("Skip the guessing")
    assert "8 of 8" in shown[0]
    assert shown[1].startswith("One step further\n")


async def test_under_what_is_to_change_one_may_say_what_was_meant_and_the_review_goes_by_it(
    sam: Candidate, desk: Desk
) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    await sam.taps("That is not what I meant")
    await sam.taps("A goodbye")
    (session,) = [c.session for c in calls(desk, sam)]
    assert list(desk.log.corrections(person(desk, sam), session).values()) == [(Move.CLOSE,)]
    assert (await sam.taps("See the review anew"))[0].startswith("How it went")


async def test_a_call_that_comes_too_early_is_not_said_to_be_lost(sam: Candidate) -> None:
    (head, *_) = await sam.says("/call registry")
    assert "there has been no yes so far" in head
    assert "somebody else" not in head


async def test_a_message_with_everything_in_it_wants_nothing_changed(sam: Candidate) -> None:
    for words in (
        "/call northlight",
        "Hello Joss, this is Amara Lindqvist, I interviewed for the junior designer job. I'd be grateful for one piece of advice. "
        "My number is 555 0148. Thank you, goodbye.",
    ):
        await sam.says(words)
    if "See how it went" not in sam.sees[-1].buttons:
        await sam.says("/hangup")
    await sam.taps("See how it went")
    assert [s.text.split("\n")[0] for s in sam.sees[-3:]][1] == "Nothing to change"
    assert "Only for practice" in sam.sees[-2].text
