"""What is one's own in the chat: an own call, settings, the export, what came of the real call, transcripts, and deleting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogs.scenario.own_call import questions
from tests.chat import Candidate, Desk, open_desk
from tests.chat_calls import bytes_of, calls, hold_a_call, person
from tests.said import HELLO


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


async def test_a_call_of_ones_own_that_was_dropped_since_stays_private_when_it_is_made_anew(
    sam: Candidate, desk: Desk
) -> None:
    await sam.taps("My own call")
    for _ in questions():
        await sam.taps("Skip")
    await sam.taps("Rehearse with")
    await sam.says("/hangup")
    call = calls(desk, sam)[0]
    await desk.log.drop_own_scenario(person(desk, sam), call.scenario)
    await sam.taps_data(f"1:anew:{call.session}")
    assert len(calls(desk, sam)) == 2
    owners = desk.log.rows("SELECT person_id FROM scenarios_seen")
    assert [tuple(row) for row in owners] == [(person(desk, sam),)]


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
    assert "What waits otherwise is your guess" in (await sam.says("that went well"))[0]


async def test_words_said_too_late_can_still_be_said(sam: Candidate, desk: Desk) -> None:
    await hold_a_call(sam)
    (late,) = await sam.says("wait, I'm sorry about that")
    assert "take your last words back" in late
    back = await sam.taps("Take my last words back")
    assert "You are at the moment before" in back[0]
    assert await sam.says("Wait, I'm sorry about that.") != []
    assert "another time" not in str(desk.wire.nods)


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


async def test_who_erased_everything_is_forgotten_in_memory_too(sam: Candidate, maria: Candidate, desk: Desk) -> None:
    for each in (sam, maria):
        await hold_a_call(each)
        await each.taps("Skip the guessing")
    hers, his = ((person(desk, each), calls(desk, each)[0].session) for each in (maria, sam))
    await sam.says("/delete")
    await sam.taps("Yes, delete everything")
    assert desk.house.debriefs.get(hers) is not None
    assert desk.house.debriefs.get(his) is None, "a debrief quotes what was said"


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


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("They said I need the licence", "I take that as: a missing certificate or licence."),
        ("something about the moon", "Kept in your words."),
    ],
)
async def test_the_reason_of_the_real_call_may_be_written_instead_of_tapped(
    sam: Candidate, desk: Desk, words: str, answer: str
) -> None:
    for tapped in ("Just a card", "Yes, I made it", "3 · One concrete reason"):
        if tapped == "Just a card":
            await sam.says("/plan")
        await sam.taps(tapped)
    (told,) = await sam.says(words)
    assert told.startswith(answer)
    asked = sam.sees[-1]
    doors = [button["callback_data"] for (button,) in asked.markup["inline_keyboard"]]
    for door in doors[:2]:  # whoever taps once more, on another answer, loses no words by it
        await sam.taps_data(door, asked.number)
        (real,) = desk.log.real_calls(person(desk, sam))
        assert (real.level, real.told) == (3, words)
        assert (real.answers["reason"] == "certificate") == ("licence" in words)


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
    for words in ("/call harbour", "Hello, this is Sam.", "/hangup"):
        await sam.says(words)
    (listed,) = await sam.says("/calls")
    practised, brought = listed.split("\n\n")[1:3]
    assert brought.endswith(", imported")
    assert "imported" not in practised


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


async def test_a_choice_in_other_words_is_asked_again_with_its_buttons(sam: Candidate) -> None:
    await sam.says("/own")
    for _ in range(3):
        await sam.taps("Skip")
    await sam.says("no idea")
    assert "A machine" in sam.sees[-1].buttons
