"""After the call: the debrief in Telegram's own means, another try, past calls, and what is one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.log import LoggedCall
from bot.telegram.debrief import checked
from dialogs.moves import Move
from dialogs.own_call import questions
from tests.chat import Candidate, Desk, open_desk
from tests.test_chat_rest import membership
from tests.test_review import BYE as GOODBYE
from tests.test_review import HELLO as CALLS
from tests.test_review import debriefed

HELLO = "Hello, this is Sam Ortiz. I interviewed for the analyst role last week. Is this a good time?"
ASK = "The decision is fine with me. Could you tell me one thing I should work on?"
BYE = "Thank you, that makes sense. I will book the exam. Goodbye!"


async def hold_a_call(sam: Candidate) -> None:
    for words in ("/call harbour", HELLO, ASK, BYE):
        await sam.says(words)


def person(desk: Desk, sam: Candidate) -> int:
    found = desk.log.by_telegram(sam.id)
    assert found is not None
    return found.id


def bytes_of(log: Path) -> bytes:
    return log.read_bytes() + Path(f"{log}-wal").read_bytes()


def calls(desk: Desk, sam: Candidate) -> list[LoggedCall]:
    return desk.log.calls(person(desk, sam))


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
    assert [button.label for row in shown.buttons for button in row] == ["Turn 2: say what I meant"]


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


async def test_after_distress_the_debrief_quotes_the_manager_and_not_the_pause(sam: Candidate) -> None:
    for words in ("/call harbour", "Hello, this is Sam Ortiz.", "I don't want to live any more."):
        await sam.says(words)
    await sam.taps("Go on with the call")
    await sam.says("Could you tell me what I could do better?")
    await sam.says("/hangup")
    await sam.taps("Skip the guessing")
    assert "Turn 3 had room for it" in sam.sees[-3].text
    assert not any("paused where it stood" in s.text for s in sam.sees[-3:])


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


# -- past calls ------------------------------------------------------------------------------------------


async def test_past_calls_are_listed_and_read_back(sam: Candidate) -> None:
    await hold_a_call(sam)
    (listed,) = await sam.says("/calls")
    assert "Data analyst at Harbour Mutual" in listed
    await sam.taps("1")
    assert "You: " + HELLO in sam.sees[-1].text
    assert "Dana: " in sam.sees[-1].text
    await sam.taps("Keep")
    assert "kept" in sam.sees[-1].text
    assert (await sam.taps("Review"))[0].startswith("How it went")


async def test_a_message_on_a_machine_is_not_said_to_have_got_nothing(sam: Candidate) -> None:
    await sam.says("/call northlight")
    await sam.says("Hello, this is Sam Ortiz about the designer job. My number is 555 0100. Thank you.")
    await sam.says("/hangup")
    (listed,) = await sam.says("/calls")
    assert "nothing" not in listed


async def test_a_long_call_is_read_back_in_pages(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for number in range(4):
        await sam.says(f"{HELLO} And {number}: " + "so it goes, " * 60)
    await sam.says("/hangup")
    await sam.says("/calls")
    await sam.taps("1")
    first = sam.sees[-1].text
    await sam.taps("More →")
    assert sam.sees[-1].text != first
    await sam.taps("← Back")
    assert sam.sees[-1].text == first


async def test_search_finds_what_was_said(sam: Candidate) -> None:
    await hold_a_call(sam)
    (found,) = await sam.says("/search exam")
    assert "book the exam" in found
    assert "was not said" in (await sam.says("/search zebra"))[0]
    await sam.says("/search")
    assert "book the exam" in (await sam.says("exam"))[0]


async def test_progress_comes_as_text_and_as_a_picture(sam: Candidate) -> None:
    assert "No calls yet" in (await sam.says("/progress"))[0]
    await hold_a_call(sam)
    await sam.says("/progress")
    assert "1 call" in sam.sees[-2].text
    assert sam.sees[-1].file.startswith(b"\x89PNG")


async def test_a_picture_of_a_call_comes_with_its_words(sam: Candidate) -> None:
    await hold_a_call(sam)
    await sam.taps("Skip the guessing")
    await sam.taps("Picture")
    assert sam.sees[-1].file.startswith(b"\x89PNG")
    assert sam.sees[-1].text


# -- what is one's own -----------------------------------------------------------------------------------


async def test_my_own_call_is_made_of_a_few_answers_and_kept_private(sam: Candidate, maria: Candidate) -> None:
    await sam.says("/own")
    for asked in questions():
        if asked.key == "company":
            await sam.says("Fjord & Söhne")
        elif asked.key == "manager":
            await sam.says("Astrid Holm")
        elif asked.choices:
            await sam.taps(asked.choices[0].label)
        else:
            await sam.taps("Skip")
    assert "The card to hold in your hand" in sam.sees[-1].text
    head, _ = await sam.taps("Rehearse with Astrid Holm")
    assert "Fjord & Söhne" in head
    await maria.says("/managers")
    assert "Astrid" not in maria.sees[-1].text
    assert "no manager called" in (await maria.says("/call own-fjord-s-hne"))[0]
    await sam.says("/hangup")
    await sam.says("/managers")
    assert "Astrid Holm, Fjord & Söhne" in " ".join(sam.sees[-1].buttons)


async def test_every_question_of_my_own_call_can_be_skipped(sam: Candidate) -> None:
    await sam.taps("My own call")
    for _ in questions():
        await sam.taps("Skip")
    assert "The card to hold in your hand" in sam.sees[-1].text


async def test_the_questions_survive_a_restart_and_can_be_left(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/own")
        await sam.says("Fjord")
    async with open_desk(tmp_path, access="open") as desk:
        sam = Candidate(desk)
        assert "3/" in (await sam.says("data analyst"))[0]
        assert "left unmade" in (await sam.says("/cancel"))[0]


async def test_words_after_a_call_answer_no_question_from_before_it(sam: Candidate) -> None:
    await sam.says("/own")
    await sam.says("Fjord")
    await hold_a_call(sam)
    assert "What waits is your guess" in (await sam.says("that went well"))[0]


async def test_settings_are_kept_and_shown(sam: Candidate, desk: Desk) -> None:
    await sam.says("/settings")
    for label, name, value in (
        ("no pauses", "pace", "none"),
        ("words at once", "hints", "words"),
        ("a year", "retention_days", 365),
    ):
        row = next(
            r for r in sam.sees[-1].markup["inline_keyboard"] if r[0]["callback_data"].startswith(f"1:set:{name}:")
        )
        button = next(b for b in row if label in b["text"])
        await sam.taps_data(button["callback_data"], sam.sees[-1].number)
        assert desk.log.person(person(desk, sam)).settings[name] == value
    await sam.says("/call harbour")
    await sam.says("/hint")
    assert sam.sees[-1].marked("blockquote")


async def test_export_sends_everything_at_once(sam: Candidate) -> None:
    await hold_a_call(sam)
    await sam.says("/export")
    files = [s for s in sam.sees if s.file]
    everything = json.loads(files[0].file)
    assert HELLO in json.dumps(everything, ensure_ascii=False)
    assert "telegram_id" not in json.dumps(everything)
    assert any(b"<html" in s.file and b"Sam Ortiz" in s.file for s in files)


async def test_an_export_is_brought_in_again(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    await sam.says("/export")
    desk.wire.files["runner-up.json"] = next(s.file for s in sam.sees if s.file)
    await sam.says("/delete")
    await sam.taps("Yes, delete everything")
    await sam.agrees()
    file = {"file_id": "runner-up.json", "file_unique_id": "u", "file_name": "runner-up.json", "file_size": 5000}
    (answer,) = await sam.sends(document=file)
    assert answer.startswith("One call is in")
    assert calls(desk, sam)[0].kind == "practice"


async def test_delete_asks_first_and_then_nothing_is_left(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    await sam.says("/delete")
    await sam.taps("No, keep it")
    assert calls(desk, sam)
    await sam.says("/delete")
    (gone,) = await sam.taps("Yes, delete everything")
    assert "Everything of yours is gone" in gone
    assert desk.log.by_telegram(sam.id) is None
    assert b"Ortiz" not in bytes_of(desk.log.path)
    assert "kept word for word" in (await sam.says("/calls"))[0]


async def test_a_reminder_is_only_there_when_asked_for(sam: Candidate, desk: Desk) -> None:
    await sam.says("/plan")
    await sam.taps("Just a card")
    assert desk.log.reminders(person(desk, sam)) == []
    await sam.taps("Not any more")
    await sam.taps("Tomorrow")
    assert [r["kind"] for r in desk.log.reminders(person(desk, sam))] == ["call_day"]
    await sam.says("/settings")
    await sam.taps("Forget the one of")
    assert desk.log.reminders(person(desk, sam)) == []


async def test_what_came_of_the_real_call_becomes_a_list(sam: Candidate, desk: Desk) -> None:
    await sam.says("/plan")
    await sam.taps("Just a card")
    await sam.taps("Yes, I made it")
    offered = next(s.buttons for s in reversed(sam.sees) if "I did not reach anyone" in s.buttons)
    assert offered[0] == "I did not reach anyone"
    assert [label[0] for label in offered[1:6]] == list("01234"), "a level has its own number"
    await sam.taps("3 · One concrete reason")
    await sam.taps("certificate")
    await sam.taps("Nothing was said")
    assert any("book it" in s.text for s in sam.sees)
    assert "Kept" in (await sam.says("They said it was the certificate."))[0]
    (real,) = desk.log.real_calls(person(desk, sam))
    assert (real.level, real.told) == (3, "They said it was the certificate.")
    await sam.says("/plan")
    count = len(desk.log.todo(person(desk, sam)))
    await sam.taps("☐")
    assert len(desk.log.todo(person(desk, sam))) == count - 1


async def test_the_drill_asks_and_tells(sam: Candidate, desk: Desk) -> None:
    await sam.says("/decode")
    for _ in range(5):
        await sam.taps("A formula")
    assert "last of five" in sam.sees[-1].text
    assert len(desk.log.drills(person(desk, sam))) == 5


async def test_a_transcript_is_brought_in(sam: Candidate, desk: Desk) -> None:
    desk.wire.files["t.txt"] = (
        b"You: Hello, why did you decide against me?\nDana: We went another way.\nYou: Thank you.\n"
    )
    file = {"file_id": "t.txt", "file_unique_id": "u", "file_name": "t.txt", "file_size": 90}
    (answer,) = await sam.sends(document=file)
    assert "/calls has it" in answer
    await sam.taps("Read it")
    assert sam.sees[-1].text.startswith("A call with Dana\n")
    assert "We went another way." in sam.sees[-1].text


async def test_who_is_who_is_asked_when_a_transcript_does_not_say(sam: Candidate, desk: Desk) -> None:
    desk.wire.files["t.txt"] = (
        b"Alex: Hello, why did you decide against me?\nBo: We went another way.\nAlex: Thank you.\n"
    )
    await sam.sends(document={"file_id": "t.txt", "file_unique_id": "u", "file_name": "t.txt", "file_size": 90})
    assert sam.sees[-1].text == "Which of these is you?"
    (answer,) = await sam.taps("Alex")
    assert "/calls has it" in answer


async def test_a_file_that_is_no_transcript_is_refused_in_a_sentence(sam: Candidate, desk: Desk) -> None:
    desk.wire.files["x.zip"] = b"PK\x03\x04" + b"\0" * 50
    (answer,) = await sam.sends(
        document={"file_id": "x.zip", "file_unique_id": "u", "file_name": "x.zip", "file_size": 54}
    )
    assert "unpack it" in answer
    (answer,) = await sam.sends(
        document={"file_id": "big", "file_unique_id": "u", "file_name": "b", "file_size": 10**9}
    )
    assert "larger" in answer


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


async def test_a_choice_in_other_words_is_asked_again_with_its_buttons(sam: Candidate) -> None:
    await sam.says("/own")
    for _ in range(3):
        await sam.taps("Skip")
    await sam.says("no idea")
    assert "A machine" in sam.sees[-1].buttons


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


async def test_search_finds_a_sentence_once_and_not_where_it_was_taken_back(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("Hello, this is Ada Lovelace. Is this a good time?")
    await sam.says("The decision stands. Was it the zebra?")
    await sam.edits("The decision stands. Was it the certificate?")
    await sam.edits("The decision stands. Was it the years?")
    await sam.says("/undo")
    await sam.says("/hangup")
    await sam.taps("Skip")
    await sam.taps("The same call from the start")
    await sam.says("Hello, this is Ada Byron.")
    await sam.says("/hangup")
    await sam.taps("Skip")
    (found,) = await sam.says("/search Ada Lovelace")
    assert found.count("Lovelace") == 2  # what was looked for, and one hit
    assert sam.sees[-1].buttons == ["1"]
    assert "was not said" in (await sam.says("/search zebra"))[0]
    (both,) = await sam.says("/search Ada")
    assert both.count("this is Ada") == 2


async def test_the_list_says_no_more_of_a_call_than_happened(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    await sam.says("/hangup")
    (listed,) = await sam.says("/calls")
    assert listed.endswith("left without a goodbye")
    await sam.says("/call ward")
    await sam.says(HELLO)
    await sam.edits("Hello, this is Ada.")
    (listed,) = await sam.says("/calls")
    assert "goes on" in listed
    assert "another try" not in listed
    await membership(desk, sam, "kicked")
    await membership(desk, sam, "member")
    (listed,) = await sam.says("/calls")
    assert "stopped before its end" in listed
    assert listed.count("left without a goodbye") == 1
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    left = next(c for c in desk.log.calls(person.id, taken_back=True) if c.taken_back)
    await sam.taps_data(f"1:show:{left.session}:0", sam.sees[-1].number)
    assert "taken back" in sam.sees[-1].text
    assert "goes on" not in sam.sees[-1].text


async def test_a_try_from_the_middle_repeats_no_hit(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for words in ("Hello, this is Ada Lovelace. Is this a good time?", "Why didn't I get it?", "/hangup"):
        await sam.says(words)
    await sam.taps("Skip")
    await sam.taps("Try again from")
    await sam.says("The decision is fine with me. Goodbye!")
    await sam.says("/search Lovelace")
    assert sam.sees[-1].buttons == ["1"]
