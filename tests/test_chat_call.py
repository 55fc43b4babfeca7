"""A call in the chat, from the pick-up to the last word."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bot.telegram.buttons import HANG_UP_KEY, HINT_KEY
from dialogs.moves import Move
from tests.chat import Candidate, Desk, open_desk
from tests.said import ASK, BYE, HELLO

THREAT = "This is discrimination and you will hear from my lawyer."


async def test_a_call_starts_with_the_manager_picking_up(sam: Candidate) -> None:
    head, pickup = await sam.says("/call harbour")
    assert "Dana Whitfield" in head
    assert pickup.startswith("Dana: ")
    assert sam.sees[-1].marked("bold") == ["Dana:"]


async def test_no_typing_is_needed_until_the_call(desk: Desk) -> None:
    sam = Candidate(desk)
    await sam.says("/start")
    await sam.taps("I agree")
    head, pickup = await sam.taps("Practise a call")
    assert "It rings." in head
    assert ": " in pickup


async def test_a_call_to_nobody_by_name_says_why_it_is_this_manager_and_what_for(sam: Candidate) -> None:
    first = (await sam.says("/call"))[0]
    assert "Rung 1 of the ladder, the easiest. What this call is for: " in first
    assert "/managers" in first
    await sam.says("Sam Ortiz here, from the analyst interview.")
    await sam.says("/hangup")
    again = (await sam.says("/call"))[0]
    assert "once more: its goal was not reached yet. This is try 2" in again
    await sam.says("/hangup")
    assert "ladder" not in (await sam.says("/call harbour"))[0]


async def test_who_asks_whether_this_is_recorded_is_told_where_it_stands_what_is_kept(sam: Candidate) -> None:
    await sam.says("/call harbour")
    told = " ".join(await sam.says("Is this call being recorded?"))
    assert "What you write is kept as /privacy tells" in told
    assert "log on this machine" not in told


async def test_a_manager_can_be_drawn_by_lot_and_called_again(sam: Candidate, desk: Desk) -> None:
    await sam.says("/managers")
    head, _ = await sam.taps("Surprise me")
    assert "It rings." in head
    await sam.says(HELLO)
    await sam.says("/hangup")
    await sam.taps("Skip the guessing" if "Skip the guessing" in sam.sees[-1].buttons else "See how")
    await sam.taps("Same manager, new call")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    new, old = desk.log.calls(person.id)
    assert new.scenario == old.scenario
    assert "-surprise-" in new.scenario


async def test_the_keys_of_a_call_are_there_while_it_lasts_and_go_with_it(sam: Candidate) -> None:
    await sam.says("/call harbour")
    assert sam.sees[-2].keys == [HINT_KEY, HANG_UP_KEY]
    await sam.says(HELLO)
    await sam.says(HANG_UP_KEY)
    assert any(s.markup.get("remove_keyboard") for s in sam.sees)


async def test_what_is_said_is_answered_by_name(sam: Candidate) -> None:
    await sam.says("/call harbour")
    answers = await sam.says(HELLO)
    assert len(answers) == 1
    assert answers[0].startswith("Dana: ")


async def test_a_hint_gives_an_idea_and_the_words_on_a_second_tap_and_both_are_logged(
    sam: Candidate, desk: Desk
) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    (idea,) = await sam.says(HINT_KEY)
    assert idea.startswith("💡")
    await sam.taps("Show me words")
    assert sam.sees[-1].text.startswith(idea)
    assert sam.sees[-1].marked("blockquote")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    call = desk.log.unfinished(person.id)
    assert call is not None
    assert [kind for _, kind in desk.log.helps(person.id, call.session)] == ["hint", "words"]


async def test_the_words_of_an_earlier_hint_are_not_given_later(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("/hint")
    await sam.says(HELLO)
    assert await sam.taps("Show me words") == []
    assert "earlier moment" in sam.desk.wire.nods[-1]["text"]


async def test_editing_the_last_message_takes_it_back_in_place(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    (before,) = await sam.says("Why did you not hire me? That was unfair.")
    answer = sam.sees[-1]
    new = await sam.edits(ASK)
    assert new == []
    assert answer.text != before
    assert answer.text.startswith("Dana: ")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    left, taken = desk.log.calls(person.id, taken_back=True)[1], desk.log.calls(person.id)[0]
    assert [t.said for t in desk.log.turns(person.id, left.session)][-1].startswith("Why did you not")
    assert [t.said for t in desk.log.turns(person.id, taken.session)][-1] == ASK


async def test_the_words_that_ended_a_call_can_be_taken_back(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    await sam.says(THREAT)
    assert "your guess" in sam.sees[-1].text
    await sam.edits(ASK)
    assert not any("your guess" in s.text for s in sam.sees)
    assert (await sam.says("Which part of that counted most?"))[0].startswith("Dana: ")


async def test_an_edit_of_older_words_changes_nothing_and_is_answered(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    older = sam.last
    await sam.says(ASK)
    (answer,) = await sam.edits("Something else entirely", older)
    assert "changes nothing" in answer


async def test_an_edited_command_does_not_run_again(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    number, text = sam.last, "/call castellan"
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    body = {"message_id": number, "date": 1, "edit_date": 2, "text": text, "entities": entities}
    before = len(sam.sees)
    await desk.take(edited_message=body | {"chat": sam.chat, "from": sam.user})
    assert len(sam.sees) == before


async def test_undo_takes_the_last_turn_back(sam: Candidate) -> None:
    await sam.says("/call harbour")
    first = sam.sees[-1].text
    await sam.says(HELLO)
    (answer,) = await sam.says("/undo")
    assert "Taken back" in answer
    assert first.removeprefix("Dana: ") in answer
    assert "nothing to take back" in (await sam.says("/undo"))[0]


async def test_undo_of_words_that_ended_the_call_goes_on_with_it(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    await sam.says(THREAT)
    assert "Taken back" in (await sam.says("/undo"))[0]
    assert (await sam.says(ASK))[0].startswith("Dana: ")


async def test_a_long_line_is_split_like_speech() -> None:
    from bot.telegram.messages import breaths

    line = "One two three four five six seven. " * 12 + "And then, " + "word " * 80
    said = breaths(line)
    assert all(len(piece) <= 240 for piece in said)
    assert " ".join(said).split() == line.split()
    assert said[0].endswith(".")


async def test_a_second_call_is_not_begun_while_one_is_on(sam: Candidate) -> None:
    await sam.says("/call harbour")
    (answer,) = await sam.says("/call castellan")
    assert "You are on the phone with Dana Whitfield" in answer
    assert "You are on the phone" in (await sam.says("/start"))[0]


async def test_a_double_tap_begins_one_call(sam: Candidate, desk: Desk) -> None:
    await sam.says("/start")
    button, message = sam.sees[-1].markup["inline_keyboard"][0][0]["callback_data"], sam.sees[-1].number
    await sam.taps_data(button, message)
    assert await sam.taps_data(button, message) == []
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert len(desk.log.calls(person.id)) == 1


async def test_a_word_that_is_meant_for_the_program_is_not_said_to_the_manager(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    for word in ("stop", "Quit!", "hang up"):
        assert "You are on the phone with Dana" in (await sam.says(word))[0], word
    for word in ("Help?", "hint"):
        assert (await sam.says(word))[0].startswith("💡"), word
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    assert desk.log.calls(person.id)[0].turns == 1
    assert "Taken back" in (await sam.says("undo"))[0]


async def test_who_speaks_another_language_is_told_once_that_it_is_english_only(sam: Candidate) -> None:
    await sam.says("/call lantern")
    answers = await sam.says("Guten Tag, hier ist Sam Ortiz, ich hatte letzte Woche ein Gespräch bei Ihnen.")
    assert answers[0].startswith("Bea:")
    assert "English only" in answers[1]
    assert len(await sam.says("Können Sie mir sagen, woran es lag?")) == 1


async def test_who_asks_whether_this_is_a_program_gets_a_plain_answer(sam: Candidate) -> None:
    await sam.says("/call harbour")
    answers = await sam.says("are you a bot?")
    assert answers[0].startswith("Dana: ")
    assert "Dana is invented" in answers[1]


async def test_an_unknown_manager_is_named_with_the_way_out(sam: Candidate) -> None:
    assert "/call harbour" in (await sam.says("/call habour"))[0]
    assert "/managers" in (await sam.says("/call zzzzzz"))[0]


async def test_text_outside_a_call_is_answered_with_the_menu(sam: Candidate) -> None:
    await sam.says("hello?")
    assert "📞 Practise a call" in sam.sees[-1].buttons


async def test_cancel_in_a_call_offers_to_ring_off(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("/cancel")
    await sam.taps("Hang up")
    assert "Nothing was said" in sam.sees[-1].text


async def test_somebody_in_distress_is_met_outside_the_role_and_the_call_waits(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    answers = await sam.says("I don't want to live any more.")
    assert not any(a.startswith("Dana:") for a in answers)
    assert "988" in " ".join(answers)
    assert sam.sees[-1].buttons == ["Go on with the call", "Leave it for today"]
    (back,) = await sam.taps("Go on with the call")
    assert "Your turn" in back or "your turn" in back
    assert (await sam.says(ASK))[0].startswith("Dana: ")


async def test_somebody_in_distress_may_leave_without_a_debrief(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says("I want to kill myself.")
    (answer,) = await sam.taps("Leave it for today")
    assert "Take care" in answer
    assert "your guess" not in sam.sees[-1].text


async def test_distress_outside_a_call_is_answered_too(sam: Candidate) -> None:
    assert "988" in " ".join(await sam.says("I want to kill myself"))


async def test_a_call_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/call harbour")
        await sam.says(HELLO)
    async with open_desk(tmp_path, access="open") as desk:
        again = Candidate(desk)
        assert (await again.says(ASK))[0].startswith("Dana: ")


async def test_the_last_words_can_be_edited_after_a_restart(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open") as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/call harbour")
        await sam.says(HELLO)
        numbers, shown = desk.wire.numbers, desk.wire.shown
    async with open_desk(tmp_path, access="open") as desk:
        desk.wire.numbers, desk.wire.shown = numbers, shown
        again = Candidate(desk)
        answer = again.sees[-1]
        await again.edits("Hello, my name is Sam Ortiz, from the interviews.", sam.last)
        assert answer is again.sees[-1]
        person = desk.log.by_telegram(again.id)
        assert person is not None
        assert len(desk.log.calls(person.id, taken_back=True)) == 2


async def test_a_call_in_memory_is_dropped_at_its_end(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    assert desk.house.calls_going_on == 1
    await sam.says(BYE)
    assert desk.house.calls_going_on == 0


async def test_what_was_heard_wrong_can_be_put_right(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    await sam.says("/why")
    await sam.taps("That is not what I meant")
    await sam.taps("A narrow question")
    person = desk.log.by_telegram(sam.id)
    assert person is not None
    call = desk.log.unfinished(person.id)
    assert call is not None
    assert desk.log.corrections(person.id, call.session) == {1: (Move.ASK_SPECIFIC,)}


async def test_pauses_come_with_a_typing_sign_and_after_the_commit(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open", pace=0.5) as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/call harbour")
        began = time.monotonic()
        saying = asyncio.create_task(sam.says(HELLO))
        person = desk.log.by_telegram(sam.id)
        assert person is not None
        call = desk.log.unfinished(person.id)
        assert call is not None
        for _ in range(500):
            await asyncio.sleep(0.01)
            if len(desk.log.turns(person.id, call.session)) > 1:
                break
        committed = time.monotonic() - began
        await saying
        assert ("sendChatAction", {"chat_id": 7, "action": "typing"}) in desk.wire.requests
        assert time.monotonic() - began > committed + 0.2


async def test_one_may_choose_no_pauses(tmp_path: Path) -> None:
    async with open_desk(tmp_path, access="open", pace=10) as desk:
        sam = await Candidate(desk).agrees()
        await sam.says("/settings")
        await sam.taps("no pauses")
        began = time.monotonic()
        await sam.says("/call harbour")
        assert time.monotonic() - began < 4


async def test_why_tells_how_the_last_words_were_heard(sam: Candidate) -> None:
    await sam.says("/call harbour")
    await sam.says(HELLO)
    assert "Heard" in (await sam.says("/why"))[0]


async def test_why_knows_what_was_said_before(sam: Candidate) -> None:
    await sam.says("/call harbour")
    for words in (HELLO, "Thank you.", "Thank you.", "Thank you."):
        await sam.says(words)
    (told,) = await sam.says("/why")
    assert "trusts you" not in told, "a third thanks moves nobody, and nothing is at its end"


async def test_an_edit_with_the_same_answer_says_so_once_and_never_repeats_her_line(sam: Candidate, desk: Desk) -> None:
    await sam.says("/call ward")
    (hers,) = await sam.says("Why?")
    (note,) = await sam.edits("But why?")
    assert "the answer stays" in note
    for words in ("Why, though?", "why?!", "Why?"):
        assert await sam.edits(words) == []
        assert [s.text for s in sam.sees].count(hers) == 1
        assert [s.text for s in sam.sees].count(note) == 1
    assert not [s.text for s in sam.sees if s.text != hers and s.text.startswith(hers[:20])]
    await sam.edits("Hello, this is Sam Ortiz. I interviewed last week. Is this a good time?")
    shown = [s.text for s in sam.sees]
    assert hers not in shown
    assert note not in shown
    assert len(shown) == len(set(shown))
